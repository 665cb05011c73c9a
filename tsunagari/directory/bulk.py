"""Many rows into one table as fast as the database takes them: COPY on PostgreSQL, one prepared statement on SQLite;
and many ids into one question.

Measured with 124,035 rows (bench B11): model instances cost four times as much, and on PostgreSQL Django's bulk_create
spends most of its time escaping long texts into arrays."""

import gc
import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Func, Model

Adapt = Callable[[Any], Any]
Row = Sequence[Any]


class Among(Func):
    """`filter(Among("service_id", ids))`: rows whose id is one of these, however many. One parameter holds them all:
    `__in` makes a parameter of each, which took longer than the query."""

    output_field = BooleanField()

    def __init__(self, column: str, ids: Iterable[UUID]) -> None:
        super().__init__(column)
        self.ids = list(ids)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = compiler.compile(self.source_expressions[0])
        hexes = [pk.hex for pk in self.ids]
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::uuid[])", [*params, f"{{{','.join(hexes)}}}"]
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(hexes)]

    as_sqlite = as_sql  # type: ignore[assignment]


@contextmanager
def steady() -> Iterator[None]:
    """Work on very many rows without the collector of cycles: it would walk a million live rows again and again (a
    seventh of the time of a large import), and rows make no cycles. Also usable as a decorator."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def insert(table: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows given as Python values in the order of `names` (attnames); other columns get their defaults.

    Runs inside the caller's transaction; constraints hold as always. Rows may be made while they are taken: PostgreSQL
    writes the last ones meanwhile. Making them must not ask the database."""
    columns = {column.attname: column for column in table._meta.concrete_fields}
    missing = [column for name, column in columns.items() if name not in names and not column.primary_key]
    constants = [_prepared(column, _default(column)) for column in missing]
    targets = [str(columns[name].column) for name in names] + [str(column.column) for column in missing]
    if connection.vendor == "postgresql":
        documents = [at for at, name in enumerate(names) if columns[name].get_internal_type() == "JSONField"]
        _copy(table._meta.db_table, targets, _written(rows, documents), constants)
    else:
        listed, holes = ", ".join(map(_quoted, targets)), ", ".join(["%s"] * len(targets))
        statement = f"INSERT INTO {_quoted(table._meta.db_table)} ({listed}) VALUES ({holes})"
        _execute(statement, [columns[name] for name in names], rows, constants)


def store(
    table: type[Model],
    names: Sequence[str],
    rows: Iterable[Row],
    *,
    unique: Sequence[str],
    there: Container[tuple[Any, ...]],
) -> None:
    """Insert these rows, and change those whose values of `unique` are already `there`."""
    places = [names.index(name) for name in unique]
    stale: list[Row] = []

    def fresh() -> Iterator[Row]:
        for row in rows:
            if tuple(row[at] for at in places) in there:
                stale.append(row)
            else:
                yield row

    insert(table, names, fresh())
    if stale:
        _change(table, names, stale, unique)


def _change(table: type[Model], names: Sequence[str], rows: Sequence[Row], unique: Sequence[str]) -> None:
    columns = {column.attname: column for column in table._meta.concrete_fields}
    changed = [name for name in names if name not in unique]
    setting = ", ".join(f"{_quoted(str(columns[name].column))} = %s" for name in changed)
    keys = " AND ".join(f"{_quoted(str(columns[name].column))} = %s" for name in unique)
    order = [names.index(name) for name in (*changed, *unique)]
    statement = f"UPDATE {_quoted(table._meta.db_table)} SET {setting} WHERE {keys}"
    _execute(statement, [columns[names[at]] for at in order], [[row[at] for at in order] for row in rows], [])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _written(rows: Iterable[Row], documents: list[int]) -> Iterable[Row]:
    """COPY takes JSON as text."""
    if not documents:
        return rows
    return (
        [json.dumps(value, ensure_ascii=False) if at in documents else value for at, value in enumerate(row)]
        for row in rows
    )


def _default(column: Any) -> Any:
    if column.has_default():
        return column.get_default()
    return None if column.null else ""


def _prepared(column: Any, value: Any) -> Any:
    return None if value is None else column.get_db_prep_value(value, connection, prepared=False)


def _copy(table: str, targets: list[str], rows: Iterable[Row], constants: list[Any]) -> None:
    first = next(rows := iter(rows), None)
    if first is None:
        return
    statement = f"COPY {_quoted(table)} ({', '.join(map(_quoted, targets))}) FROM STDIN"
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:  # type: ignore[attr-defined]
        for row in chain([first], rows):
            copy.write_row([*row, *constants] if constants else row)


def _execute(statement: str, columns: Sequence[Any], rows: Iterable[Row], constants: list[Any]) -> None:
    adapters = [(at, adapter) for at, column in enumerate(columns) if (adapter := _adapter(column))]

    def prepared() -> Iterator[Row]:
        for row in rows:
            values = list(row)
            for at, adapt in adapters:
                if values[at] is not None:
                    values[at] = adapt(values[at])
            yield [*values, *constants]

    with connection.cursor() as cursor:
        cursor.executemany(statement, prepared())  # type: ignore[arg-type]


def _adapter(column: Any) -> Adapt | None:
    """What makes a value one that the driver takes; None where it takes it as it is."""
    kind = column.get_internal_type()
    if kind == "JSONField":
        return lambda value: column.get_db_prep_value(value, connection, prepared=False)
    if connection.vendor == "postgresql":
        return None
    if kind in ("UUIDField", "ForeignKey", "OneToOneField"):
        return lambda value: value.hex
    if kind == "DateTimeField":
        return _moment
    if kind in ("DateField", "TimeField", "DecimalField"):
        return str
    return None


def _moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
