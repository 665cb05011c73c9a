"""A list and the directory side by side: what is new, changed, the same, in doubt, or cannot be taken."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal
from uuid import UUID, uuid5

from tsunagari.directory.importing import current, readers
from tsunagari.directory.importing.cells import Cells
from tsunagari.directory.importing.merging import Merged, merge
from tsunagari.directory.importing.values import Draft, Reject, Values
from tsunagari.directory.models import Organization, Service, SourceRecord
from tsunagari.directory.sheets.sheet import Sheet
from tsunagari.directory.terms import ImportKind

_NAMESPACE = UUID("9a0f5d0e-6a52-5b0c-8d3f-5f0f6f6f3c11")
State = Literal["new", "changed", "unchanged"]


@dataclass(slots=True)
class Entry:
    """One row that can be taken, and what taking it would do."""

    draft: Draft
    id: UUID
    row_key: str
    state: State
    merged: Merged


@dataclass(slots=True)
class Plan:
    """What an import would do. Nothing has happened yet; `apply` decides anew inside its transaction."""

    kind: ImportKind
    source: str
    drafts: list[Draft]
    rejects: list[Reject]
    entries: list[Entry] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # rows of the last list that are gone from this one
    notes: list[str] = field(default_factory=list)
    file_name: str = ""
    file_hash: str = ""
    batch_id: UUID | None = None  # the same for a form sent twice: it is taken in once

    @property
    def counts(self) -> dict[str, int]:
        states = [entry.state for entry in self.entries]
        return {
            "new": states.count("new"),
            "changed": states.count("changed"),
            "unchanged": states.count("unchanged"),
            "rejected": len(self.rejects),
            "conflicts": sum(len(entry.merged.conflicts) for entry in self.entries),
            "missing": len(self.missing),
        }


def preview(kind: ImportKind, sheet: Sheet, mapping: Mapping[str, int], *, source: str) -> Plan:
    """Read every row, compare with the directory, change nothing. `source` names the list and where it is from."""
    plan = Plan(ImportKind(kind), source, [], [], notes=list(sheet.notes))
    for row in sheet.rows:
        found = readers.draft(Cells(row, mapping), plan.kind)
        (plan.drafts if isinstance(found, Draft) else plan.rejects).append(found)  # type: ignore[arg-type]
    if plan.kind in (ImportKind.PLACES, ImportKind.SERVICES):
        readers.spread_category(plan.drafts)
    plan.drafts = _without_twins(plan)
    decide(plan)
    return plan


def _without_twins(plan: Plan) -> list[Draft]:
    """A row that stands twice is taken once; a number that stands twice for different things names neither."""
    seen: dict[str, Draft] = {}
    kept = []
    for draft in plan.drafts:
        twin = seen.get(draft.key)
        if twin is not None and twin.name_key != draft.name_key and not draft.id:
            draft.notes.append(f"番号「{draft.key}」は{twin.row}行目にもあるため、名称と住所で見分けます")
            draft.key = draft.name_key
            twin = seen.get(draft.key)
        if twin is not None:
            plan.rejects.append(
                Reject(draft.row, 0, f"{twin.row}行目と同じものがもう一度あります。1行にまとめてください。")
            )
            continue
        seen[draft.key] = draft
        kept.append(draft)
    return kept


def decide(plan: Plan) -> None:
    """Compare the drafts with the database as it is now: two queries for the records, ten per 900 changed entries."""
    records = list(
        SourceRecord.objects.filter(source=plan.source, kind=plan.kind).values_list("row_key", "object_id", "values")
    )
    known = _Known(records)
    matched = [(draft, known.find(draft)) for draft in plan.drafts]
    table: Any = Organization if plan.kind == ImportKind.ORGANIZATIONS else Service
    wanted = {record[1] for _, record in matched if record} | {draft.id for draft, _ in matched if draft.id}
    existing = {
        pk for some in current.chunks(wanted) for pk in table.objects.filter(pk__in=some).values_list("pk", flat=True)
    }
    changed = [
        record[1] if record else draft.id
        for draft, record in matched
        if (record and differs(record[2], draft.values)) or (draft.id and not record)
    ]
    read = current.organizations if plan.kind == ImportKind.ORGANIZATIONS else current.services
    ours = read({pk for pk in changed if pk is not None and pk in existing})
    plan.entries = [_entry(plan, known, draft, record, existing, ours) for draft, record in matched]
    taken = {entry.row_key for entry in plan.entries}
    plan.missing = [str(values.get("name", key)) for key, _, values in records if key not in taken]


def differs(base: Values, theirs: Values) -> bool:
    """Whether the list says anything else than last time."""
    return any(base.get(key) != theirs.get(key) for key in base.keys() | theirs.keys() if not key.startswith("~"))


Record = tuple[str, UUID, Values]


class _Known:
    """Rows of the same list as last imported, by number and by name; each is found at most once."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.by_key = {record[0]: record for record in records}
        self.by_name = {record[2].get("~name_key"): record for record in records}
        self.by_id = {record[1]: record for record in records}

    def find(self, draft: Draft) -> Record | None:
        found = self.by_id.get(draft.id) if draft.id else self.by_key.get(draft.key)
        if found and not draft.id and not _same_thing(found[2], draft.values):
            # Lists number their rows anew each month: another thing under the same number is another thing.
            found = None
        found = found or (None if draft.id else self.by_name.get(draft.name_key))
        if found and self.by_id.pop(found[1], None) is None:
            return None
        return found


def _same_thing(base: Values, theirs: Values) -> bool:
    if base.get("location.address") and base.get("location.address") == theirs.get("location.address"):
        return True
    old, new = _folded(base.get("name")), _folded(theirs.get("name"))
    if SequenceMatcher(None, old, new).ratio() >= 0.6:
        return True
    return bool(base.get("when_text")) and all(
        base.get(key) == theirs.get(key) for key in ("when_text", "location.name")
    )


def _folded(name: object) -> str:
    return unicodedata.normalize("NFKC", str(name or "")).replace(" ", "").casefold()


def _entry(
    plan: Plan, known: _Known, draft: Draft, record: Record | None, existing: set[UUID], ours: dict[UUID, Values]
) -> Entry:
    if record is None:
        row_key = draft.key if draft.key not in known.by_key else draft.name_key
        id_ = draft.id or uuid5(_NAMESPACE, f"{plan.source}\n{plan.kind}\n{row_key}")
        if id_ in existing and draft.id:
            merged = merge(None, draft.values, ours.get(id_, {}))
            return Entry(draft, id_, row_key, "changed" if merged.changes else "unchanged", merged)
        return Entry(draft, id_, row_key, "new", Merged(dict(draft.values)))
    row_key, id_, base = record
    if id_ not in existing:
        return Entry(draft, id_, row_key, "new", Merged(dict(draft.values)))
    if not differs(base, draft.values):
        return Entry(draft, id_, row_key, "unchanged", Merged())
    return Entry(draft, id_, row_key, "changed", merge(base, draft.values, ours[id_]))
