"""Tokens put together: what a text says about which days. A stretch that cannot be told for certain is left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from .daywords import Day

SubjectKind = Literal["week", "nth", "monthday", "holiday", "date", "months", "vague", "always"]
Says = Literal["open", "hours", "shut", "stays_open", "unsure", "after", "valid", "counted"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Days somebody speaks of: `days` are weekdays (week), numbered weekdays (nth) or days of the month (monthday);
    `first` and `last` are dates or, for months, (month, month). `marked`: 毎週, 毎日 or 平日 shows that it is held."""

    kind: SubjectKind
    days: tuple[str, ...] = ()
    first: Day | None = None
    last: Day | None = None
    months: tuple[int, int] = (0, 0)
    marked: bool = False
    not_on_holidays: bool = False
    interval: int = 1
    every_year: bool = False  # said with 毎年
    place: int = 0  # where it stands in the text

    @property
    def every_week(self) -> bool:
        """Whether weekdays are meant in every week, holidays or not, and not all of them."""
        return self.interval == 1 and not self.not_on_holidays and len(self.days) < 7


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening and closing in minutes since midnight; None is not said."""

    opens: int | None
    closes: int | None

    @property
    def partial(self) -> bool:
        """Only the closing time, as in 「17:00まで」."""
        return self.opens is None


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of the subjects: open then (perhaps with hours), other hours, shut. `about` marks 「…は」.
    `start` and `end` are the stretch of the text it comes from, `strips` the numbers of its pieces between
    line ends and brackets: when one of them cannot be read, the statement cannot either."""

    says: Says
    subjects: tuple[Subject, ...]
    start: int
    end: int
    strips: frozenset[int] = frozenset()
    hours: Hours | None = None
    about: bool = False
    detail: str = ""


@dataclass(slots=True)
class Group:
    """Subjects gathered and not yet spoken about, with what lies between them: "" "," or " "."""

    subjects: list[Subject] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    strips: set[int] = field(default_factory=set)
    start: int = 0
    about: bool = False
    label: bool = False

    def add(self, subject: Subject, gap: str, strip: int, start: int) -> None:
        """One more subject, after a gap."""
        if not self.subjects:
            self.start = start
        self.subjects.append(subject)
        self.gaps.append(gap)
        self.strips.add(strip)

    def named(self) -> frozenset[str]:
        """The kinds among them."""
        return frozenset(subject.kind for subject in self.subjects)

    def clear(self) -> None:
        """Forget them: they have been spoken about."""
        self.subjects, self.gaps, self.strips, self.about = [], [], set(), False


def split_shut(group: Group, *, excepting: bool) -> int | None:
    """How many of the first subjects stay held when the words "closed" or "except" follow the group.

    「毎週水曜 祝日は休み」 closes the holidays only, 「月曜、祝日は休館」 both; 「月〜金、祝日を除く」 could be either
    way for a machine: None."""
    subjects = group.subjects
    held = 0
    while held < len(subjects) and subjects[held].marked:
        held += 1
    rest = {subject.kind for subject in subjects[held:]}
    if held == len(subjects):
        return 0
    if held or not excepting or len(subjects) == 1 or len(rest) == 1 or not rest & {"week", "nth", "monthday"}:
        return held
    last = len(subjects) - 1
    if not any(group.gaps[1:]) and sum(len(subject.days) for subject in subjects) <= 2:
        return 0  # 「土・日・祝日を除く」
    return last if group.gaps[last] == " " and subjects[last].kind in ("holiday", "date", "months") else None


def merged(subjects: Iterable[Subject]) -> list[Subject]:
    """The subjects with weekdays, or numbered weekdays, that follow each other made one."""
    result: list[Subject] = []
    for subject in subjects:
        last = result[-1] if result else None
        alike = last and subject.kind in ("week", "nth", "monthday") and _manner(last) == _manner(subject)
        if last and alike:
            both = tuple(dict.fromkeys(last.days + subject.days))
            result[-1] = replace(last, days=both, marked=last.marked or subject.marked)
        else:
            result.append(subject)
    return result


def _manner(subject: Subject) -> tuple[str, int, bool]:
    return subject.kind, subject.interval, subject.not_on_holidays
