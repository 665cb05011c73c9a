"""Dates and times as the reader's language says them; Japanese with the era beside."""

import datetime as dt

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language

_BABEL = {"ja": "ja", "ja-easy": "ja", "en": "en", "zh": "zh_Hans", "vi": "vi", "ko": "ko", "pt": "pt_BR"}
_WEEKDAYS_JA = "月火水木金土日"


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def era_text(day: dt.date) -> str:
    """「令和8年」: only 令和 and 平成 are needed for dates that the town prints."""
    year, name = (day.year - 2018, "令和") if day >= dt.date(2019, 5, 1) else (day.year - 1988, "平成")
    return f"{name}{'元' if year == 1 else year}年"


def day_text(day: dt.date, *, era: bool = False) -> str:
    """「11月23日（月）」, with `era` 「2026年（令和8年）11月23日（月）」; other languages in their own order."""
    if isinstance(day, dt.datetime):
        day = _local(day).date()
    code = get_language() or "ja"
    if code in ("ja", "ja-easy"):
        short = f"{day.month}月{day.day}日（{_WEEKDAYS_JA[day.weekday()]}）"
        return f"{day.year}年（{era_text(day)}）{short}" if era else short
    return format_date(day, "full" if era else "EEE, MMM d" if code == "en" else "long", locale=_BABEL.get(code, "en"))


def time_text(moment: dt.time | dt.datetime) -> str:
    """「13:30」 everywhere; 24 hours are read alike in all seven languages."""
    if isinstance(moment, dt.datetime):
        moment = _local(moment).time()
    return format_time(moment, "HH:mm", locale="en")


def moment_text(moment: dt.datetime) -> str:
    """Day and time together."""
    return f"{day_text(moment)} {time_text(moment)}"
