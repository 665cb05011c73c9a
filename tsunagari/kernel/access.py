"""The one door: who may see which rows, this row, and do this to it (HOUSE_STYLE §7).

A rule is one function from an Actor to a Q over one model, with a dotted name such as `referral.accept`.
The same Q answers three questions: `visible` (which rows), `fetch` (this row), `require` (may she).
Seeing comes before doing: a row that `<noun>.read` hides is *absent* for every other rule of that noun too.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, fixed for one request: built once by the middleware, never from the database afterwards.

    `member_ids`: organisations she is posted to today; `seats`: councils she sits on;
    `duties`: what the town asks of her. The empty Actor is the public.
    """

    account_id: UUID | None = None
    member_ids: frozenset[UUID] = frozenset()
    seats: frozenset[UUID] = frozenset()
    duties: frozenset[str] = frozenset()
    second_factor: bool = False

    @property
    def signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def who(self) -> UUID:
        """The account that answers for an act; the public answers for none."""
        if self.account_id is None:
            raise Forbidden("nobody is signed in")
        return self.account_id


PUBLIC = Actor()


class NotVisible(LookupError):
    """The row is absent, or hidden from this actor: outside, the two must look the same (404)."""


class Forbidden(PermissionDenied):
    """The actor sees the row but may not do this to it (403)."""


class RuleFunction(Protocol):
    def __call__(self, actor: Actor) -> Q: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of who may. `confidential`: the door writes an audit line before such a row leaves.

    `done`: rows for which the act has happened. Doing it again changes nothing and is no mistake of the person: a
    second click, a second tab, a line that broke before the answer came.
    `within_reading`: written so that it holds for no row that `<noun>.read` hides; asked without narrowing it again.
    """

    name: str
    model: type[Model]
    allows: Callable[[Actor], Q]
    sentence: str
    confidential: bool = False
    anonymous: bool = False
    done: Q | None = None
    within_reading: bool = False

    @property
    def noun(self) -> str:
        return self.name.split(".", 1)[0]

    @property
    def verb(self) -> str:
        return self.name.split(".", 1)[1]


@dataclass
class _Register:
    rules: dict[str, Rule] = field(default_factory=dict)


_register = _Register()
NOBODY = Q(pk__in=[])
# Not Q(): an empty Q vanishes in `a | Q()`, and the rule would then allow only `a`.
EVERYBODY = ~Q(pk__in=[])


def rule(
    name: str,
    model: type[Model],
    *,
    confidential: bool = False,
    anonymous: bool = False,
    done: Q | None = None,
    within_reading: bool = False,
) -> Callable[[Callable[[Actor], Q]], Callable[[Actor], Q]]:
    """Register `function(actor) -> Q` as the rule `name` over `model`; its docstring is the sentence people read.

    `anonymous`: this act may be done without signing in (a report, a tap on a link); its page then takes no cookie.
    """

    def register(function: Callable[[Actor], Q]) -> Callable[[Actor], Q]:
        if name in _register.rules:
            raise ValueError(f"rule {name} is written twice")
        sentence = " ".join((function.__doc__ or "").split())
        _register.rules[name] = Rule(name, model, function, sentence, confidential, anonymous, done, within_reading)
        return function

    return register


def rule_named(name: str) -> Rule:
    """The rule of this name; an unwritten rule raises, so that a slip of the pen never opens a door."""
    return _register.rules[name]


def all_rules() -> list[Rule]:
    """Every rule, by name."""
    return [_register.rules[name] for name in sorted(_register.rules)]


def visible(actor: Actor, name: str) -> QuerySet[Any]:
    """The rows of the rule's model for which the rule holds, narrowed to those the actor may see at all."""
    found = rule_named(name)
    rows: QuerySet[Any] = found.model._default_manager.filter(found.allows(actor))
    reading = f"{found.noun}.read"
    narrow = name != reading and not found.within_reading
    if narrow and reading in _register.rules and rule_named(reading).model is found.model:
        rows = rows.filter(rule_named(reading).allows(actor))
    return rows


