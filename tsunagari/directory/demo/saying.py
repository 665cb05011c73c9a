"""Days and hours in words, in seven languages, from the same rules the dates come from."""

from typing import Any

from tsunagari.directory.demo import parts
from tsunagari.directory.demo.rules import WEEKDAYS, Rule, Shut


def _run(days: tuple[str, ...], words: dict[str, Any]) -> str:
    """月～金 for five in a row, 火・木 for others."""
    numbers = [WEEKDAYS.index(day) for day in days]
    names = [words["days"][n] for n in numbers]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return str(names[0] + words["range"] + names[-1])
    return str(words["sep"].join(names))


def _days(rule: Rule, words: dict[str, Any]) -> str:
    if rule.holidays == "only":
        return str(words["holidays"]["only"])
    if rule.week == WEEKDAYS:
        return str(words["daily"])
    if rule.week:
        return str(words["weekly"].format(days=_run(rule.week, words)))
    said = [
        (words["last"] if n < 0 else words["nth"]).format(n=n, day=words["days"][WEEKDAYS.index(day)])
        for n, day in rule.nth
    ] + [words["monthday"].format(n=n) for n in rule.monthdays]
    return str(words["monthly"].format(days=words["sep"].join(said)))


def _hour(moment: Any) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _hours(rule: Rule, words: dict[str, Any]) -> str:
    """From and to: the same minute twice means all day, an earlier closing time means the next day."""
    if rule.opens == rule.closes:
        return str(words["allday"])
    closes = _hour(rule.closes) if rule.closes > rule.opens else words["next"].format(_hour(rule.closes))
    return f"{_hour(rule.opens)}{words['to']}{closes}"


def when(rules: list[Rule], shuts: list[Shut], language: str) -> str:
    """All rules in one line, the holidays once at the end."""
    words = parts.when_words()[language]
    said = [f"{_days(rule, words)} {_hours(rule, words)}" for rule in rules]
    manners = list(dict.fromkeys(rule.holidays for rule in rules if rule.holidays != "only"))
    notes = [words["holidays"][manner] for manner in manners[:1]] if len(manners) == 1 else []
    notes += [words["shut"][closed.rule] for closed in shuts if closed.rule in words["shut"]]
    tail = words["open"] + words["join"].join(notes) + words["close"] if notes else ""
    return str(words["join"].join(said) + tail)
