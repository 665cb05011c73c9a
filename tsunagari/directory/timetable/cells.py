"""What a cell of a list holds, as text: spreadsheets hand over dates, times and numbers as well as words."""

import re
from datetime import date, datetime, time, timedelta

Cell = str | int | float | date | time | timedelta | None

_EXCEL_ZERO = datetime(1899, 12, 30)
_FIRST, _LAST = 36526, 73050  # 2000 to 2099: other numbers are no dates of activities
_NUMBER = re.compile(r" *([0-9]{5}(?:\.[0-9]{1,12})?) *")
_EIGHT = re.compile(r" *((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9]) *")
_FRACTION = re.compile(r" *(0?\.[0-9]{1,17}) *")
_NOTHING = frozenset("-－ー―‐–—")


def is_blank(text: str) -> bool:
    """Whether a cell is empty or only holds the dash that stands for nothing."""
    return set(text.strip()) <= _NOTHING


def _clock(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d") if at.time() == time() else at.strftime("%Y-%m-%d %H:%M")


def date_text(cell: Cell) -> str:
    """A cell of dates: a date or a spreadsheet's day number becomes "2026-08-22", words stay as they are."""
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None:
        return ""
    if isinstance(cell, int | float | str):
        text = str(cell)
        if number := _NUMBER.fullmatch(text):
            serial = float(number[1])
            if _FIRST <= serial <= _LAST:
                return _moment(_EXCEL_ZERO + timedelta(minutes=round(serial * 24 * 60)))
        if eight := _EIGHT.fullmatch(text):
            return "-".join(eight.groups())
        return text
    return time_text(cell)


def time_text(cell: Cell) -> str:
    """A cell of times: a time, a duration since midnight or a spreadsheet's part of a day becomes "09:30"."""
    if isinstance(cell, datetime):
        return _clock(cell.hour * 3600 + cell.minute * 60)
    if isinstance(cell, time):
        return _clock(cell.hour * 3600 + cell.minute * 60)
    if isinstance(cell, timedelta):
        return _clock(cell.total_seconds()) if timedelta() <= cell < timedelta(hours=30) else str(cell)
    if isinstance(cell, float | int) and 0 <= cell < 1:
        return _clock(cell * 86400)
    text = "" if cell is None else str(cell)
    part = _FRACTION.fullmatch(text)
    return _clock(float(part[1]) * 86400) if part else text
