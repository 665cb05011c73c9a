"""Statements made into rules and closures. What contradicts, or has nothing to stand on, is handed back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .clocks import as_time
from .rules import WEEKDAYS, Closure, Rule
from .statements import Hours, Statement, Subject, merged

_LAST_DAYS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def byday(days: Iterable[str]) -> str:
    """Weekdays in the order of the week, joined."""
    chosen = set(days)
    return ",".join(name for name in WEEKDAYS if name in chosen)


class Gather:
    """Collects rules and closures from statements, one after the other. `base` are rules already known (from columns);
    `unused` are the statements that could not be made into anything."""

    def __init__(self, statements: Iterable[Statement], base: Iterable[Rule] = ()) -> None:
        self.rules = list(base)
        self.based = bool(self.rules)
        self.closures: list[Closure] = []
        self.unused: list[Statement] = []
        self._later: list[Statement] = []
        self._no_holiday: bool | None = None
        self._untimed: list[Rule] = []
        statements = list(statements)
        shut = [subject for one in statements if one.says == "shut" for subject in one.subjects]
        self._closing_days = any(subject.kind == "week" and subject.interval == 1 for subject in shut)
        for one in sorted(statements, key=self._turn):
            if not getattr(self, f"_{one.says}")(one):
                self.unused.append(one)
        self.unused += [one for one in self._later if not self._dated(one)]
        self._settle_holidays()

    def _turn(self, said: Statement) -> int:
        """What is held comes before what changes single days of it; hours of columns that had none come first."""
        if said.says == "hours":
            return 0 if any(rule.opens_at is None for rule in self.rules) else 2
        return 3 if said.says != "open" else 2 if said.hours and said.hours.partial else 1

    # --- open -----------------------------------------------------------------------------------------------

    def _open(self, said: Statement) -> bool:
        subjects = merged(said.subjects)
        kinds = {subject.kind for subject in subjects}
        if kinds - {"date"} <= {"week", "nth", "monthday"} and len(subjects) == 2 and subjects[0].kind == "date":
            return self._between(subjects[0], subjects[1], said)
        if "vague" in kinds or (kinds & {"months", "date"} and len(kinds) > 1):
            return False
        if kinds & {"months", "date"}:
            if said.hours is None:
                return False
            self._later.append(said)
            return True
        if kinds == {"always"} and said.hours is None and (self.rules or said.hours is None):
            return self._never_shut()
        if said.hours is None and self.based:
            return False
        holidays = "holiday" in kinds
        rest = [subject for subject in subjects if subject.kind != "holiday"]
        if holidays and not self._holiday_hours(said):
            return False
        done = [self._regular(subject, said, with_holidays=holidays) for subject in rest]
        return all(done)

    def _between(self, dates: Subject, subject: Subject, said: Statement) -> bool:
        """「2026年4月1日から2027年3月31日まで 毎週水曜」."""
        first, last = _ends(dates)
        if first is None or last is None or first == last or self.rules:
            return False
        done = self._regular(subject, said, with_holidays=False)
        self.rules = [replace(rule, valid_from=first, valid_to=last) for rule in self.rules]
        return done

    def _never_shut(self) -> bool:
        if not self.rules:
            self.rules.append(Rule(byday=byday(WEEKDAYS), holidays="as_usual"))
        self._no_holiday = False
        return True

    def _holiday_hours(self, said: Statement) -> bool:
        hours = said.hours
        if hours is None:
            return self._add(Rule(freq=None, holidays="only"))
        if hours.partial:
            if not self.rules:
                return False
            self.closures.append(Closure("holidays", "", None, as_time(hours.closes)))
            self._no_holiday = False
            return True
        self._no_holiday = True  # the other rules do not hold then: these hours do
        return self._add(Rule(freq=None, holidays="only", **_times(hours)))

    def _regular(self, subject: Subject, said: Statement, *, with_holidays: bool) -> bool:
        if subject.kind in ("nth", "monthday"):
            return self._monthly(subject, said)
        covered = self._covered(subject.days)
        hours = said.hours
        if hours and hours.partial:
            return bool(covered) and self._other_hours(subject.days, hours)
        if covered and hours:
            if self._fill(subject.days, hours):
                return True
            if said.about:
                return self._other_hours(subject.days, hours)
            if self.based or self._clashes(subject.days, hours):
                return False
        usual = (
            "closed"
            if subject.not_on_holidays
            else "as_usual"
            if with_holidays or subject.kind == "always"
            else "unknown"
        )
        days = byday(subject.days)
        if with_holidays and hours:
            usual = "as_usual"
        return self._add(Rule(byday=days, interval=subject.interval, holidays=usual, **_times(hours)))

    def _monthly(self, subject: Subject, said: Statement) -> bool:
        hours = said.hours
        if hours and (hours.partial or (self.based and said.about)):
            if not self.rules:
                return False
            times = (as_time(hours.opens), as_time(hours.closes))
            self.closures += [Closure("monthly", day, *times) for day in subject.days]
            return True
        if self.based:
            return False
        days = ",".join(subject.days)
        key = {"byday": days} if subject.kind == "nth" else {"bymonthday": days}
        return self._add(Rule(freq="MONTHLY", interval=subject.interval, **key, **_times(hours)))  # type: ignore[arg-type]

    def _add(self, rule: Rule) -> bool:
        if rule not in self.rules:
            self.rules.append(rule)
        return True

    def _covered(self, days: Iterable[str]) -> list[Rule]:
        chosen = {WEEKDAYS.index(day) for day in days}
        return [rule for rule in self.rules if rule.freq == "WEEKLY" and chosen & set(rule.weekdays)]

    def _clashes(self, days: Iterable[str], hours: Hours) -> bool:
        """Hours that overlap hours already said of the same days: one of them must mean something else."""
        start, end = hours.opens or 0, hours.closes if hours.closes is not None else 1440
        for rule in self._covered(days):
            if rule.opens_at is None or rule.closes_at is None:
                return True
            opens, closes = (time.hour * 60 + time.minute for time in (rule.opens_at, rule.closes_at))
            closes += 1440 if closes <= opens else 0
            if start < closes and opens < end:
                return True
        return False

    def _fill(self, days: Iterable[str], hours: Hours) -> bool:
        """Hours for rules that named exactly these days and no time."""
        waiting = [rule for rule in self._covered(days) if rule.opens_at is None and rule.closes_at is None]
        if not waiting or any(set(rule.byday.split(",")) - set(days) for rule in waiting):
            return False
        times = _times(hours)
        self.rules = [replace(rule, **times) if rule in waiting else rule for rule in self.rules]
        return True

    def _other_hours(self, days: Iterable[str], hours: Hours) -> bool:
        """「日曜は17:00まで」: the rules of that day get these hours, in rules of their own."""
        chosen = set(days)
        if any(chosen & set(rule.byday.split(",")) and rule.opens_at is None for rule in self.rules):
            return False
        result: list[Rule] = []
        for rule in self.rules:
            names = rule.byday.split(",") if rule.freq == "WEEKLY" else []
            other = [name for name in names if name in chosen]
            if not other:
                result.append(rule)
                continue
            times = {"closes_at": as_time(hours.closes)} if hours.partial else _times(hours)
            if len(other) < len(names):
                result.append(replace(rule, byday=byday(set(names) - chosen)))
            result.append(replace(rule, byday=byday(other), **times))
        self.rules = list(dict.fromkeys(result))
        return True

    def _hours(self, said: Statement) -> bool:
        """Hours without days: they belong to the days of the columns, when those came without hours."""
        if not said.hours or said.hours.partial:
            return False
        waiting = [rule for rule in self.rules if rule.opens_at is None and rule.closes_at is None]
        times = _times(said.hours)
        if not self.rules and self._closing_days and not self.based:
            # Opening hours with closing days: 「10:00〜16:00 定休日 水曜」 is every other day.
            waiting = self.rules = [Rule(byday=byday(WEEKDAYS))]
        if waiting:
            self._untimed = waiting
            self.rules = [replace(rule, **times) if rule in waiting else rule for rule in self.rules]
        else:
            self.rules += [replace(rule, **times) for rule in self._untimed]
        return bool(self._untimed)

    # --- shut -----------------------------------------------------------------------------------------------

    def _shut(self, said: Statement) -> bool:
        subjects = said.subjects
        if any(subject.kind == "always" or len(subject.days) == 7 for subject in subjects):
            return False
        done = [self._one_shut(subject) for subject in subjects]
        return all(done)

    def _one_shut(self, subject: Subject) -> bool:
        if subject.kind == "holiday":
            self._no_holiday = True
            return True
        if subject.kind == "week":
            return subject.interval == 1 and self._never_on(subject.days)
        if subject.kind in ("nth", "monthday"):
            self.closures += [Closure("monthly", day) for day in subject.days]
            return subject.interval == 1
        if (rule := _stretch(subject)) is None:
            return False
        self.closures.append(Closure(*rule))
        return True

    def _never_on(self, days: Iterable[str]) -> bool:
        chosen = set(days)
        left: list[Rule] = []
        for rule in self.rules:
            names = set(rule.byday.split(","))
            if rule.freq != "WEEKLY" or not names & chosen:
                left.append(rule)
            elif names - chosen:
                left.append(replace(rule, byday=byday(names - chosen)))
            else:
                return False
        self.rules = left
        self.closures += [Closure("weekday", name) for name in WEEKDAYS if name in chosen]
        return True

    def _after(self, said: Statement) -> bool:
        names = [name for subject in said.subjects for name in subject.days]
        if said.detail == "open":
            return self._add(Rule(freq=None, byday=byday(names), holidays="only"))
        self.closures += [Closure("after_holiday", name + said.detail) for name in names]
        return True

    # --- dates and holidays ---------------------------------------------------------------------------------

    def _dated(self, said: Statement) -> bool:
        """Hours of a date: other hours where a place has a week, a rule of its own where the year is said."""
        week = any(rule.freq == "WEEKLY" for rule in self.rules)
        for subject in said.subjects:
            stretch, hours = _stretch(subject), said.hours
            if stretch is None or hours is None:
                return False
            if week:
                self.closures.append(Closure(*stretch, as_time(hours.opens), as_time(hours.closes)))
            elif stretch[0] == "dates" and not hours.partial:
                first, _, last = stretch[1].partition("/")
                ends = {"dtstart": date.fromisoformat(first), "until": date.fromisoformat(last or first)}
                self.rules.append(Rule(freq=None, **ends, **_times(hours)))  # type: ignore[arg-type]
            else:
                return False
        return True

    def _valid(self, said: Statement) -> bool:
        first, last = _ends(said.subjects[0])
        if not self.rules or first is None or last is None:
            return False
        keep = {} if said.detail == "to" else {"valid_from": first}
        keep |= {} if said.detail == "from" else {"valid_to": last}
        self.rules = [replace(rule, **keep) for rule in self.rules]  # type: ignore[arg-type]
        return True

    def _counted(self, said: Statement) -> bool:
        first = _ends(said.subjects[0])[0]
        if first is None or not any(rule.interval > 1 for rule in self.rules):
            return False
        self.rules = [replace(rule, dtstart=first) if rule.interval > 1 else rule for rule in self.rules]
        return True

    def _stays_open(self, said: Statement) -> bool:
        self._no_holiday = False
        return bool(self.rules)

    def _unsure(self, said: Statement) -> bool:
        return True

    def _settle_holidays(self) -> None:
        """Rules that do not say it themselves take what was said of holidays; with no rules it is a closure."""
        if self._no_holiday is None:
            return
        answer = "closed" if self._no_holiday else "as_usual"
        self.rules = [replace(rule, holidays=answer) if rule.holidays == "unknown" else rule for rule in self.rules]
        if self._no_holiday and not self.rules:
            self.closures.append(Closure("holidays"))


def _times(hours: Hours | None) -> dict[str, object]:
    return {"opens_at": as_time(hours.opens), "closes_at": as_time(hours.closes)} if hours else {}


def _ends(subject: Subject) -> tuple[date | None, date | None]:
    """First and last date of a subject that says its years; no date for one that does not exist."""
    first, last = subject.first, subject.last
    if first is None or last is None or first.year is None:
        return None, None
    start = first.on(first.year)
    end = last.on(last.year or first.year)
    if start and end and end < start and last.year is None:
        end = last.on(first.year + 1)
    return (start, end) if start and end and start <= end else (None, None)


def _stretch(subject: Subject) -> tuple[str, str] | None:
    """Kind and rule of the Closure for a date or months. Without a year it comes back every year, unless a weekday is
    named: then it was one year's date, and which is not said."""
    if subject.kind == "months":
        first, last = subject.months
        return "yearly", f"{first:02}-01/{last:02}-{_LAST_DAYS.get(last, 31)}"
    if subject.kind != "date" or subject.first is None or subject.last is None:
        return None
    if subject.first.year:
        start, end = _ends(subject)
        return ("dates", _joined(start.isoformat(), end.isoformat())) if start and end else None
    if subject.last.year or subject.first.weekday is not None or subject.last.weekday is not None:
        return None
    ends = subject.first.yearly, subject.last.yearly
    return ("yearly", _joined(*ends)) if ends[0] and ends[1] else None


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"
