"""Which days somebody wants to see."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tsunagari.directory.forms.typed import day, typed, whole

MOST_PAGES = 10
FAR = 400  # days: further away nobody has entered anything
NAMED = ("today", "tomorrow", "weekend", "week")


@dataclass(frozen=True, slots=True)
class Days:
    """`first` to `last`, both included; `choice` is one of NAMED or a date; `problem` says gently what was not read."""

    choice: str
    first: dt.date
    last: dt.date
    area: str
    free: bool
    pages: int = 1
    problem: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Days":
        wanted, problem = typed(data.get("date", "") or data.get("day", ""), 16), ""
        today = localdate()
        found = day(wanted)
        if found and abs((found - today).days) > FAR:
            found = None
        if wanted and wanted not in NAMED and found is None:
            problem = _("日付が読めませんでした。今日からの1週間を表示します。")
        choice = wanted if wanted in NAMED or found else "week"
        first, last = _span(choice, found, today)
        return cls(choice, first, last, typed(data.get("area", ""), 40), data.get("free") == "1", _pages(data), problem)


def _span(choice: str, found: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    if found:
        return found, found
    if choice == "today":
        return today, today
    if choice == "tomorrow":
        return today + dt.timedelta(days=1), today + dt.timedelta(days=1)
    if choice == "weekend":
        saturday = today + dt.timedelta(days=max(0, 5 - today.weekday()))
        return saturday, saturday + dt.timedelta(days=6 - saturday.weekday())
    return today, today + dt.timedelta(days=6)


def _pages(data: Mapping[str, str]) -> int:
    """How many pages of dates are shown, one below the other."""
    return whole(data.get("page", ""), 1, MOST_PAGES) or 1
