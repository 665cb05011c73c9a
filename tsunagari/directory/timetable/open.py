"""Is it open? When next? And the week as 168 bits for the search. All times are Japan's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .days import ONE_DAY, covers, holds_on, is_shut, moved_from, next_dates
from .rules import Closure, Rule

__all__ = ["Opening", "Span", "is_open", "next_dates", "next_opening", "spans", "week_bits"]

TOKYO = ZoneInfo("Asia/Tokyo")
DAY = 24 * 60
WEEK = 7 * 24
# Which other hours count when several closures speak of one day: the more particular.
_PARTICULAR = ("dates", "yearly", "monthly", "holidays", "after_holiday", "weekday")


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `start` to `end`, in minutes since the day's midnight (`end` may lie on the next day). `sure` is False
    when nobody said whether it is, `timed` False when the day was said without a time, `ended` False when only the
    opening was said: then it may be open until midnight."""

    start: int
    end: int
    sure: bool = True
    timed: bool = True
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Opening:
    """The next opening: its day, and times where they were said. Not `sure`: ask before you go."""

    day: date
    opens_at: time | None
    closes_at: time | None
    sure: bool


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _span(opens: time | None, closes: time | None, sure: bool) -> Span:
    if opens is None:
        return Span(0, _minutes(closes) if closes else DAY, sure, timed=False)
    start = _minutes(opens)
    if closes is None:
        return Span(start, DAY, sure, ended=False)
    end = _minutes(closes)
    return Span(start, end if end > start else end + DAY, sure)


def _other_hours(closures: Iterable[Closure], day: date) -> Closure | None:
    speaking = [one for one in closures if not one.shut and covers(one, day)]
    return min(speaking, key=lambda one: _PARTICULAR.index(one.kind), default=None)


def spans(rules: Iterable[Rule], closures: Sequence[Closure], day: date) -> list[Span]:
    """When it is open on this day (what began the day before is that day's), in order of time."""
    shut = is_shut(closures, day)
    if shut:
        only = [rule for rule in rules if rule.holidays == "only" and holds_on(rule, day)]
        said = {one.kind for one in closures if one.shut and covers(one, day)}
        # Holidays have hours, the weekday is shut: which of the two holds on such a holiday nobody said.
        return [_span(rule.opens_at, rule.closes_at, False) for rule in only] if said == {"weekday"} else []
    other = _other_hours(closures, day)
    found = []
    for rule in rules:
        holds = holds_on(rule, day)
        if holds is False:
            continue
        opens, closes = rule.opens_at, rule.closes_at
        if other:
            opens, closes = other.opens_at or opens, other.closes_at or closes
            if rule.opens_at and other.opens_at is None and closes and rule.opens_at >= closes:
                continue  # a slot that would begin after the early closing
        found.append(_span(opens, closes, bool(holds) and shut is False))
    if not found and moved_from(closures, day):
        return [Span(0, DAY, sure=False, timed=False)]
    return sorted(set(found), key=lambda one: (one.start, one.end))


def is_open(rules: Iterable[Rule], closures: Iterable[Closure], at: datetime) -> bool | None:
    """Whether it is open at that moment. None: not known, because no rule is known, the day is a holiday of which
    nothing was said, the time was not said, or it is not said which week.

    A naive `at` is Japan's time. The minute of closing is closed."""
    rules, closures = tuple(rules), tuple(closures)
    if not rules:
        return False if is_shut(closures, _local(at).date()) else None
    local = _local(at)
    minute = local.hour * 60 + local.minute
    here = [(span, minute) for span in spans(rules, closures, local.date())]
    if local.date() > date.min:
        here += [(span, minute + DAY) for span in spans(rules, closures, local.date() - ONE_DAY) if span.end > DAY]
    answers = [
        span.sure and span.timed and (span.ended or now == span.start)
        for span, now in here
        if span.start <= now < span.end
    ]
    return True if True in answers else None if answers else False


def _local(at: datetime) -> datetime:
    return at.astimezone(TOKYO).replace(tzinfo=None) if at.tzinfo else at


def next_opening(
    rules: Iterable[Rule], closures: Iterable[Closure], at: datetime, *, days: int = 60, sure: bool = True
) -> Opening | None:
    """The next opening that begins at `at` or later, within so many days; None when there is none. One whose day is
    said without a time counts from the next day on. With `sure` False also those nobody is sure of."""
    rules, closures, local = tuple(rules), tuple(closures), _local(at)
    now = local.hour * 60 + local.minute + (1 if local.second or local.microsecond else 0)
    for step in range(days):
        try:
            day = local.date() + timedelta(days=step)
        except OverflowError:
            return None
        for span in spans(rules, closures, day):
            late = step == 0 and (span.start < now or not span.timed)
            if not late and (span.sure or not sure):
                return _opening(day, span)
    return None


def _opening(day: date, span: Span) -> Opening:
    opens = time(span.start // 60, span.start % 60) if span.timed else None
    known = span.ended and (span.timed or span.end != DAY)
    closes = time(span.end // 60 % 24, span.end % 60) if known else None
    return Opening(day, opens, closes, span.sure)


def week_bits(rules: Iterable[Rule], closures: Iterable[Closure] = (), on: date | None = None) -> bytes:
    """An ordinary week as 168 bits in 21 bytes: bit i (byte i // 8, value 1 << i % 8) is hour i from Monday 0:00, set
    when it is open at any time within that hour.

    Only rules of every week with an opening time; of one without a closing time only the first hour. Other hours of a
    weekday and shut weekdays in `closures` count, holidays and dates do not. With `on`, only rules valid that day."""
    shut = [one for one in closures if one.kind == "weekday"]
    bits = 0
    for rule in rules:
        if rule.freq != "WEEKLY" or rule.interval > 1 or rule.holidays == "only" or rule.opens_at is None:
            continue
        if on and ((rule.valid_from and on < rule.valid_from) or (rule.valid_to and on > rule.valid_to)):
            continue
        for weekday in rule.weekdays:
            bits |= _hours_of(rule, weekday, shut)
    return bits.to_bytes(21, "little")


def _hours_of(rule: Rule, weekday: int, changes: Iterable[Closure]) -> int:
    some_day = date(2024, 1, 1 + weekday)  # a Monday and the days after it
    speaking = [one for one in changes if covers(one, some_day)]
    if any(one.shut for one in speaking):
        return 0
    opens = next((one.opens_at for one in speaking if one.opens_at), rule.opens_at)
    closes = next((one.closes_at for one in speaking if one.closes_at), rule.closes_at)
    span = _span(opens, closes, True)
    last = span.end if span.ended else span.start + 1
    bits = 0
    for hour in range(span.start // 60, (last + 59) // 60):
        bits |= 1 << ((weekday * 24 + hour) % WEEK)
    return bits
