"""When an entry is open, as far as the index needs it: hours of the week, days shut, and dates of its own.

A weekly rule becomes bits of a week; what a week cannot say (monthly rules, rules for holidays only, occurrences)
becomes dates up to `HORIZON` ahead. `finder.renew` moves the horizon on. What nobody is sure of is not promised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import cast

from django.utils.timezone import localtime

from tsunagari.directory import models
from tsunagari.directory.search.moments import TOKYO
from tsunagari.directory.terms import OccurrenceState
from tsunagari.directory.timetable.days import holds_on, is_shut
from tsunagari.directory.timetable.holidays import is_holiday
from tsunagari.directory.timetable.open import week_bits
from tsunagari.directory.timetable.rules import Closure, Freq, Holidays, Kind, Rule

HORIZON = 120  # days
_DEFAULT_LENGTH = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Openings:
    """What the index stores; see `search.entries.Entry`."""

    week: bytes = b"\0" * 21
    closed: frozenset[int] = frozenset()
    dates: frozenset[tuple[int, int]] = frozenset()


def openings(
    schedules: Iterable[models.Schedule],
    closures: Iterable[models.Closure],
    occurrences: Iterable[models.Occurrence],
    today: date,
) -> Openings:
    """Everything known about when somebody can come, from yesterday on. A date called off is a day shut."""
    regular = _regular(tuple(_rule(row) for row in schedules), tuple(_closure(row) for row in closures), today)
    dated = list(occurrences)
    if not dated:
        return regular
    on = {localtime(row.starts_at).toordinal() for row in dated if row.state != OccurrenceState.CANCELLED}
    off = {localtime(row.starts_at).toordinal() for row in dated if row.state == OccurrenceState.CANCELLED} - on
    kept = {(start, end) for start, end in regular.dates if localtime(_moment(start)).toordinal() not in off}
    dates = kept | {_span(row) for row in dated if row.state != OccurrenceState.CANCELLED}
    return Openings(regular.week, regular.closed | off, frozenset(dates))


@lru_cache(maxsize=2048)
def _regular(rules: tuple[Rule, ...], shut: tuple[Closure, ...], today: date) -> Openings:
    """What the rules alone say. Remembered: 「平日9時から17時」 comes again with every other entry."""
    weekly = [rule for rule in rules if _plain(rule)]
    week = week_bits(weekly, shut, on=today) if weekly else b"\0" * 21
    closed: set[int] = set()
    if any(week):
        closed = {day.toordinal() for day in _days(today, every=bool(shut)) if _closed(weekly, shut, day)}
    dates = {
        _at(day, rule.opens_at, rule.closes_at)
        for rule in rules
        if not _plain(rule) and rule.opens_at is not None
        for day in _days(today, every=rule.freq is not None or rule.dtstart is not None)
        if holds_on(rule, day) and is_shut(shut, day) is False
    }
    return Openings(week, frozenset(closed), frozenset(dates))


def _plain(rule: Rule) -> bool:
    return rule.freq == "WEEKLY" and rule.interval <= 1 and rule.holidays != "only"


def _closed(weekly: Sequence[Rule], shut: Sequence[Closure], day: date) -> bool:
    """On this day the week does not hold: shut, or a holiday on which no rule is sure to hold."""
    if not any(day.weekday() in rule.weekdays for rule in weekly):
        return False
    return is_shut(shut, day) is not False or (is_holiday(day) and not any(holds_on(rule, day) for rule in weekly))


@lru_cache(maxsize=8)
def _all_days(today: date) -> tuple[date, ...]:
    return tuple(today + timedelta(days=n) for n in range(-1, HORIZON))


@lru_cache(maxsize=8)
def _holidays(today: date) -> tuple[date, ...]:
    return tuple(day for day in _all_days(today) if is_holiday(day))


def _days(today: date, *, every: bool) -> tuple[date, ...]:
    """All days up to the horizon, or only the holidays among them, where only those can differ."""
    return _all_days(today) if every else _holidays(today)


def _rule(row: models.Schedule) -> Rule:
    return Rule(
        freq=cast(Freq, row.freq) or None,
        byday=row.byday,
        bymonthday=row.bymonthday,
        interval=row.interval or 1,
        dtstart=row.dtstart,
        until=row.until,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        holidays=cast(Holidays, str(row.holidays)),
    )


def _closure(row: models.Closure) -> Closure:
    return Closure(cast(Kind, str(row.kind)), row.rule, opens_at=row.opens_at, closes_at=row.closes_at)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, TOKYO)


def _span(row: models.Occurrence) -> tuple[int, int]:
    start = int(row.starts_at.timestamp())
    if row.ends_at is not None:
        return start, int(row.ends_at.timestamp())
    return start, start + int((timedelta(days=1) if row.all_day else _DEFAULT_LENGTH).total_seconds())


def _at(day: date, opens: time, closes: time | None) -> tuple[int, int]:
    start = datetime.combine(day, opens, TOKYO)
    end = datetime.combine(day, closes, TOKYO) if closes else start + _DEFAULT_LENGTH
    return int(start.timestamp()), int((end if end > start else end + timedelta(days=1)).timestamp())
