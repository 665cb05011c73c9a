"""When an entry is open, as far as the index needs it: hours of the week, days shut, and dates of its own.

A weekly rule becomes bits of a week; what a week cannot say (monthly rules, rules for holidays only, occurrences)
becomes dates up to `HORIZON` ahead. `finder.renew` moves the horizon on."""

import calendar as calendars
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import jpholiday

from tsunagari.directory.models import Closure, Occurrence, Schedule
from tsunagari.directory.search.moments import TOKYO
from tsunagari.directory.terms import ClosureKind, Frequency, Holidays, OccurrenceState

HORIZON = timedelta(days=120)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"^([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)$")
_DEFAULT_LENGTH = timedelta(hours=2)


@dataclass
class Openings:
    """What the index stores; see `search.entries.Entry`."""

    week: int = 0
    closed: set[int] = field(default_factory=set)
    dates: list[tuple[int, int]] = field(default_factory=list)


def openings(
    schedules: Iterable[Schedule], closures: Iterable[Closure], occurrences: Iterable[Occurrence], today: date
) -> Openings:
    """Everything known about when somebody can come, from yesterday on."""
    found = Openings()
    days = [today + timedelta(days=n) for n in range(-1, HORIZON.days)]
    found.closed = {day.toordinal() for closure in closures if closure.opens_at is None for day in _shut(closure, days)}
    for rule in schedules:
        _apply(rule, days, found)
    found.dates += [_span(o) for o in occurrences if o.state != OccurrenceState.CANCELLED]
    return found


def _apply(rule: Schedule, days: list[date], found: Openings) -> None:
    holds = [day for day in days if (rule.valid_from or day) <= day <= (rule.valid_to or rule.until or day)]
    if rule.opens_at is None or not holds:
        return
    if rule.freq == Frequency.WEEKLY and rule.holidays != Holidays.ONLY and (rule.interval or 1) == 1:
        for weekday in (_DAYS.index(day) for day in rule.byday.split(",") if day in _DAYS):
            found.week |= hours(weekday, rule.opens_at, rule.closes_at)
        if rule.holidays != Holidays.AS_USUAL:
            found.closed |= {day.toordinal() for day in days if jpholiday.is_holiday(day)}
        return
    found.dates += [
        _at(day, rule.opens_at, rule.closes_at)
        for day in holds
        if day.toordinal() not in found.closed and _falls(rule, day)
    ]


def hours(weekday: int, opens: time, closes: time | None) -> int:
    """The hours of the week that a weekly rule touches; over midnight when it closes earlier than it opens."""
    first = opens.hour
    last = closes.hour + (closes.minute > 0) if closes else first + 1
    count = last - first if last > first else last + 24 - first
    return sum(1 << ((weekday * 24 + first + n) % 168) for n in range(count))


def _falls(rule: Schedule, day: date) -> bool:
    holiday = bool(jpholiday.is_holiday(day))
    if rule.holidays == Holidays.ONLY:
        return holiday
    if holiday and rule.holidays == Holidays.CLOSED:
        return False
    if rule.freq == Frequency.WEEKLY:
        weeks = (day - rule.dtstart).days // 7 if rule.dtstart else 0
        return bool(_DAYS[day.weekday()] in rule.byday.split(",") and weeks % (rule.interval or 1) == 0)
    monthdays = {int(n) for n in rule.bymonthday.split(",") if n.strip().lstrip("-").isdigit()}
    length = calendars.monthrange(day.year, day.month)[1]
    named = any(nth(part, day) for part in rule.byday.split(","))
    return named or bool(monthdays & {day.day, day.day - length - 1})


def nth(part: str, day: date) -> bool:
    """Whether `day` is, say, the third Wednesday of its month (3WE), the last Sunday (-1SU) or any Monday (MO)."""
    found = _BYDAY.match(part.strip())
    if not found or _DAYS[day.weekday()] != found[2]:
        return False
    if found[1] is None:
        return True
    length = calendars.monthrange(day.year, day.month)[1]
    return int(found[1]) in ((day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1))


def _shut(closure: Closure, days: list[date]) -> Iterator[date]:
    return (day for day in days if _covers(closure, day))


def _covers(closure: Closure, day: date) -> bool:
    first, _, last = str(closure.rule).partition("/")
    if closure.kind == ClosureKind.YEARLY:
        here = day.strftime("%m-%d")
        return first <= here <= last if first <= last else here >= first or here <= last
    if closure.kind == ClosureKind.DATES:
        return first <= day.isoformat() <= (last or first)
    if closure.kind == ClosureKind.HOLIDAYS:
        return bool(jpholiday.is_holiday(day))
    if closure.kind == ClosureKind.AFTER_HOLIDAY:
        return bool(jpholiday.is_holiday(day - timedelta(days=1)))
    return any(nth(part, day) or part.strip() == str(day.day) for part in closure.rule.split(","))


def _span(occurrence: Occurrence) -> tuple[int, int]:
    start = int(occurrence.starts_at.timestamp())
    if occurrence.ends_at is not None:
        return start, int(occurrence.ends_at.timestamp())
    return start, start + int((timedelta(days=1) if occurrence.all_day else _DEFAULT_LENGTH).total_seconds())


def _at(day: date, opens: time, closes: time | None) -> tuple[int, int]:
    start = datetime.combine(day, opens, TOKYO)
    end = datetime.combine(day, closes, TOKYO) if closes else start + _DEFAULT_LENGTH
    return int(start.timestamp()), int((end if end > start else end + timedelta(days=1)).timestamp())
