"""The directory as lists: one row an entry, in the columns of the national recommended data sets."""

from collections.abc import Iterator
from uuid import UUID

from tsunagari.directory.exporting.columns import FIELDS, cells, detail, headings
from tsunagari.directory.importing import current
from tsunagari.directory.importing.values import Values
from tsunagari.directory.models import Organization, Service
from tsunagari.directory.terms import ImportKind, Kind

_KINDS = {ImportKind.PLACES: Kind.PLACE, ImportKind.SERVICES: Kind.SERVICE, ImportKind.ACTIVITIES: Kind.ACTIVITY}


def table(kind: ImportKind) -> tuple[list[str], Iterator[list[str]]]:
    """Headings and rows of everything of this kind that is not withdrawn, in a fixed order."""
    return headings(kind), _rows(kind)


def _rows(kind: ImportKind) -> Iterator[list[str]]:
    if kind == ImportKind.ORGANIZATIONS:
        ids = list(Organization.objects.filter(withdrawn_at=None).order_by("pk").values_list("pk", flat=True))
    else:
        entries = Service.objects.filter(withdrawn_at=None, kind=_KINDS[kind])
        ids = list(entries.order_by("pk").values_list("pk", flat=True))
    for some in current.chunks(ids):
        found = current.organizations(some) if kind == ImportKind.ORGANIZATIONS else current.services(some)
        for pk in some:
            if pk in found:
                yield _row(pk, found[pk], kind)


def _row(pk: UUID, values: Values, kind: ImportKind) -> list[str]:
    own = cells(values, kind) | {"row_key": str(pk), "uuid": str(pk), "detail": detail(values)}
    return [own[field] for field in FIELDS[kind]]
