"""A rule said in words. The phrases are data with Japanese msgids, so that a page can say them in its language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time

from .eras import wareki
from .rules import NTH_DAY, WEEKDAYS, Closure, Rule

__all__ = ["Phrase", "closure_phrase", "describe", "rule_phrase", "say", "wareki"]


def N_(text: str) -> str:
    """Marks a msgid for the catalogue; translating is done by who says it."""
    return text


DAY_NAMES = (N_("月曜日"), N_("火曜日"), N_("水曜日"), N_("木曜日"), N_("金曜日"), N_("土曜日"), N_("日曜日"))
_NUMBERS = {1: N_("第1"), 2: N_("第2"), 3: N_("第3"), 4: N_("第4"), 5: N_("第5"), -1: N_("最終")}
_DAYS_JOINED = N_("・")
_NOTES_JOINED = N_("、")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence or a part of one: a msgid, and what stands for its placeholders. `parts` with a msgid of "・" or "、"
    is a list with that between its parts."""

    msgid: str
    values: tuple[tuple[str, "Phrase | str"], ...] = ()
    parts: tuple["Phrase", ...] = ()


def _phrase(msgid: str, **values: "Phrase | str | int") -> Phrase:
    return Phrase(
        msgid, tuple((name, value if isinstance(value, Phrase) else str(value)) for name, value in values.items())
    )


def _listed(parts: Iterable[Phrase], between: str = _DAYS_JOINED) -> Phrase:
    parts = tuple(parts)
    return parts[0] if len(parts) == 1 else Phrase(between, parts=parts)


def say(phrase: Phrase, gettext: Callable[[str], str]) -> str:
    """The phrase in the language of `gettext`."""
    if phrase.parts:
        return gettext(phrase.msgid).join(say(part, gettext) for part in phrase.parts)
    values = {name: say(value, gettext) if isinstance(value, Phrase) else value for name, value in phrase.values}
    return gettext(phrase.msgid) % values if values else gettext(phrase.msgid)


def describe(rule: Rule, closures: Iterable[Closure], gettext: Callable[[str], str]) -> str:
    """The rule with its closures in one line: 「毎月 第2・第4 水曜日 13:30〜15:00（祝日はお休み）」."""
    return say(rule_phrase(rule, closures), gettext)


def rule_phrase(rule: Rule, closures: Iterable[Closure] = ()) -> Phrase:
    """The rule, and in brackets what holds on holidays, from when to when, and when it is shut."""
    days, hours = _days(rule), hours_phrase(rule.opens_at, rule.closes_at)
    what = _phrase(N_("%(days)s %(hours)s"), days=days, hours=hours) if hours else days
    beside = [*_beside(rule), *(closure_phrase(one) for one in closures)]
    if not beside:
        return what
    return _phrase(N_("%(what)s（%(notes)s）"), what=what, notes=_listed(beside, _NOTES_JOINED))


# --- days ---------------------------------------------------------------------------------------------------


def _days(rule: Rule) -> Phrase:
    if rule.freq is None:
        return _dated(rule)
    days = _week(rule) if rule.freq == "WEEKLY" else _month(rule)
    if rule.freq == "WEEKLY" and rule.interval <= 1:
        return days if rule.weekdays == tuple(range(7)) else _phrase(N_("毎週 %(days)s"), days=days)
    if rule.freq == "WEEKLY":
        fortnight = rule.interval == 2
        return (
            _phrase(N_("隔週 %(days)s"), days=days)
            if fortnight
            else _phrase(N_("%(n)s週ごとの %(days)s"), n=rule.interval, days=days)
        )
    if rule.interval <= 1:
        return _phrase(N_("毎月 %(days)s"), days=days)
    if rule.interval == 2:
        return _phrase(N_("隔月 %(days)s"), days=days)
    return _phrase(N_("%(n)sか月ごとの %(days)s"), n=rule.interval, days=days)


def _dated(rule: Rule) -> Phrase:
    if rule.dtstart:
        return _through(rule.dtstart, rule.until or rule.dtstart)
    if rule.weekdays:
        return _phrase(N_("%(days)sが祝日の場合は開館"), days=_listed(_phrase(DAY_NAMES[day]) for day in rule.weekdays))
    return _phrase(N_("祝日"))


def _week(rule: Rule) -> Phrase:
    days = rule.weekdays
    if days == tuple(range(7)):
        return _phrase(N_("毎日")) if rule.interval <= 1 else _between(0, 6)
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return _between(days[0], days[-1])
    return _listed(_phrase(DAY_NAMES[day]) for day in days)


def _between(first: int, last: int) -> Phrase:
    return _phrase(N_("%(first)s〜%(last)s"), first=_phrase(DAY_NAMES[first]), last=_phrase(DAY_NAMES[last]))


def _month(rule: Rule) -> Phrase:
    """Days of the month; numbered weekdays with the same numbers once: 第2・第4 水曜日."""
    by_numbers: dict[tuple[int, ...], list[int]] = {}
    for weekday in dict.fromkeys(weekday for _, weekday in rule.nth_weekdays):
        numbers = tuple(n for n, same in rule.nth_weekdays if same == weekday)
        by_numbers.setdefault(numbers, []).append(weekday)
    parts = [_nth(numbers, weekday) for numbers, weekdays in by_numbers.items() for weekday in weekdays]
    parts += [_monthday(day) for day in rule.monthdays]
    return _listed(parts) if parts else _listed(_phrase(DAY_NAMES[day]) for day in rule.weekdays)


