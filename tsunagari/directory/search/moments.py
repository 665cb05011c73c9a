"""When: words such as "evening" as hours of the week and spans of time. All clocks are Asia/Tokyo, which has no
summer time, so that local hours are plain arithmetic on epoch seconds."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
OFFSET = 9 * 3600
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVENING = range(18, 22)
_DATE = re.compile(r"^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d))?$")
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)(?:-(\d\d?))?$")
HORIZON = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Moment:
    """`hours` of the week that suit; `day` (ordinal) if it is one certain day, whose closures count; and the span
    (epoch seconds) in which a date suits, if its local weekday and starting hour are among those given."""

    hours: tuple[int, ...]
    start: int
    end: int
    day: int | None = None
    weekdays: frozenset[int] | None = None
    from_hour: int | None = None


def moment(when: str, now: datetime) -> Moment | None:
    """What `when` means at `now`: now, today, tonight, tomorrow, evening, weekend, a day (2026-08-10), a time
    (2026-08-10T14:00), a weekday (wed) or an hour of it (wed-14). None: it means nothing."""
    local = now.astimezone(TOKYO)
    if when == "now":
        soon = int(local.timestamp()) + 2 * 3600
        return Moment((local.weekday() * 24 + local.hour,), int(local.timestamp()), soon, local.toordinal())
    if when in ("today", "tonight", "tomorrow"):
        return _named_day(when, local)
    if when == "evening":
        hours = tuple(day * 24 + hour for day in range(7) for hour in EVENING)
        return _coming(local, hours, from_hour=17)
    if when == "weekend":
        return _coming(local, tuple(range(5 * 24, 7 * 24)), weekdays=frozenset((5, 6)))
    if found := _WEEKDAY.match(when):
        return _weekday(DAYS.index(found[1]), found[2], local)
    if found := _DATE.match(when):
        return _date(found[1], found[2], found[3])
    return None


def _named_day(when: str, local: datetime) -> Moment:
    day = local.date() + timedelta(days=when == "tomorrow")
    first = {"today": local.hour, "tonight": EVENING.start, "tomorrow": 0}[when]
    return _on(day, first, EVENING.stop if when == "tonight" else 24)


def _on(day: date, first: int, last: int) -> Moment:
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=TOKYO).timestamp())
    hours = tuple(day.weekday() * 24 + hour for hour in range(first, last))
    earliest = first - 1 if first >= EVENING.start else first
    return Moment(hours, midnight + earliest * 3600, midnight + 24 * 3600, day.toordinal())


def _coming(
    local: datetime, hours: tuple[int, ...], weekdays: frozenset[int] | None = None, from_hour: int | None = None
) -> Moment:
    start = int(local.timestamp())
    return Moment(hours, start, start + int(HORIZON.total_seconds()), None, weekdays, from_hour)


def _weekday(day: int, hour: str | None, local: datetime) -> Moment | None:
    if hour is None:
        return _coming(local, tuple(range(day * 24, day * 24 + 24)), weekdays=frozenset((day,)))
    if int(hour) > 23:
        return None
    return _coming(local, (day * 24 + int(hour),), weekdays=frozenset((day,)), from_hour=int(hour))


def _date(day: str, hour: str | None, minute: str | None) -> Moment | None:
    try:
        found = date.fromisoformat(day)
        if hour is None:
            return _on(found, 0, 24)
        at = datetime(found.year, found.month, found.day, int(hour), int(minute or 0), tzinfo=TOKYO)
    except (ValueError, OverflowError):
        return None
    start = int(at.timestamp())
    return Moment((found.weekday() * 24 + int(hour),), start, start + 3600, found.toordinal())
