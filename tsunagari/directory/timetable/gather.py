"""Statements made into rules and closures. What contradicts, or has nothing to stand on, is handed back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .clocks import as_time
from .rules import WEEKDAYS, Closure, Holidays, Rule
from .statements import Hours, Statement, Subject, merged
from .stretches import ends, stretch


def byday(days: Iterable[str]) -> str:
    """Weekdays in the order of the week, joined."""
    chosen = set(days)
    return ",".join(name for name in WEEKDAYS if name in chosen)


def timed(rule: Rule, hours: Hours | None) -> Rule:
    """The rule with these hours; as it is without."""
    return replace(rule, opens_at=as_time(hours.opens), closes_at=as_time(hours.closes)) if hours else rule


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
        self._closing_days = any(subject.kind == "week" and subject.every_week for subject in shut)
        for one in sorted(statements, key=self._turn):
            if not getattr(self, f"_{one.says}")(one):
                self.unused.append(one)
        self.unused += [one for one in self._later if not self._dated(one)]
        self._settle_holidays()

    def _turn(self, said: Statement) -> int:
        """What is held comes before what changes single days of it; hours of columns that had none come first."""
        if said.says == "hours":
            return 0 if any(rule.opens_at is None for rule in self.rules) else 2
        return 4 if said.says != "open" else 3 if said.hours and said.hours.partial else 1

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
        first, last = ends(dates)
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
        return self._add(timed(Rule(freq=None, holidays="only"), hours))

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
        usual: Holidays = "closed" if subject.not_on_holidays else "unknown"
        if with_holidays or subject.kind == "always":
            usual = "as_usual"
        days = byday(subject.days)
        return self._add(timed(Rule(byday=days, interval=subject.interval, holidays=usual), hours))

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
        rule = Rule(freq="MONTHLY", interval=subject.interval)
        rule = replace(rule, byday=days) if subject.kind == "nth" else replace(rule, bymonthday=days)
        return self._add(timed(rule, hours))

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
        self.rules = [timed(rule, hours) if rule in waiting else rule for rule in self.rules]
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
            changed = replace(rule, closes_at=as_time(hours.closes)) if hours.partial else timed(rule, hours)
            if len(other) < len(names):
                result.append(replace(rule, byday=byday(set(names) - chosen)))
            result.append(replace(changed, byday=byday(other)))
        self.rules = list(dict.fromkeys(result))
        return True

    def _hours(self, said: Statement) -> bool:
        """Hours without days: they belong to the days of the columns, when those came without hours."""
        if not said.hours or said.hours.partial:
            return False
        waiting = [rule for rule in self.rules if rule.opens_at is None and rule.closes_at is None]
        if not self.rules and self._closing_days and not self.based:
            # Opening hours with closing days: 「10:00〜16:00 定休日 水曜」 is every other day.
            waiting = self.rules = [Rule(byday=byday(WEEKDAYS))]
        if waiting:
            self._untimed = waiting
            self.rules = [timed(rule, said.hours) if rule in waiting else rule for rule in self.rules]
        else:
            self.rules += [timed(rule, said.hours) for rule in self._untimed]
        return bool(self._untimed)

    # --- shut -----------------------------------------------------------------------------------------------

    def _shut(self, said: Statement) -> bool:
        subjects = said.subjects
        # 「平日以外」 has the holidays among the weekdays in it: no closing of weekdays says that.
        if any(subject.kind == "always" or len(subject.days) == 7 or subject.not_on_holidays for subject in subjects):
            return False
        done = [self._one_shut(subject) for subject in subjects]
        return all(done)

    def _one_shut(self, subject: Subject) -> bool:
        if subject.kind == "holiday":
            self._no_holiday = True
            return True
        if subject.kind == "week":
            return subject.every_week and self._never_on(subject.days)
        if subject.kind in ("nth", "monthday"):
            self.closures += [Closure("monthly", day) for day in subject.days]
            return subject.interval == 1
        if (rule := stretch(subject)) is None:
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
            said_of, hours = stretch(subject), said.hours
            if said_of is None or hours is None:
                return False
            if week:
                self.closures.append(Closure(*said_of, as_time(hours.opens), as_time(hours.closes)))
            elif said_of[0] == "dates" and not hours.partial:
                first, _, last = said_of[1].partition("/")
                start, until = date.fromisoformat(first), date.fromisoformat(last or first)
                self.rules.append(timed(Rule(freq=None, dtstart=start, until=until), hours))
            else:
                return False
        return True

    def _valid(self, said: Statement) -> bool:
        first, last = ends(said.subjects[0])
        if not self.rules or first is None or last is None:
            return False
        if said.detail != "to":
            self.rules = [replace(rule, valid_from=first) for rule in self.rules]
        if said.detail != "from":
            self.rules = [replace(rule, valid_to=last) for rule in self.rules]
        return True

    def _counted(self, said: Statement) -> bool:
        first = ends(said.subjects[0])[0]
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
        answer: Holidays = "closed" if self._no_holiday else "as_usual"
        self.rules = [replace(rule, holidays=answer) if rule.holidays == "unknown" else rule for rule in self.rules]
        if self._no_holiday and not self.rules:
            self.closures.append(Closure("holidays"))
