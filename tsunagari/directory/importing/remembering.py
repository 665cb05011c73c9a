"""What a package said, kept as the base for comparing the next one: one record per service and organisation."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from tsunagari.directory.bulk import insert
from tsunagari.directory.exporting.tables import WITHOUT_ID, as_text
from tsunagari.directory.importing.comparing import REMEMBERED, group_print
from tsunagari.directory.importing.owners import Owner, Owners
from tsunagari.directory.importing.tables import Fitting, fingerprint
from tsunagari.directory.models import ImportBatch, SourceRecord
from tsunagari.directory.terms import ImportKind


def remember(fittings: dict[str, Fitting], owners: Owners, batch: ImportBatch) -> None:
    """Store what this package says about each service and organisation."""
    held: dict[Owner, dict[str, Any]] = defaultdict(dict)
    for entity, fitting in fittings.items():
        if entity in WITHOUT_ID:
            _add_groups(fitting, held)
            continue
        at = fitting.names.index("id")
        for row in fitting.rows:
            if owner := owners.of(fitting, row):
                held[owner][f"{entity}:{row[at]}"] = _said(fitting, row)
    _store(batch, held)


def _said(fitting: Fitting, row: list[Any]) -> Any:
    if fitting.entity not in REMEMBERED:
        return fingerprint(row)
    return {name: text for name, value in zip(fitting.names, row, strict=True) if (text := as_text(value))}


def _add_groups(fitting: Fitting, held: dict[Owner, dict[str, Any]]) -> None:
    groups: dict[UUID, list[Any]] = defaultdict(list)
    at = fitting.names.index("service_id")
    for row in fitting.rows:
        groups[row[at]].append(row)
    for pk, rows in groups.items():
        held["service", pk][f"{fitting.entity}:{pk}"] = group_print(rows)


def _store(batch: ImportBatch, held: dict[Owner, dict[str, Any]]) -> None:
    records = SourceRecord.objects.filter(source=batch.source, kind=ImportKind.HSDS)
    known = {key: (pk, values) for pk, key, values in records.values_list("pk", "row_key", "values")}
    fresh, stale = [], []
    for (entity, pk), rows in held.items():
        key, values = f"{entity}:{pk}", {"rows": rows}
        if key not in known:
            fresh.append([batch.source, key, ImportKind.HSDS.value, pk, values, batch.pk])
        elif known[key][1] != values:
            stale.append(SourceRecord(pk=known[key][0], values=values, batch=batch))
    insert(SourceRecord, ["source", "row_key", "kind", "object_id", "values", "batch_id"], fresh)
    SourceRecord.objects.bulk_update(stale, ["values", "batch"], batch_size=200)
