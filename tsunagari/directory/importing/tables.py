"""The tables of an HSDS package against the directory: rows that fit, rows that do not and why, and who owns each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model

from tsunagari.directory.exporting.tables import MODELS, WITHOUT_ID, as_text
from tsunagari.directory.importing.current import chunks
from tsunagari.directory.importing.fields import Unfit, converter
from tsunagari.directory.importing.package import Table
from tsunagari.directory.importing.values import Reject
from tsunagari.directory.sheets.sheet import SheetError

_LINKED = {"service": "service", "location": "location", "organization": "organization"}
# What makes two rows the same although their ids differ.
UNIQUE: dict[str, tuple[str, ...]] = {
    "service_at_location": ("service_id", "location_id"),
    "attribute": ("link_entity", "link_id", "taxonomy_term_id"),
    "occurrence": ("service_id", "starts_at", "label"),
    "service_text": ("service_id", "language"),
    "first_visit": ("service_id",),
    "taxonomy": ("code",),
    "taxonomy_term": ("taxonomy_id", "code"),
}


@dataclass(slots=True)
class Fitting:
    """Rows of one entity as Python values in the order of `names`."""

    entity: str
    names: tuple[str, ...]
    rows: list[list[Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def at(self, name: str) -> int | None:
        return self.names.index(name) if name in self.names else None


class Checker:
    """Checks the tables in order, parents first, and remembers which ids are good."""

    def __init__(self) -> None:
        self.good: dict[str, set[UUID]] = {}
        self.bad: dict[str, set[UUID]] = {}
        self.rejects: list[tuple[str, Reject]] = []
        self.same: dict[UUID, UUID] = {}  # a foreign id of a term we already have under our own

    def check(self, table: Table) -> Fitting:
        """The rows that can be written."""
        fitting = Fitting(table.entity, table.columns)
        model = MODELS[table.entity]
        for column in model._meta.fields:
            needed = column.primary_key and table.entity not in WITHOUT_ID
            needed |= isinstance(column, ForeignKey) and not column.null
            if needed and column.attname not in table.columns:
                raise SheetError(
                    "no_column", f"{table.entity} に {column.attname} の列がありません。列を足してください。"
                )
        converters = [converter(model, name) for name in table.columns]
        for cells, line in zip(table.rows, table.lines, strict=True):
            try:
                fitting.rows.append([convert(cell) for convert, cell in zip(converters, cells, strict=True)])
            except Unfit:
                self._reject(table, line, _reason(table, converters, cells), _id_of(table, cells))
            else:
                fitting.lines.append(line)
        if table.entity in ("taxonomy", "taxonomy_term"):
            self._keep_ours(fitting)
        self._check_links(table, fitting)
        self._check_unique(table, fitting)
        at = fitting.at("id")
        self.good[table.entity] = {row[at] for row in fitting.rows} if at is not None else set()
        return fitting

    def _reject(self, table: Table, line: int, reason: str, pk: UUID | None) -> None:
        self.rejects.append((table.entity, Reject(line, 0, reason)))
        if pk:
            self.bad.setdefault(table.entity, set()).add(pk)

    def _keep_ours(self, fitting: Fitting) -> None:
        """Words both sides know stay ours: tags that name the foreign id are hung on our own."""
        keys = UNIQUE[fitting.entity]
        if not all(name in fitting.names for name in keys):
            fitting.rows, fitting.lines = [], []
            return
        known = {row[1:]: row[0] for row in MODELS[fitting.entity]._default_manager.values_list("pk", *keys)}
        at, places = fitting.names.index("id"), [fitting.names.index(name) for name in keys]
        for row in fitting.rows:
            row[:] = [self.same.get(value, value) if isinstance(value, UUID) else value for value in row]
            ours = known.get(tuple(row[place] for place in places))
            if ours and ours != row[at]:
                self.same[row[at]] = ours
                row[at] = ours

    def _check_links(self, table: Table, fitting: Fitting) -> None:
        """Every row must hang on something that exists, in this package or in the directory."""
        if table.entity == "attribute":
            self._check_tagged(table, fitting)
        targets = links(table.entity, fitting.names)
        for at, entity in targets:
            wanted = {row[at] for row in fitting.rows if row[at] is not None}
            if entity == "taxonomy_term" and self.same:
                for row in fitting.rows:
                    row[at] = self.same.get(row[at], row[at])
                wanted = {row[at] for row in fitting.rows if row[at] is not None}
            missing = wanted - self._existing(entity, wanted)
            if entity == table.entity:
                missing -= {row[fitting.names.index("id")] for row in fitting.rows}
            if missing:
                self._drop(table, fitting, lambda row, at=at, missing=missing: row[at] in missing, entity)  # type: ignore[misc]

    def _check_tagged(self, table: Table, fitting: Fitting) -> None:
        """Tags name the kind and id of what they tag; the database cannot check that for us."""
        kind, link = fitting.at("link_entity"), fitting.at("link_id")
        if kind is None or link is None:
            raise SheetError("no_column", "attribute に link_id か link_entity の列がありません。")
        wanted: dict[str, set[UUID]] = {}
        for row in fitting.rows:
            wanted.setdefault(row[kind], set()).add(row[link])
        known = {entity: self._existing(entity, ids) for entity, ids in wanted.items() if entity in MODELS}
        self._drop(table, fitting, lambda row: row[link] not in known.get(row[kind], ()), "link_id の相手")

    def _existing(self, entity: str, ids: set[UUID]) -> set[UUID]:
        good = self.good.get(entity, set())
        return (ids & good) | _known(entity, ids - good)

    def _check_unique(self, table: Table, fitting: Fitting) -> None:
        """The same row twice in one package: the first is taken."""
        for names in (("id",), UNIQUE.get(table.entity, ())):
            places = [fitting.names.index(name) for name in names if name in fitting.names]
            if not names or len(places) < len(names):
                continue
            seen: set[Any] = set()
            twice = []
            for row in fitting.rows:
                key = row[places[0]] if len(places) == 1 else tuple(row[place] for place in places)
                if key in seen:
                    twice.append(id(row))
                seen.add(key)
            if twice:
                gone = set(twice)
                self._drop(table, fitting, lambda row, gone=gone: id(row) in gone, "")  # type: ignore[misc]

    def _drop(self, table: Table, fitting: Fitting, unfit: Any, entity: str) -> None:
        rows, lines = [], []
        at = fitting.at("id")
        for row, line in zip(fitting.rows, fitting.lines, strict=True):
            if unfit(row):
                reason = (
                    f"指している {entity} がありません（取り込めなかったか、パッケージにありません）。"
                    if entity
                    else "同じものが前の行にもあります。"
                )
                self._reject(table, line, reason, row[at] if at is not None else None)
            else:
                rows.append(row)
                lines.append(line)
        fitting.rows, fitting.lines = rows, lines


def links(entity: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """Positions of the columns that point at other objects, with the entity each points at."""
    by_model = {model: name for name, model in MODELS.items()}
    relations = {
        column.attname: by_model[column.related_model]
        for column in MODELS[entity]._meta.fields
        if isinstance(column, ForeignKey) and column.related_model in by_model
    }
    return [(at, relations[name]) for at, name in enumerate(names) if name in relations]


def _known(entity: str, ids: set[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    model: type[Model] = MODELS[entity]
    for some in chunks(ids):
        found |= set(model._default_manager.filter(pk__in=some).values_list("pk", flat=True))
    return found


def _reason(table: Table, converters: list[Any], cells: list[str]) -> str:
    for name, convert, cell in zip(table.columns, converters, cells, strict=True):
        try:
            convert(cell)
        except Unfit as unfit:
            return f"{name} {unfit}。"
    return "読めない値があります。"


def _id_of(table: Table, cells: list[str]) -> UUID | None:
    try:
        return UUID(cells[table.columns.index("id")])
    except ValueError:
        return None


def fingerprint(values: Iterable[Any]) -> str:
    """A row in a few characters, to see later whether it still says the same."""
    return blake2b("\x1f".join(map(as_text, values)).encode(), digest_size=6).hexdigest()
