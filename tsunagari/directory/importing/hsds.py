"""HSDS packages in: checked as a whole, written in one transaction, compared with the source's last package."""

import csv
import hashlib
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.bulk import insert, steady
from tsunagari.directory.exporting.tables import MODELS, WITHOUT_ID
from tsunagari.directory.importing.comparing import Difference, compare
from tsunagari.directory.importing.confirming import confirm
from tsunagari.directory.importing.current import chunks
from tsunagari.directory.importing.owners import Owners, touched
from tsunagari.directory.importing.package import read_package
from tsunagari.directory.importing.remembering import remember
from tsunagari.directory.importing.tables import Checker, Fitting
from tsunagari.directory.importing.values import Reject
from tsunagari.directory.models import ImportBatch, ImportConflict
from tsunagari.directory.terms import ImportKind
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor


@dataclass(slots=True)
class PackagePlan:
    """What taking a package would do; as with lists, nothing has happened yet."""

    source: str
    fittings: dict[str, Fitting]
    rejects: list[tuple[str, Reject]]
    difference: Difference = field(default_factory=Difference)
    file_name: str = ""
    file_hash: str = ""
    batch_id: UUID | None = None  # the same for a form sent twice: it is taken in once

    @property
    def tables(self) -> list[dict[str, Any]]:
        """What would happen in each table of the package, in the order of writing."""
        return [_table_counts(self, entity) for entity in self.fittings]

    def named(self, most: int) -> list[tuple[str, str, str]]:
        """(table, name, new or changed) of the first organisations and entries that taking it would touch."""
        found = []
        for entity in ("organization", "service"):
            if fitting := self.fittings.get(entity):
                at, name = fitting.names.index("id"), fitting.names.index("name")
                fresh = {row[at] for row in self.difference.new.get(entity, [])}
                for row in fitting.rows:
                    if row[at] in fresh or row[at] in self.difference.changed.get(entity, {}):
                        found.append((entity, row[name], "new" if row[at] in fresh else "changed"))
        return found[:most]

    @property
    def counts(self) -> dict[str, int]:
        new = sum(len(rows) for entity, rows in self.difference.new.items() if entity not in WITHOUT_ID)
        changed = sum(len(rows) for rows in self.difference.changed.values())
        total = sum(len(one.rows) for one in self.fittings.values() if one.entity not in WITHOUT_ID)
        return {
            "new": new,
            "changed": changed,
            "unchanged": total - new - changed,
            "rejected": len(self.rejects),
            "conflicts": len(self.difference.conflicts),
        }


def _table_counts(plan: PackagePlan, entity: str) -> dict[str, Any]:
    difference, rows = plan.difference, len(plan.fittings[entity].rows)
    new, changed = len(difference.new.get(entity, [])), len(difference.changed.get(entity, {}))
    if entity in WITHOUT_ID:  # rows of one entry are replaced together: new only where the entry is new
        at = plan.fittings[entity].names.index("service_id")
        services = plan.fittings.get("service")
        pk = services.names.index("id") if services else 0
        fresh = {row[pk] for row in difference.new.get("service", [])}
        replaced = sum(row[at] not in fresh for row in difference.new.get(entity, []))
        new, changed = new - replaced, replaced
    return {
        "entity": entity, "new": new, "changed": changed, "unchanged": rows - new - changed,
        "removed": 0 if entity in WITHOUT_ID else len(difference.removed.get(entity, [])),
        "rejected": sum(where == entity for where, _ in plan.rejects),
        "conflicts": sum(one[0] == entity for one in difference.conflicts),
    }  # fmt: skip


@steady()
def preview_package(path: Path, *, source: str) -> PackagePlan:
    """Read and check a package, compare it with the directory, change nothing."""
    checker = Checker()
    fittings = {entity: checker.check(table) for entity, table in read_package(path).items()}
    plan = PackagePlan(source, fittings, checker.rejects, file_name=path.name)
    plan.file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    plan.difference = compare(fittings, source)
    return plan


@steady()
@transaction.atomic
def apply_package(plan: PackagePlan, *, by: Actor) -> ImportBatch:
    """Take a package in, whole or not at all."""
    if plan.batch_id and (done := ImportBatch.objects.filter(pk=plan.batch_id).first()):
        return done
    batch = ImportBatch.objects.create(
        pk=plan.batch_id or uuid4(),
        kind=ImportKind.HSDS,
        source=plan.source,
        file_name=plan.file_name,
        file_hash=plan.file_hash,
        imported_at=now(),
        imported_by=by.account_id,
    )
    access.require(by, "list.take_in", batch)
    plan.difference = compare(plan.fittings, plan.source)
    batch.counts = plan.counts
    batch.rejects = [
        [reject.row, reject.column, f"{entity}: {reject.reason}"] for entity, reject in plan.rejects[:5000]
    ]
    owners = Owners(plan.fittings)
    services, organizations = touched(plan.difference, plan.fittings, owners)
    _write(plan, batch)
    _note_conflicts(plan, owners, batch)
    remember(plan.fittings, owners, batch)
    publishing.refresh(services, organizations)
    batch.counts |= {"confirmed": _confirm(plan, batch)}
    batch.save(update_fields=["counts", "rejects"])
    audit.record("list.taken_in", by=by, about=batch, **batch.counts)
    return batch


