"""Which telephone lines answer now. No database here: rows come in, sorted groups go out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol, TypeVar

import jpholiday

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Opening(Protocol):
    """What is asked of a line."""

    opening: Any
    unverified: bool
    checked_on: dt.date | None
    period_from: dt.date | None
    period_to: dt.date | None


T = TypeVar("T", bound=Opening)


class State(Enum):
    """NOW: it answers, and somebody checked its hours. PERHAPS: it should, or its hours vary; ask.
    CLOSED: not at this hour. AWAY: not in this season, so it is not shown."""

    NOW = "now"
    PERHAPS = "perhaps"
    CLOSED = "closed"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Hours:
    """One rule: on these weekdays from `opens` to `closes`; over midnight when `closes` is earlier."""

    days: tuple[str, ...]
    opens: dt.time
    closes: dt.time
    on_holidays: bool


def hours_of(opening: Any) -> list[Hours]:
    """The rules of a line; what cannot be read as a rule is left out, never guessed."""
    found = []
    for one in opening if isinstance(opening, list) else []:
        try:
            opens, closes = dt.time.fromisoformat(one["opens_at"]), dt.time.fromisoformat(one["closes_at"])
            found.append(Hours(tuple(one["byday"]), opens, closes, bool(one.get("holidays"))))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _holds_on(rule: Hours, day: dt.date) -> bool:
    return DAYS[day.weekday()] in rule.days and (rule.on_holidays or not jpholiday.is_holiday(day))


def _answers_at(rule: Hours, at: dt.datetime) -> bool:
    if rule.opens <= rule.closes:
        return _holds_on(rule, at.date()) and rule.opens <= at.time() <= rule.closes
    yesterday = at.date() - dt.timedelta(days=1)
    late = _holds_on(rule, at.date()) and at.time() >= rule.opens
    return late or (_holds_on(rule, yesterday) and at.time() <= rule.closes)


def state(line: Opening, at: dt.datetime) -> State:
    """Whether this line answers at the local time `at`."""
    inside = (line.period_from is None or line.period_from <= at.date()) and (
        line.period_to is None or at.date() <= line.period_to
    )
    if not inside or (line.opening == "set_periods" and line.period_from is None):
        return State.AWAY
    if line.opening == "varies":
        return State.PERHAPS
    rules = hours_of(line.opening)
    if line.opening not in ("always", "set_periods") and not any(_answers_at(rule, at) for rule in rules):
        return State.CLOSED if rules else State.PERHAPS
    return State.PERHAPS if line.unverified or line.checked_on is None else State.NOW


def grouped(lines: Iterable[T], at: dt.datetime) -> dict[State, list[T]]:
    """The lines by state, each group in the order given."""
    found: dict[State, list[T]] = {one: [] for one in State}
    for line in lines:
        found[state(line, at)].append(line)
    return found


def nearest_first(lines: Sequence[T], *, language: str, audience: Iterable[str]) -> list[T]:
    """Lines that speak the reader's language and are meant for her come first; otherwise the order stays."""
    meant = set(audience) - {"anyone"}

    def distance(line: Any) -> tuple[bool, bool]:
        speaks = language in ("ja", "ja-easy") or language in line.languages
        return (not speaks, bool(meant) and not meant & set(line.audiences))

    return sorted(lines, key=distance)
