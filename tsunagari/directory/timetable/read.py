"""Read free text about opening days and hours. Nothing is guessed: what is not certain comes back as a note."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from .cells import Cell, is_blank, time_text
from .clauses import Clauses
from .events import read_event_dates
from .gather import Gather
from .notes import LONGEST, stretches
from .rules import Closure, Reading, Rule
from .statements import Statement
from .tokens import Token, tokens

__all__ = ["LONGEST", "read_days", "read_event_dates", "read_text", "read_with"]

MOST = 60  # statements; a text that says more is no timetable and stays a note
_BETWEEN = re.compile(r"[\n、,，・/]+")


def read_text(text: str) -> Reading:
    """Rules and closures in a text such as 「毎月第2・第4水曜 13時半〜15時（祝日はお休み）」 or "Mon-Fri 9am-5pm".

    A part with a word that may change its meaning is not read at all but noted; when the number of times is said but
    not which (「月2回」), no rule of the text is. A stretch of dates without a year comes back every year, and so does
    the turn of the year; another single date, or one with its weekday, may be one year's and is noted."""
    return _read(text, ())


def read_with(text: str, base: Iterable[Rule]) -> Reading:
    """Read a text that stands beside rules already known, as the remarks beside the columns of a list: it may change
    them. The reading holds all rules, the base's too."""
    return _read(text, tuple(base))


def read_days(days: Cell, start: Cell = None, end: Cell = None, note: Cell = None) -> Reading:
    """Rules from the columns of the national data sets: 利用可能曜日, 開始時間, 終了時間, 利用可能日時特記事項.

    The remark may change what the columns say (「土日祝は17:00まで」) or give what they lack (「24時間対応」). Columns
    that cannot be read are notes, each cell word for word."""
    texts = ["" if cell is None else str(cell) for cell in (days, note)]
    named = read_text(texts[0])
    opens, closes = time_text(start).strip(), time_text(end).strip()
    if named.rules:
        timed = _with_hours(named, opens, closes)
        return _joined(timed, read_with(texts[1], timed.rules), timed.closures)
    remark = read_text(texts[1])
    return _joined(named, _with_hours(remark, opens, closes), named.closures)


def _with_hours(reading: Reading, opens: str, closes: str) -> Reading:
    """The reading with the hours of two cells for its rules that have none."""
    cells = tuple(cell for cell in (opens, closes) if not is_blank(cell))
    if not cells:
        return reading
    begins, ends = _BETWEEN.split(opens), _BETWEEN.split(closes)
    if len(begins) > 1 and len(begins) == len(ends):
        text = "、".join(f"{first}~{last}" for first, last in zip(begins, ends, strict=True))
    else:
        text = f"{opens}~{'' if is_blank(closes) else closes}"
    timed = read_with(text, reading.rules) if reading.rules else Reading(notes=(text,))
    if timed.notes:
        return replace(reading, notes=reading.notes + cells)
    return Reading(timed.rules, reading.closures + timed.closures, reading.notes, reading.sources + cells)


def _joined(first: Reading, then: Reading, closures: tuple[Closure, ...]) -> Reading:
    """What two texts say; the rules are those of the second, which knew the first's."""
    both = tuple(dict.fromkeys(closures + then.closures))
    return Reading(then.rules, both, first.notes + then.notes, first.sources + then.sources)


def _read(text: str, base: tuple[Rule, ...]) -> Reading:
    if is_blank(text):
        return Reading(base)
    if len(text) > LONGEST:
        return Reading(base, notes=(text.strip(),))
    return _parsed(text, base) if len(text) > 400 else _remembered(text, base)


def _parsed(text: str, base: tuple[Rule, ...]) -> Reading:
    found = tokens(text)
    clauses = Clauses(found)
    kept = [one for one in clauses.statements if not one.strips & clauses.bad]
    dropped = [one for one in clauses.statements if one.strips & clauses.bad]
    gathered = Gather(kept[:MOST], base)
    if len(kept) > MOST or not all(_agrees(doubt, gathered.rules) for doubt in clauses.doubts):
        clauses.unread |= clauses.doubtful
        gathered, dropped = Gather((), base), clauses.statements
    noted = _noted(found, clauses, dropped + gathered.unused)
    notes, sources = stretches(text, found, noted)
    return Reading(tuple(gathered.rules), tuple(dict.fromkeys(gathered.closures)), notes, sources)


def _agrees(doubt: tuple[str, int], rules: Iterable[Rule]) -> bool:
    """Whether the rules name as many days as the text counts: 「月2回 第1・第3水曜」."""
    unit, times = doubt
    named = {(rule.freq, day) for rule in rules for day in f"{rule.byday},{rule.bymonthday}".split(",") if day}
    return len(named) == times > 0 and {freq for freq, _ in named} == {{"月": "MONTHLY", "週": "WEEKLY"}.get(unit)}


_remembered = lru_cache(maxsize=4096)(_parsed)


def _noted(found: list[Token], clauses: Clauses, unused: list[Statement]) -> list[bool]:
    """For each token whether it belongs into a note."""
    noted = [at in clauses.unread or strip in clauses.bad for at, strip in enumerate(clauses.strip_of)]
    edges = [0] * (len(found) + 1)
    starts = {token.start: at for at, token in enumerate(found)}
    ends = {token.end: at for at, token in enumerate(found)}
    for one in unused:
        edges[starts.get(one.start, 0)] += 1
        edges[ends.get(one.end, len(found) - 1) + 1] -= 1
    depth = 0
    for at in range(len(found)):
        depth += edges[at]
        noted[at] = noted[at] or depth > 0
    return noted