def _confirm(plan: PackagePlan, batch: ImportBatch) -> int:
    """A package that says itself when each entry was confirmed has said it; any other vouches for what it names."""
    fitting = plan.fittings.get("service")
    if fitting is None or "confirmed_at" in fitting.names:
        return 0
    at = fitting.names.index("id")
    fresh = {row[at] for row in plan.difference.new.get("service", [])}
    named = [row[at] for row in fitting.rows if row[at] not in fresh]
    return confirm(named, source=batch.source, at=batch.imported_at, by=batch.imported_by)


def _write(plan: PackagePlan, batch: ImportBatch) -> None:
    difference = plan.difference
    for entity, keys in difference.removed.items():
        name = "service_id__in" if entity in WITHOUT_ID else "pk__in"
        for some in chunks(keys):
            MODELS[entity]._default_manager.filter(**{name: some}).delete()
    for entity in MODELS:
        rows = difference.new.get(entity, [])
        if rows:
            names, values = _dated(plan.fittings[entity], rows, batch)
            insert(MODELS[entity], names, values)
    for entity, changes in difference.changed.items():
        _change(entity, changes, batch)


def _dated(fitting: Fitting, rows: list[list[Any]], batch: ImportBatch) -> tuple[list[str], list[list[Any]]]:
    """New rows with the moments that only we know: when they changed, and that the list said so today."""
    names, extra = list(fitting.names), list[Any]()
    if fitting.entity in ("service", "organization", "location"):
        names.append("last_modified")
        extra.append(batch.imported_at)
    if fitting.entity == "service":
        for name, value in (("confirmed_at", batch.imported_at), ("source", batch.source)):
            if name not in names:
                names.append(name)
                extra.append(value)
    return names, [[*row, *extra] for row in rows] if extra else rows


def _change(entity: str, changes: dict[UUID, dict[str, Any]], batch: ImportBatch) -> None:
    model: Any = MODELS[entity]
    groups: dict[frozenset[str], list[Any]] = defaultdict(list)
    dated: dict[str, Any] = {}
    if entity in ("service", "organization", "location"):
        dated["last_modified"] = batch.imported_at
    if entity in ("service", "organization"):
        dated["version"] = F("version") + 1  # who has the form open hears of it before saving over it
    for pk, values in changes.items():
        row = model(pk=pk, **values, **dated)
        groups[frozenset(values) | frozenset(dated)].append(row)
    for names, rows in groups.items():
        fields = sorted(name.removesuffix("_id") if _relation(model, name) else name for name in names)
        model._default_manager.bulk_update(rows, fields, batch_size=200)


def _relation(model: Any, name: str) -> bool:
    return any(column.attname == name and column.is_relation for column in model._meta.fields)


def _note_conflicts(plan: PackagePlan, owners: Owners, batch: ImportBatch) -> None:
    rows = []
    for entity, pk, name, ours, theirs in plan.difference.conflicts:
        kind, owner = _owner_of(plan, owners, entity, pk)
        if owner:
            field_name = name if entity == kind else f"{entity}.{name}"
            about = {f"{kind}_id": owner}
            rows.append(ImportConflict(batch=batch, field=field_name, ours=ours, theirs=theirs, **about))
    ImportConflict.objects.bulk_create(rows)


def _owner_of(plan: PackagePlan, owners: Owners, entity: str, pk: UUID) -> tuple[str, UUID | None]:
    """Conflicts are shown with the entry or the organisation they are about; words and units belong to nobody."""
    if entity in ("service", "organization"):
        return entity, pk
    fitting = plan.fittings[entity]
    at = fitting.names.index("id")
    row = next((row for row in fitting.rows if row[at] == pk), None)
    return (owners.of(fitting, row) if row else None) or ("", None)


def import_package(path: Path, *, dry_run: bool, source: str, by: Actor) -> int:
    """`tsunagari import hsds FILE`: the exit code."""
    plan = preview_package(path, source=source)
    if not dry_run:
        apply_package(plan, by=by)
    counts = plan.counts
    heading = "試しに読みました（何も変えていません）" if dry_run else "読み込みました"
    print(
        f"{heading}：新しい {counts['new']}行、変わった {counts['changed']}行、同じ {counts['unchanged']}行、"
        f"取り込めない {counts['rejected']}行、判断が要る {counts['conflicts']}か所"
    )
    for entity, reject in plan.rejects[:50]:
        print(f"{entity} {reject.row}行目：{reject.reason}", file=sys.stderr)
    if plan.rejects and not dry_run:
        with open(f"{path}.rejected.csv", "w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["表", "行", "取り込めない理由"])
            writer.writerows([entity, str(reject.row), reject.reason] for entity, reject in plan.rejects)
    return 1 if plan.rejects else 0
