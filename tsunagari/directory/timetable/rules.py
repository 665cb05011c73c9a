"""What a timetable is made of: rules, closures, and what a reading of free text hands back."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH_DAY = re.compile(r"(-?[1-5])(MO|TU|WE|TH|FR|SA|SU)")

Freq = Literal["WEEKLY", "MONTHLY"]
Holidays = Literal["as_usual", "closed", "only", "unknown"]
Kind = Literal["yearly", "dates", "weekday", "monthly", "holidays", "after_holiday"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Days and hours that come back: one HSDS Schedule, in the same words.

    `freq` None is a dated rule (`dtstart` to `until`, both included) or, with `holidays` "only", a rule of national
    holidays (on the weekdays of `byday`, if it names any). `byday` is "MO,WE" for WEEKLY, "2WE,-1FR" for MONTHLY;
    `bymonthday` "1,15" or "-1" for the last day. `interval` 2 is every second week or month counted from `dtstart`;
    without `dtstart` nobody knows which weeks are meant. `valid_from` and `valid_to` are the first and last day.
    A time of None was not said. `closes_at` at or before `opens_at` is on the next day; equal times are 24 hours.
    """

    freq: Freq | None = "WEEKLY"
    byday: str = ""
    bymonthday: str = ""
    interval: int = 1
    dtstart: date | None = None
    until: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    holidays: Holidays = "unknown"

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The plain weekdays of `byday`, 0 is Monday; numbered ones ("2WE") are not among them."""
        return tuple(WEEKDAYS.index(day) for day in self.byday.replace(" ", "").split(",") if day in WEEKDAYS)

    @property
    def nth_weekdays(self) -> tuple[tuple[int, int], ...]:
        """The numbered weekdays of `byday` as (number, weekday): "2WE,-1FR" is (2, 2), (-1, 4)."""
        return tuple((int(n), WEEKDAYS.index(day)) for n, day in NTH_DAY.findall(self.byday))

    @property
    def monthdays(self) -> tuple[int, ...]:
        """The days of the month; -1 is the last."""
        return tuple(int(day) for day in self.bymonthday.split(",") if day.strip().lstrip("-").isdigit())


@dataclass(frozen=True, slots=True)
class Closure:
    """When the rules do not hold: shut, or with a time, other hours on the days on which the rules are open.

    `rule` by `kind`: yearly "12-29/01-03" or "12-28"; dates "2026-08-10" or "2026-08-10/2026-08-12"; weekday "MO";
    monthly "-1" (last day), "15", "3MO"; holidays ""; after_holiday "MO": when Monday is a national holiday the day
    after is shut, "MO+": the next day that is no holiday. A time of None means: as the rule says.
    """

    kind: Kind
    rule: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    note: str = ""

    @property
    def shut(self) -> bool:
        """Whether it is closed then; otherwise only the hours differ."""
        return self.opens_at is None and self.closes_at is None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of a text. `sources` are the parts understood and `notes` the parts not (or not fully)
    understood, both word for word; together they hold every word of the text. A rule may stand beside a note that
    narrows it, so whoever shows an answer shows the notes too."""

    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date. A time of None was not said; `label` names the slot ("②") or what is on that day."""

    day: date
    starts: time | None = None
    ends: time | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """The certain dates in a text, in order; `notes` and `sources` as in Reading."""

    occurrences: tuple[Occurrence, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