def _nth(numbers: Iterable[int], weekday: int) -> Phrase:
    named = _listed(_phrase(_NUMBERS[n]) for n in numbers)
    return _phrase(N_("%(numbers)s %(weekday)s"), numbers=named, weekday=_phrase(DAY_NAMES[weekday]))


def _monthday(day: int) -> Phrase:
    return _phrase(N_("末日")) if day == -1 else _phrase(N_("%(day)s日"), day=day)


# --- hours and dates ----------------------------------------------------------------------------------------


def hours_phrase(opens: time | None, closes: time | None) -> Phrase | None:
    """13:30〜15:00, 22:00〜翌02:00, 18:30から, 17:00まで, 24時間; None when neither was said."""
    said = {"opens": f"{opens:%H:%M}" if opens else "", "closes": f"{closes:%H:%M}" if closes else ""}
    if opens is None or closes is None:
        if opens is None:
            return _phrase(N_("%(closes)sまで"), closes=said["closes"]) if closes else None
        return _phrase(N_("%(opens)sから"), opens=said["opens"])
    if opens == closes == time():
        return _phrase(N_("24時間"))
    if closes == time():
        return _phrase(N_("%(opens)s〜%(closes)s"), opens=said["opens"], closes="24:00")
    if closes <= opens:
        return _phrase(N_("%(opens)s〜翌%(closes)s"), **said)
    return _phrase(N_("%(opens)s〜%(closes)s"), **said)


def _date(day: date) -> Phrase:
    return _phrase(N_("%(year)s年%(month)s月%(day)s日"), year=day.year, month=day.month, day=day.day)


def _dated_weekday(day: date) -> Phrase:
    return _phrase(N_("%(date)s（%(weekday)s）"), date=_date(day), weekday=_phrase(DAY_NAMES[day.weekday()]))


def _through(first: date, last: date) -> Phrase:
    if first == last:
        return _dated_weekday(first)
    return _phrase(N_("%(first)s〜%(last)s"), first=_dated_weekday(first), last=_dated_weekday(last))


# --- beside -------------------------------------------------------------------------------------------------

_HOLIDAYS = {"as_usual": N_("祝日も同じ"), "closed": N_("祝日はお休み"), "unknown": N_("祝日は要確認")}


def _beside(rule: Rule) -> list[Phrase]:
    beside = []
    if rule.freq and rule.holidays in _HOLIDAYS:
        beside.append(_phrase(_HOLIDAYS[rule.holidays]))
    if rule.freq and rule.dtstart:
        counted = N_("%(date)sから数えて") if rule.interval > 1 else N_("%(date)sから")
        beside.append(_phrase(counted, date=_date(rule.dtstart)))
    if rule.valid_from:
        beside.append(_phrase(N_("%(date)sから"), date=_date(rule.valid_from)))
    last = rule.valid_to or (rule.until if rule.freq else None)
    if last:
        beside.append(_phrase(N_("%(date)sまで"), date=_date(last)))
    return beside


def closure_phrase(closure: Closure) -> Phrase:
    """When it is shut, or what hours it has then. Words of a rule that cannot be read are shown as they are."""
    try:
        if closure.kind == "after_holiday":
            return _after(closure.rule)
        days = _CLOSED_DAYS[closure.kind](closure.rule)
    except (ValueError, KeyError, IndexError):
        return _phrase(N_("%(text)sはお休み"), text=closure.note or closure.rule)
    hours = hours_phrase(closure.opens_at, closure.closes_at)
    return (
        _phrase(N_("%(days)sは%(hours)s"), days=days, hours=hours)
        if hours
        else _phrase(N_("%(days)sはお休み"), days=days)
    )


def _after(rule: str) -> Phrase:
    weekday = _phrase(DAY_NAMES[WEEKDAYS.index(rule.removesuffix("+"))])
    if rule.endswith("+"):
        return _phrase(N_("%(weekday)sが祝日のときはその後の祝日でない日がお休み"), weekday=weekday)
    return _phrase(N_("%(weekday)sが祝日のときは翌日がお休み"), weekday=weekday)


def _yearly(rule: str) -> Phrase:
    first, _, last = rule.partition("/")
    ends = [date.fromisoformat(f"2024-{end}") for end in (first, last or first)]
    said = [_phrase(N_("%(month)s月%(day)s日"), month=end.month, day=end.day) for end in ends]
    if ends[0] == ends[1]:
        return _phrase(N_("毎年 %(day)s"), day=said[0])
    return _phrase(N_("%(first)s〜%(last)s"), first=said[0], last=said[1])


def _dates(rule: str) -> Phrase:
    first, _, last = rule.partition("/")
    return _through(date.fromisoformat(first), date.fromisoformat(last or first))


def _weekdays(rule: str) -> Phrase:
    return _listed(_phrase(DAY_NAMES[WEEKDAYS.index(name)]) for name in rule.split(","))


def _monthly(rule: str) -> Phrase:
    days = []
    for part in rule.split(","):
        nth = NTH_DAY.fullmatch(part)
        days.append(_nth([int(nth[1])], WEEKDAYS.index(nth[2])) if nth else _monthday(int(part)))
    return _phrase(N_("毎月 %(days)s"), days=_listed(days))


_CLOSED_DAYS: dict[str, Callable[[str], Phrase]] = {
    "yearly": _yearly,
    "dates": _dates,
    "weekday": _weekdays,
    "monthly": _monthly,
    "holidays": lambda rule: _phrase(N_("祝日")),
}
