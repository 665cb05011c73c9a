"""Single tokens and pairs of tokens as subjects and hours."""

import re

from .clocks import clock, span
from .daywords import WEEKDAY_CHARS, day, english_weekday, weekday_of
from .rules import WEEKDAYS
from .statements import Hours, Subject
from .tokens import Token

_RANGED = re.compile(rf"([{WEEKDAY_CHARS}])(?:曜日?)? ?(?:[~-]|から) ?([{WEEKDAY_CHARS}])(?:曜日?)?")
_SINGLE = re.compile(rf"([{WEEKDAY_CHARS}])(?:曜日?)?")
_NUMBERS = re.compile(r"[0-9]{1,2}")
_NTH_HEAD = re.compile(r"(?:(?:第? ?[1-5一二三四五]|最終|最後の)[ ・、,/と&]{0,3})+")
KANJI_DIGITS = str.maketrans("一二三四五", "12345")
_ENGLISH_NTH = {
    "1st": 1,
    "first": 1,
    "2nd": 2,
    "second": 2,
    "3rd": 3,
    "third": 3,
    "4th": 4,
    "fourth": 4,
    "5th": 5,
    "last": -1,
}
WORKDAYS = WEEKDAYS[:5]


def between(first: int, last: int) -> tuple[str, ...]:
    """Weekdays from first to last, over the week's end if need be: (4, 0) is FR, SA, SU, MO."""
    return tuple(WEEKDAYS[(first + step) % 7] for step in range((last - first) % 7 + 1))


def weekdays(text: str) -> tuple[str, ...]:
    """Every weekday in 「月・水〜金曜日」, in the order of the week."""
    found: set[str] = set()
    rest = text
    for ranged in _RANGED.finditer(text):
        found.update(between(weekday_of(ranged[1]), weekday_of(ranged[2])))
    rest = _RANGED.sub(" ", text)
    found.update(WEEKDAYS[weekday_of(single[1])] for single in _SINGLE.finditer(rest))
    return tuple(name for name in WEEKDAYS if name in found)


def nth_days(text: str) -> tuple[str, ...] | None:
    """「第2・4水曜」 as 2WE, 4WE. None for 「第2土曜・日曜」: every Sunday, or the second?"""
    head = _NTH_HEAD.match(text)
    if head is None:
        return None
    days = text[head.end() :].lstrip(" の")
    names = weekdays(days)
    if len(names) > 1 and days.count("曜") > (1 if days.rstrip("日").endswith("曜") else 0):
        return None
    numbers = sorted(set(head[0].translate(KANJI_DIGITS)) & set("12345")) + (["-1"] if "最" in head[0] else [])
    return tuple(f"{number}{name}" for number in numbers for name in names)


def month_days(text: str) -> tuple[str, ...] | None:
    """「毎月1日、15日」 as 1, 15; 「毎月末日」 as -1. None for a day that no month has."""
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    if not all(1 <= number <= 31 for number in numbers):
        return None
    return tuple(str(number) for number in sorted(set(numbers))) or ("-1",)


def simple_subject(token: Token) -> Subject | None:
    """The days one token names; None when it names none, or none that exist."""
    kind, place = token.kind, token.start
    if kind == "weekday":
        return Subject("week", weekdays(token.text), place=place)
    if kind == "enday":
        return Subject("week", (WEEKDAYS[english_weekday(token.text)],), place=place)
    if kind == "workdays":
        return Subject("week", WORKDAYS, marked=True, not_on_holidays=token.text == "平日", place=place)
    if kind == "weekend":
        return Subject("week", WEEKDAYS[5:], marked=True, place=place)
    if kind == "daily":
        return Subject("week", WEEKDAYS, marked=True, place=place)
    if kind == "always":
        return Subject("always", WEEKDAYS, marked=True, place=place)
    if kind in ("holiday", "restday"):
        return Subject("holiday", place=place)
    return _dated_subject(token)


def _dated_subject(token: Token) -> Subject | None:
    kind, place = token.kind, token.start
    if kind == "nthday" and (days := nth_days(token.text)):
        return Subject("nth", days, place=place)
    if kind in ("monthday", "dayonly") and (days := month_days(token.text)):
        return Subject("monthday", days, place=place)
    if kind == "months":
        month = int(token.text[:-1])
        return Subject("months", months=(month, month), place=place)
    if kind == "date" and (found := day(token.text)):
        return Subject("date", first=found, last=found, place=place)
    return Subject("vague", place=place) if kind == "vague" else None


def english_nth(word: str) -> int:
    """2 for "2nd" or "second", -1 for "last"."""
    return _ENGLISH_NTH[word.lower()]


def said_pm(token: Token) -> bool:
    """Whether a time says that it is of the second half of the day: then other times may count to twelve too."""
    found = clock(token.text)
    return bool(found and found.half == "pm" and found.minutes != 12 * 60)


def hours_between(first: Token, last: Token, *, twelve: bool = False) -> Hours | None:
    """Opening and closing of two time tokens; None when they could mean two things. `twelve`: the text has hours
    counted to twelve, so that an hour up to twelve with no 午前 or 午後 is not certain."""
    opens, closes = clock(first.text), clock(last.text)
    if opens is None or closes is None:
        return None
    bare = not (opens.half or closes.half or opens.padded)
    both = None if twelve and bare and closes.minutes <= 12 * 60 else span(opens, closes)
    return Hours(*both) if both else None


def hours_from(token: Token) -> Hours | None:
    """「18:30から」: open then, until nobody says when."""
    opens = clock(token.text)
    return Hours(opens.minutes, None) if opens and opens.sure and opens.minutes < 1440 else None


def hours_until(token: Token) -> Hours | None:
    """「17:00まで」."""
    closes = clock(token.text)
    return Hours(None, closes.minutes) if closes and closes.sure else None
