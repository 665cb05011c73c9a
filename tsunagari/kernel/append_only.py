"""Triggers that refuse UPDATE and DELETE on a table, for both databases.

Attack: somebody with the application's database rights rewrites what was recorded. The owner of the database can
still drop the trigger; the hash chain and the signed checkpoints are there for her.
"""

from typing import Any

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
_POSTGRES = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"""


def lock(connection: Any, table: str) -> None:
    """Set the triggers. A migration that rebuilds the table on SQLite must call this again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION.format(table=table))
        text = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(text.format(table=table, verb=verb.lower()))


def unlock(connection: Any, table: str) -> None:
    """Take the triggers away: for a migration backwards, a restore, and the emptying of a test database."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
