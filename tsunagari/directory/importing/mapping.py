"""Which column is which field, for a list with these headings: what we recognise, and what staff said last time."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import now

from tsunagari.directory.models import ImportMapping
from tsunagari.directory.policies.entries import edits_everything
from tsunagari.directory.sheets.columns import recognise, signature
from tsunagari.directory.sheets.headings import HEADINGS
from tsunagari.directory.sheets.sheet import Sheet, SheetError
from tsunagari.directory.terms import ImportKind
from tsunagari.kernel import audit
from tsunagari.kernel.access import Actor, Forbidden


def mapping_for(kind: ImportKind, sheet: Sheet) -> dict[str, int]:
    """Field → column: staff's own mapping of this heading row if there is one, else what we recognise."""
    saved = ImportMapping.objects.filter(header_hash=signature(sheet.columns), kind=kind).first()
    if saved is None:
        return recognise(sheet.columns, kind).mapping
    width = len(sheet.columns)
    return {
        field: at
        for field, at in saved.mapping.items()
        if field in HEADINGS and isinstance(at, int) and 0 <= at < width
    }


def require_name(sheet: Sheet, mapping: Mapping[str, int]) -> None:
    """A list without names holds nothing to show: it is refused before anything is read from it."""
    if "name" not in mapping:
        message = "「名称」の列が見つかりません。見出しを「名称」にするか、画面で列を選んでください。"
        raise SheetError("no_name", message, sheet.header_row_no)


@transaction.atomic
def remember(kind: ImportKind, sheet: Sheet, *, mapping: Mapping[str, int], by: Actor) -> ImportMapping:
    """Keep how staff placed the columns; a list with the same headings starts with it next time."""
    if not edits_everything(by):
        raise Forbidden("list.take_in")
    saved, _ = ImportMapping.objects.update_or_create(
        header_hash=signature(sheet.columns),
        kind=kind,
        defaults={"mapping": dict(mapping), "saved_at": now(), "saved_by": by.account_id},
    )
    audit.record("list.mapped", by=by, about=saved)
    return saved
