"""Days of the calendar in text: 8月5日（水）, 8/5, 令和8年8月5日, R8.8.5, 2026-08-05, Aug 5, 2026."""

import re
from dataclasses import dataclass, replace
from datetime import date

from .eras import western_year

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KANJI = "月火水木金土日"
WEEKDAY_CHARS = "月火水木金土日㈪㈫㈬㈭㈮㈯㈰㊊㊋㊌㊍㊎㊏㊐"

_EN_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
EN_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"s?\b\.?"
)
_NAMED = (
    rf"(?: ?(?:\( ?(?:[{WEEKDAY_CHARS}](?:曜日?)?|{EN_DAY})(?: ?[・、,/] ?|)"
    r"(?:国民の祝日|祝日?|休日?|振休|振替休日|振替)? ?\)|[㈪㈫㈬㈭㈮㈯㈰]|[月火水木金土日]曜日?))?"
)
_ERA = r"(?:令和|平成|昭和|大正|明治) ?(?:元|[0-9]{1,2})年|\b[RHSTMrhstm][0-9]{1,2}[年./-]"
DATE = (
    rf"(?<![0-9/.])(?:(?:(?:{_ERA}|[0-9]{{4}}(?:年|[/.-])) ?[0-9]{{1,2}}(?:月|[/.-]) ?[0-9]{{1,2}}(?![0-9])日?"
    rf"|[0-9]{{1,2}}月 ?[0-9]{{1,2}}日|[0-9]{{1,2}}/[0-9]{{1,2}}(?![0-9/]))(?!間|目){_NAMED}"
    rf"|(?:{EN_DAY},? )?(?:{_EN_MONTH} ?[0-9]{{1,2}}(?:st|nd|rd|th)?\b(?:,? [0-9]{{4}}\b)?"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)? {_EN_MONTH}(?:,? [0-9]{{4}}\b)?)(?: ?\( ?{EN_DAY} ?\))?)"
)
DAY_ONLY = rf"(?<![0-9/.])[0-9]{{1,2}}日(?!間|目|程|分|前|後|以){_NAMED}"

_YEAR_ERA = re.compile(r"(令和|平成|昭和|大正|明治|[RHSTMrhstm]) ?(元|[0-9]{1,2})[年./-]")
_YEAR = re.compile(r"([0-9]{4})(?:年|[/.-])")
_NUMBERS = re.compile(r"([0-9]{1,2})(?:月|[/.-]) ?([0-9]{1,2})日?")
_ENGLISH = re.compile(
    r"(?:([a-z]{3})[a-z]*\.? ?([0-9]{1,2})|([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]*\.?)"
    r"(?:st|nd|rd|th)?(?:,? ([0-9]{4}))?",
    re.I,
)
_WEEKDAY = re.compile(rf"[({WEEKDAY_CHARS}]")
_ANY_EN_DAY = re.compile(EN_DAY, re.I)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as somebody wrote it: what was not written is None. `weekday` 0 is Monday."""

    month: int | None
    day: int
    year: int | None = None
    weekday: int | None = None

    def on(self, year: int, month: int | None = None) -> date | None:
        """The date in that year (and month, where none is written); None if there is none, or it is another weekday."""
        try:
            found = date(self.year or year, self.month or month or 0, self.day)
        except ValueError:
            return None
        return found if self.weekday is None or found.weekday() == self.weekday else None

    @property
    def yearly(self) -> str | None:
        """The day as "MM-DD" of every year; None if there is no such day."""
        try:
            return date(2024, self.month or 0, self.day).strftime("%m-%d")
        except ValueError:
            return None


def weekday_of(char: str) -> int:
    """0 for 月, ㈪ or ㊊, and so on."""
    return WEEKDAY_CHARS.index(char) % 7


def english_weekday(word: str) -> int:
    """0 for Mon or Mondays, and so on."""
    return _DAYS.index(word[:3].lower())


def _named(text: str) -> int | None:
    """The weekday in what stands after the numbers of a date."""
    for char in text:
        if char in WEEKDAY_CHARS:
            return weekday_of(char)
    found = _ANY_EN_DAY.search(text)
    return english_weekday(found[0]) if found else None


def day(text: str) -> Day | None:
    """The day in a text that `DATE` or `DAY_ONLY` matched; None when the numbers are no day (13/45)."""
    year, at = None, 0
    if era := _YEAR_ERA.match(text):
        year, at = western_year(era[1], era[2]), era.end()
    elif western := _YEAR.match(text):
        year, at = int(western[1]), western.end()
    while text[at : at + 1] == " ":
        at += 1
    numbers = _NUMBERS.match(text, at)
    if numbers and (numbers[0][-1] == "日" or "月" in numbers[0] or "日" not in text[: numbers.end()]):
        found = Day(int(numbers[1]), int(numbers[2]), year, _named(text[numbers.end() :]))
    elif text[at : at + 1].isdigit() and "日" in text[at : at + 3]:
        number, _, rest = text[at:].partition("日")
        found = Day(None, int(number), year, _named(rest))
        return found if 1 <= found.day <= 31 else None
    else:
        return _english_day(text)
    return found if found.yearly and (year is None or found.on(year) or found.weekday is not None) else None


def _english_day(text: str) -> Day | None:
    for found in _ENGLISH.finditer(text):
        name = (found[1] or found[4]).lower()
        if name in _MONTHS:
            number = int(found[2] or found[3])
            outside = text[: found.start()] + " " + text[found.end() :]
            result = Day(_MONTHS.index(name) + 1, number, int(found[5]) if found[5] else None, _named(outside))
            return result if result.yearly else None
    return None


def with_year(one: Day, year: int | None) -> Day:
    """The same day with a year, where it has none."""
    return one if one.year or year is None else replace(one, year=year)
