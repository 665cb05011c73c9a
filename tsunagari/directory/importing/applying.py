"""The plan into the directory, in one transaction: either all of it is there afterwards, or nothing."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.bulk import steady
from tsunagari.directory.importing import bodies
from tsunagari.directory.importing.changing import change
from tsunagari.directory.importing.confirming import confirm
from tsunagari.directory.importing.planning import Entry, Plan, decide
from tsunagari.directory.importing.values import Values
from tsunagari.directory.importing.writing import BATCH, Writer
from tsunagari.directory.models import ImportBatch, ImportConflict, Organization, SourceRecord
from tsunagari.directory.terms import ImportKind
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor

_ORGANIZATIONS = UUID("3c1a0b52-1f55-5d0a-9a55-7a7d2a2f9e01")


@steady()
@transaction.atomic
def apply(plan: Plan, *, by: Actor) -> ImportBatch:
    """Take a list in: new entries appear, changed ones change, what staff edited stays and is shown as a conflict.

    The plan is decided anew under lock, so what staff did since the preview counts. Any error leaves nothing behind."""
    if plan.batch_id and (done := ImportBatch.objects.filter(pk=plan.batch_id).first()):
        return done
    batch = ImportBatch.objects.create(
        pk=plan.batch_id or uuid4(),
        kind=plan.kind,
        source=plan.source,
        file_name=plan.file_name,
        file_hash=plan.file_hash,
        imported_at=now(),
        imported_by=by.account_id,
    )
    access.require(by, "list.take_in", batch)
    _lock(plan)
    decide(plan)
    batch.counts = plan.counts
    batch.rejects = [[reject.row, reject.column, reject.reason] for reject in plan.rejects]
    if plan.kind == ImportKind.ORGANIZATIONS:
        organizations = bodies.write(plan, at=batch.imported_at)
        publishing.refresh(organizations=organizations)
    else:
        _write_entries(plan, batch)
        batch.counts |= {"confirmed": _confirm(plan, batch)}
    batch.save(update_fields=["counts", "rejects"])
    _conflicts(plan, batch)
    _remember(plan, batch)
    audit.record("list.taken_in", by=by, about=batch, **batch.counts)
    return batch


def _lock(plan: Plan) -> None:
    """Two people importing the same list at once: the second waits, then finds its rows unchanged."""
    records = SourceRecord.objects.select_for_update().filter(source=plan.source, kind=plan.kind)
    list(records.values_list("pk", flat=True))


def _write_entries(plan: Plan, batch: ImportBatch) -> None:
    new = [entry for entry in plan.entries if entry.state == "new"]
    changes = {
        entry.id: entry.merged.changes for entry in plan.entries if entry.state == "changed" and entry.merged.changes
    }
    named = {entry.draft.values["organization"] for entry in new}
    named |= {values["organization"] for values in changes.values() if values.get("organization")}
    organizations, made = organizations_named(named)
    writer = Writer(organizations, batch.imported_at, batch.imported_by, plan.source)
    for entry in new:
        writer.add(entry.id, entry.draft.values)
    writer.save()
    change(changes, writer)
    publishing.refresh([*(entry.id for entry in new), *changes], made)


def _confirm(plan: Plan, batch: ImportBatch) -> int:
    """Rows that say what they said last time, or only what staff decides: what was written anew is fresh already."""
    named = [entry.id for entry in plan.entries if entry.state != "new" and not entry.merged.changes]
    return confirm(named, source=plan.source, at=batch.imported_at, by=batch.imported_by)


def organizations_named(names: Iterable[str]) -> tuple[dict[str, UUID], list[UUID]]:
    """Ids of the organisations so called; one nobody knows yet is made, under an id that is always the same."""
    wanted = set(names)
    known: dict[str, UUID] = {}
    for name, pk in Organization.objects.filter(withdrawn_at=None).order_by("-pk").values_list("name", "id"):
        known[name] = pk
    missing = sorted(wanted - known.keys())
    made = [Organization(id=uuid5(_ORGANIZATIONS, name), name=name) for name in missing]
    Organization.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    return known | {row.name: row.pk for row in made}, [row.pk for row in made]


def _conflicts(plan: Plan, batch: ImportBatch) -> None:
    about = "organization_id" if plan.kind == ImportKind.ORGANIZATIONS else "service_id"
    ImportConflict.objects.bulk_create(
        ImportConflict(batch=batch, field=key, ours=_shown(ours), theirs=_shown(theirs), **{about: entry.id})
        for entry in plan.entries
        for key, ours, theirs in entry.merged.conflicts
    )


def _shown(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _remember(plan: Plan, batch: ImportBatch) -> None:
    """What this list says, as the base for comparing the next one."""
    rows = [
        SourceRecord(
            source=plan.source,
            kind=plan.kind,
            row_key=entry.row_key,
            object_id=entry.id,
            values=_remembered(entry),
            batch=batch,
        )
        for entry in plan.entries
        if entry.state != "unchanged" or entry.draft.id
    ]
    SourceRecord.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source", "kind", "row_key"],
        update_fields=["object_id", "values", "batch"],
    )


def _remembered(entry: Entry) -> Values:
    return {**entry.draft.values, "~name_key": entry.draft.name_key}
