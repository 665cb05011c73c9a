"""On PostgreSQL the database repeats the door: a query that forgot its rule finds nothing of other organisations.

Tables of class 2 carry row-level security (their apps' migrations write it with `guarded`). While a signed-in person's
request runs, its connection says who she is and for whom she acts; rows of others are then absent for every query,
whatever the code asked. Processes that act for nobody (worker, commands) and pages that open with a code say nothing,
and see what the code asks for. SQLite has no such thing: there the door stands alone.

The role that the site signs in with must not be a superuser: PostgreSQL lets those pass everywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from tsunagari.kernel.access import Actor

_SAY = "SELECT set_config('tsunagari.account', %s, false), set_config('tsunagari.organizations', %s, false),"
_SAY += " set_config('tsunagari.duties', %s, false)"

_NOBODY = ("", "", "")
_asking: ContextVar[tuple[str, str, str]] = ContextVar("asking", default=_NOBODY)


def _say(account: str, organizations: str, duties: str) -> None:
    connection.ensure_connection()
    connection.connection.execute(_SAY, (account, organizations, duties))  # not Django's cursor: no page counts it


@contextmanager
def seen_by(actor: Actor) -> Iterator[None]:
    """While this runs, the database shows only rows that this actor's organisations have a part in."""
    if connection.vendor != "postgresql" or not actor.signed_in:
        yield
        return
    said = str(actor.account_id), ",".join(map(str, actor.member_ids)), ",".join(sorted(actor.duties))
    _say(*said)
    token = _asking.set(said)
    try:
        yield
    finally:
        _asking.reset(token)
        _say(*_NOBODY)


@contextmanager
def for_the_house() -> Iterator[None]:
    """What the house itself must see whole, whoever asked: who holds what when somebody leaves, how full a place is.

    Nothing read in here may reach a page but numbers and ids; on a page that opens with a code, what that code opens.
    """
    said = _asking.get()
    if said == _NOBODY:
        yield
        return
    _say(*_NOBODY)
    try:
        yield
    finally:
        _say(*said)


# Written into policies: true when nobody's request runs.
NOBODY_ASKS = "coalesce(current_setting('tsunagari.account', true), '') = ''"


def hers(column: str) -> str:
    """SQL: the column holds one of the organisations she acts for."""
    return f"{column}::text = ANY(string_to_array(current_setting('tsunagari.organizations', true), ','))"


def herself(column: str) -> str:
    """SQL: the column holds her own account."""
    return f"{column}::text = current_setting('tsunagari.account', true)"


def has_duty(duty: str) -> str:
    """SQL: the town asked her to do this."""
    return f"'{duty}' = ANY(string_to_array(current_setting('tsunagari.duties', true), ','))"


def guarded(table: str, condition: str) -> list[str]:
    """Statements that guard a table: its rows are there only for nobody's request or under this condition."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS door ON {table}",
        f"CREATE POLICY door ON {table} USING ({NOBODY_ASKS} OR {condition})",
    ]