def fetch(actor: Actor, name: str, **lookup: Any) -> Any:
    """This row, if the actor may see it; `NotVisible` when it is hidden or absent (the same query either way).

    Of a confidential rule the look is written down, but only if the rule holds: who is refused has read nothing.
    """
    row = find(actor, name, **lookup)
    if rule_named(name).confidential and may(actor, name, row):
        note_look(actor, name, row)
    return row


def find(actor: Actor, name: str, **lookup: Any) -> Any:
    """Like `fetch`, without a line in the record: for the door itself, which asks the rule before it writes one."""
    found = rule_named(name)
    reading = f"{found.noun}.read"
    seeing = reading if reading in _register.rules and rule_named(reading).model is found.model else name
    try:
        return visible(actor, seeing).get(**lookup)
    except (ObjectDoesNotExist, ValueError, ValidationError) as absent:
        raise NotVisible(name) from absent


def note_look(actor: Actor, name: str, row: Model) -> None:
    """Write down a confidential look; whatever is not confidential leaves no line."""
    if rule_named(name).confidential:
        from tsunagari.kernel import audit

        audit.record_reading(name, by=actor, about=row)


def allowed_row(actor: Actor, name: str, **lookup: Any) -> Any:
    """This row, if the actor sees it and may do this to it, in one query; else, and for confidential rules, None."""
    if rule_named(name).confidential:
        return None
    try:
        return next(iter(visible(actor, name).filter(**lookup)[:1]), None)
    except (ValueError, ValidationError):
        return None


def may(actor: Actor, name: str, thing: Model) -> bool:
    """Whether the rule holds for this actor and this row now, as the database sees it."""
    found = rule_named(name)
    if not isinstance(thing, found.model):
        raise TypeError(f"{name} is a rule over {found.model.__name__}, not {type(thing).__name__}")
    return visible(actor, name).filter(pk=thing.pk).exists()


def require(actor: Actor, name: str, thing: Model) -> None:
    """Raise `Forbidden` unless the rule holds: the first line of every action."""
    if not may(actor, name, thing):
        raise Forbidden(name)


def locked(actor: Actor, name: str, thing: M) -> M:
    """The row as it stands, locked, if she may do this to it: lock and rule in one query. Else `Forbidden`."""
    rows = visible(actor, name).select_for_update(of=("self",)).filter(pk=thing.pk)
    for row in rows[:1]:
        found: M = row
        return found
    raise Forbidden(name)


def already(name: str, thing: Model) -> bool:
    """Whether the act has happened to this row, so that asking for it again is answered with how things stand."""
    found = rule_named(name)
    return found.done is not None and found.model._default_manager.filter(found.done, pk=thing.pk).exists()


def require_any(actor: Actor, name: str) -> None:
    """Raise `Forbidden` when the rule allows this actor no row at all: for making a thing that has no parent yet."""
    if not may_any(actor, name):
        raise Forbidden(name)


def may_any(actor: Actor, name: str) -> bool:
    """Whether the rule allows this actor any row at all, be there one or not."""
    return rule_named(name).allows(actor) != NOBODY


class Can(Mapping[str, bool]):
    """`can.confirm` in a template: the rules of the row's noun, each asked at most once and only when needed."""

    def __init__(self, actor: Actor, noun: str, thing: Model) -> None:
        self._actor, self._noun, self._thing = actor, noun, thing
        self._known: dict[str, bool] = {}

    def __getitem__(self, verb: str) -> bool:
        if verb not in self._known:
            self._known[verb] = may(self._actor, f"{self._noun}.{verb}", self._thing)
        return self._known[verb]

    def __getattr__(self, verb: str) -> bool:
        return self[verb]

    def __iter__(self) -> Iterator[str]:
        return (r.verb for r in all_rules() if r.noun == self._noun)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class WritesInReading(RuntimeError):
    """A page that only reads tried to write: a link, a prefetch or a crawler would then change the town."""


@contextmanager
def reading_only() -> Iterator[None]:
    """Refuse any SQL but SELECT inside; the door's own audit line is written before entering."""

    def guard(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        first = str(sql).lstrip(" (\n")[:6].upper()
        if first not in ("SELECT", "WITH R", "PRAGMA", "EXPLAI", "SAVEPO", "RELEAS"):
            raise WritesInReading(first)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield
