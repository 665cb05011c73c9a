"""The directory as lists: one row an entry, in the columns of the national recommended data sets."""

from collections.abc import Iterator
from uuid import UUID

from tsunagari.directory.exporting.columns import FIELDS, cells, detail, headings
from tsunagari.directory.importing import current
from tsunagari.directory.importing.values import Values
from tsunagari.directory.models import Organization, Service
from tsunagari.directory.terms import ImportKind, Kind

_KINDS = {ImportKind.PLACES: Kind.PLACE, ImportKind.SERVICES: Kind.SERVICE, ImportKind.ACTIVITIES: Kind.ACTIVITY}


# What the public may know of a place whose address is hidden.
_SAID_OF_HIDDEN = frozenset({"location.area", "location.address_hidden", "location.location_type"})


def table(kind: ImportKind, *, hidden: bool = False) -> tuple[list[str], Iterator[list[str]]]:
    """Headings and rows of everything of this kind that is not withdrawn, in a fixed order. `hidden`: with the
    addresses that are never shown, for handing the directory over."""
    return headings(kind), _rows(kind, hidden)


def _rows(kind: ImportKind, hidden: bool) -> Iterator[list[str]]:
    if kind == ImportKind.ORGANIZATIONS:
        ids = list(Organization.objects.filter(withdrawn_at=None).order_by("pk").values_list("pk", flat=True))
    else:
        entries = Service.objects.filter(withdrawn_at=None, kind=_KINDS[kind])
        ids = list(entries.order_by("pk").values_list("pk", flat=True))
    for some in current.chunks(ids):
        found = current.organizations(some) if kind == ImportKind.ORGANIZATIONS else current.services(some)
        for pk in some:
            if pk in found:
                yield _row(pk, found[pk] if hidden else without_hidden_place(found[pk]), kind)


def without_hidden_place(values: Values) -> Values:
    """The entry as the public API says it. Attack: a shelter's house is found by its name, its stop, its point and
    the steps at its door as well as by its address; only the area leaves, and it stands in for the name."""
    if not values.get("location.address_hidden"):
        return values
    kept = {key: value for key, value in values.items() if not key.startswith("location.") or key in _SAID_OF_HIDDEN}
    return kept | ({"location.name": values["location.area"]} if values.get("location.area") else {})


def _row(pk: UUID, values: Values, kind: ImportKind) -> list[str]:
    own = cells(values, kind) | {"row_key": str(pk), "uuid": str(pk), "detail": detail(values)}
    return [own[field] for field in FIELDS[kind]]
