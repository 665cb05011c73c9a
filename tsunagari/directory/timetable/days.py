"""On which days a rule holds, and which days a closure covers. True, False, or None where nobody said."""

from collections.abc import Iterable
from datetime import date, timedelta

from .holidays import is_holiday
from .rules import NTH_DAY, WEEKDAYS, Closure, Rule

ONE_DAY = timedelta(days=1)
_HORIZON = 366 * 5


def holds_on(rule: Rule, day: date) -> bool | None:
    """Whether the rule names this day. None: on a national holiday when nothing was said of holidays, or on a day of
    every second week when nobody said from which."""
    if (rule.valid_from and day < rule.valid_from) or (rule.valid_to and day > rule.valid_to):
        return False
    named = _named(rule, day)
    if named is False:
        return False
    if not is_holiday(day):
        return False if rule.holidays == "only" else named
    if rule.holidays == "closed":
        return False
    # A rule of dates means its dates, holidays or not.
    return None if rule.holidays == "unknown" and rule.freq else named


def _named(rule: Rule, day: date) -> bool | None:
    if rule.freq is None:
        if rule.dtstart is None:
            return rule.holidays == "only" and (not rule.byday or day.weekday() in rule.weekdays)
        return rule.dtstart <= day <= (rule.until or rule.dtstart)
    if (rule.dtstart and day < rule.dtstart) or (rule.until and day > rule.until):
        return False
    if rule.freq == "WEEKLY":
        on = day.weekday() in rule.weekdays
    else:
        on = any(is_nth(day, n, weekday) for n, weekday in rule.nth_weekdays) or is_monthday(day, rule.monthdays)
        on = on or (not rule.monthdays and day.weekday() in rule.weekdays)
    if not on or rule.interval <= 1:
        return on
    return None if rule.dtstart is None else _steps(rule, day, rule.dtstart) % rule.interval == 0


def _steps(rule: Rule, day: date, start: date) -> int:
    """Weeks (from Monday) or months from the start."""
    if rule.freq == "WEEKLY":
        return ((day - timedelta(days=day.weekday())) - (start - timedelta(days=start.weekday()))).days // 7
    return (day.year - start.year) * 12 + day.month - start.month


def is_nth(day: date, n: int, weekday: int) -> bool:
    """Whether the day is the n-th such weekday of its month; -1 is the last."""
    if day.weekday() != weekday:
        return False
    return (day.day - 1) // 7 + 1 == n if n > 0 else (_days_left(day)) // 7 + 1 == -n


def is_monthday(day: date, numbers: Iterable[int]) -> bool:
    """Whether the day is one of these days of the month; -1 is the last."""
    return any(day.day == n if n > 0 else _days_left(day) + 1 == -n for n in numbers)


def _days_left(day: date) -> int:
    first_of_next = date(day.year + 1, 1, 1) if day.month == 12 else date(day.year, day.month + 1, 1)
    return (first_of_next - day).days - 1


def covers(closure: Closure, day: date) -> bool | None:
    """Whether the closure speaks of this day; None when its words cannot be read, or when it moves a closing day onto
    a day that is a holiday itself."""
    try:
        return _COVERS[closure.kind](closure.rule, day)
    except (ValueError, KeyError, OverflowError):
        return None


def _yearly(rule: str, day: date) -> bool:
    first, _, last = rule.partition("/")
    here, last = day.strftime("%m-%d"), last or first
    date.fromisoformat(f"2024-{first}"), date.fromisoformat(f"2024-{last}")
    return first <= here <= last if first <= last else here >= first or here <= last


def _dates(rule: str, day: date) -> bool:
    first, _, last = rule.partition("/")
    return date.fromisoformat(first) <= day <= date.fromisoformat(last or first)


def _weekday(rule: str, day: date) -> bool:
    return day.weekday() in [WEEKDAYS.index(name) for name in rule.split(",")]


def _monthly(rule: str, day: date) -> bool:
    for part in rule.split(","):
        nth = NTH_DAY.fullmatch(part)
        if is_nth(day, int(nth[1]), WEEKDAYS.index(nth[2])) if nth else is_monthday(day, (int(part),)):
            return True
    return False


def _after_holiday(rule: str, day: date) -> bool | None:
    weekday = WEEKDAYS.index(rule.removesuffix("+"))
    if not rule.endswith("+"):
        before = day - ONE_DAY
        moved = before.weekday() == weekday and is_holiday(before)
        return None if moved and is_holiday(day) else moved
    if is_holiday(day):
        return False
    before = day - ONE_DAY
    while is_holiday(before):
        if before.weekday() == weekday:
            return True
        before -= ONE_DAY
    return False


_COVERS = {
    "yearly": _yearly,
    "dates": _dates,
    "weekday": _weekday,
    "monthly": _monthly,
    "holidays": lambda rule, day: is_holiday(day),
    "after_holiday": _after_holiday,
}


def moved_from(closures: Iterable[Closure], day: date) -> bool:
    """Whether the day is a holiday whose closing day moves to a later one: 「月曜が祝日の場合は翌日休館」."""
    return is_holiday(day) and any(
        closure.kind == "after_holiday" and closure.rule[:2] == WEEKDAYS[day.weekday()] for closure in closures
    )


def is_shut(closures: Iterable[Closure], day: date) -> bool | None:
    """Whether a closure shuts the whole day; a weekday's closure does not when it moves because of a holiday."""
    closures = tuple(closures)
    moved = moved_from(closures, day)
    answers = [covers(one, day) for one in closures if one.shut and not (moved and one.kind == "weekday")]
    return True if True in answers else None if None in answers else False


def next_dates(rule: Rule, from_date: date, n: int, closures: Iterable[Closure] = ()) -> list[date]:
    """The first n days from `from_date` on (itself included) on which the rule certainly holds and nothing is shut.

    Days nobody is sure of (a holiday, when nothing was said of holidays; every second week without a start) are left
    out. It looks five years ahead at most."""
    closures, day = tuple(closures), from_date
    found: list[date] = []
    for _ in range(_HORIZON):
        if len(found) >= n or day == date.max:
            break
        if holds_on(rule, day) and is_shut(closures, day) is False:
            found.append(day)
        day += ONE_DAY
    return found
