"""The short notation for opening rules in ./data, and the dates it means.

"MO-FR 09:00-17:00 -"    every week; "-" closed on holidays, "+" as usual, "!" only on holidays, "?" unknown
"2WE,4WE 13:30-15:30 +"  the second and fourth Wednesday of a month; -1SU is the last Sunday
"D10,D25 10:00-11:00 +"  days of the month      "DAILY 06:30-07:00 +"  every day
"SA 10:00-12:00 + @1"    at the second of the entry's locations
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

import jpholiday

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOLIDAYS = {"+": "as_usual", "-": "closed", "!": "only", "?": "unknown"}
_SHAPE = re.compile(r"^(?P<days>\S+) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d) (?P<holidays>[-+!?])(?: @(?P<at>\d))?$")


@dataclass(frozen=True)
class Rule:
    """One opening rule: `week` holds weekdays, `nth` (n, weekday) pairs, `monthdays` days of the month."""

    week: tuple[str, ...]
    nth: tuple[tuple[int, str], ...]
    monthdays: tuple[int, ...]
    opens: time
    closes: time
    holidays: str
    at: int | None

    @property
    def byday(self) -> str:
        """The days in RFC 5545 words."""
        return ",".join(self.week or [f"{n}{day}" for n, day in self.nth])

    @property
    def freq(self) -> str:
        return "WEEKLY" if self.week else "MONTHLY"

    def falls_on(self, day: date) -> bool:
        """Whether the rule names this day, holidays considered, closures not."""
        holiday = bool(jpholiday.is_holiday(day))
        if self.holidays == "only":
            return holiday
        if holiday and self.holidays == "closed":
            return False
        name = WEEKDAYS[day.weekday()]
        last = (day + timedelta(days=7)).month != day.month
        number = (day.day - 1) // 7 + 1
        return (
            name in self.week
            or (number, name) in self.nth
            or (last and (-1, name) in self.nth)
            or day.day in self.monthdays
        )


def _week(days: str) -> tuple[str, ...]:
    if days == "DAILY":
        return WEEKDAYS
    found: list[str] = []
    for part in days.split(","):
        first, _, last = part.partition("-")
        start = WEEKDAYS.index(first)
        found += WEEKDAYS[start : WEEKDAYS.index(last) + 1] if last else [first]
    return tuple(sorted(found, key=WEEKDAYS.index))


def read(notation: str) -> Rule:
    """The rule a notation means; a ValueError names one that cannot be read."""
    shape = _SHAPE.match(notation)
    if not shape:
        raise ValueError(f"not an opening rule: {notation}")
    days = shape["days"]
    nth = tuple((int(n), day) for n, day in re.findall(r"(-?\d)([A-Z]{2})", days))
    monthdays = tuple(int(n) for n in re.findall(r"D(\d{1,2})(?=,|$)", days))
    return Rule(
        week=() if nth or monthdays else _week(days),
        nth=nth,
        monthdays=monthdays,
        opens=time.fromisoformat(shape["opens"]),
        closes=time.fromisoformat(shape["closes"]),
        holidays=HOLIDAYS[shape["holidays"]],
        at=int(shape["at"]) if shape["at"] else None,
    )


@dataclass(frozen=True)
class Shut:
    """A time when no rule holds, in the words of Closure: kind and rule."""

    kind: str
    rule: str

    def covers(self, day: date) -> bool:
        if self.kind == "yearly":
            first, last = self.rule.split("/")
            here = day.strftime("%m-%d")
            return first <= here <= last if first <= last else here >= first or here <= last
        if self.kind == "dates":
            first, _, last = self.rule.partition("/")
            return first <= day.isoformat() <= (last or first)
        if self.kind == "weekday":
            return WEEKDAYS[day.weekday()] == self.rule
        return read(f"{self.rule} 00:00-00:01 +").falls_on(day)


SHORT = {
    "NY": Shut("yearly", "12-29/01-03"),
    "NY2": Shut("yearly", "12-31/01-02"),
    "OBON": Shut("yearly", "08-13/08-16"),
}


def shut(notation: str, today: date) -> Shut:
    """Reads "NY", "monthly:3TU", "weekday:MO", or "days:10/12": from the tenth to the twelfth day after today."""
    if notation in SHORT:
        return SHORT[notation]
    kind, _, rule = notation.partition(":")
    if kind == "days":
        days = [(today + timedelta(days=int(n))).isoformat() for n in rule.split("/")]
        return Shut("dates", "/".join(days))
    return Shut(kind, rule)


def dates(rule: Rule, shuts: list[Shut], first: date, last: date) -> Iterator[date]:
    """The days from first to last on which the rule holds and nothing is shut."""
    day = first
    while day <= last:
        if rule.falls_on(day) and not any(closed.covers(day) for closed in shuts):
            yield day
        day += timedelta(days=1)
