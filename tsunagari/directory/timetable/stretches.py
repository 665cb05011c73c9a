"""Dates and months of a text as the words of closures: "12-29/01-03" of every year, or the dates of one."""

from datetime import date

from .rules import Kind
from .statements import Subject

_LAST_DAYS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def ends(subject: Subject) -> tuple[date | None, date | None]:
    """First and last date of a subject that says its years; no date for one that does not exist."""
    first, last = subject.first, subject.last
    if first is None or last is None or first.year is None:
        return None, None
    start = first.on(first.year)
    end = last.on(last.year or first.year)
    if start and end and end < start and last.year is None:
        end = last.on(first.year + 1)
    return (start, end) if start and end and start <= end else (None, None)


def stretch(subject: Subject) -> tuple[Kind, str] | None:
    """Kind and rule of the Closure for a date or months. None when it is not said which year: months, stretches of
    days and the turn of the year come back every year, and so does what is said with 毎年; a single day, or one with
    its weekday, may be of one year only."""
    if subject.kind == "months":
        first, last = subject.months
        return "yearly", f"{first:02}-01/{last:02}-{_LAST_DAYS.get(last, 31)}"
    if subject.kind != "date" or subject.first is None or subject.last is None:
        return None
    if subject.first.year:
        start, end = ends(subject)
        return ("dates", _joined(start.isoformat(), end.isoformat())) if start and end else None
    if subject.last.year or subject.first.weekday is not None or subject.last.weekday is not None:
        return None
    start_of, end_of = subject.first.yearly, subject.last.yearly
    if start_of == end_of and not subject.every_year and "01-10" < (start_of or "") < "12-20":
        return None
    return ("yearly", _joined(start_of, end_of)) if start_of and end_of else None


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"
