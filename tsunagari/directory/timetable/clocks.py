"""Times of day in text: 13:30, 13時半, 午後1時半, 正午, 翌2時, 9am. A time that could be two stays unread."""

import re
from dataclasses import dataclass
from datetime import time

DAY = 24 * 60
_LATEST = 30 * 60  # 25時 and 29時 are said of the night; more is a mistake
_EARLY = 7 * 60  # an hour below this, said without a mark, may as well be afternoon
_EVENING = 17 * 60  # from here a smaller closing time is the next morning; earlier it may be a mistake

MARK = r"午前|午後|朝|お?昼|夕方|夜|深夜|翌日?の?朝?(?:午前)?|[AaPp][Mm]"
TIME = (
    rf"(?:(?:{MARK}) ?)?(?<![0-9])(?<![0-9]:)(?:[0-9]{{1,2}}(?::[0-9]{{2}}(?![0-9])|時(?:半|[0-9]{{1,2}}分)?(?!間))"
    r"(?: ?[AaPp]\.?[Mm]\b\.?)?|[0-9]{1,2} ?[AaPp]\.?[Mm]\b\.?)|正午|\bnoon\b"
)
VAGUE = r" ?(?:頃|ごろ|ころ|くらい|ぐらい|前|過ぎ|以降|以前|程度|台)"
_PARTS = re.compile(
    rf"(?P<mark>{MARK})? ?(?P<hour>[0-9]{{1,2}})(?P<sep>:|時)?(?P<minute>[0-9]{{1,2}}|半)?分? ?(?P<en>[AaPp])?"
)
_AFTERNOON = {"夜": range(5, 12), "夕方": range(3, 8), "昼": range(1, 5), "お昼": range(1, 5)}
_AS_SAID = {"夜": range(18, 30), "夕方": range(15, 20), "昼": range(11, 17), "お昼": range(11, 17), "朝": range(4, 12)}


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes since midnight (up to 30:00) and how surely: `half` is "am" or "pm" when that was said, `padded` when
    written with two digits before a colon, `next_day` for 翌, `spoken` when written with 時 or in words."""

    minutes: int
    half: str = ""
    padded: bool = False
    next_day: bool = False
    spoken: bool = False

    @property
    def sure(self) -> bool:
        """Whether it means one time when nothing stands beside it."""
        return bool(self.half) or self.padded or not self.spoken or self.minutes >= _EARLY


def as_time(minutes: int | None) -> time | None:
    """Minutes since midnight as a time of day; 24:00 is 0:00 of the next day."""
    return None if minutes is None else time(minutes // 60 % 24, minutes % 60)


def clock(text: str) -> Clock | None:
    """The time in a text that `TIME` matched; None when there is no such time, or when it could be two (午後12時)."""
    if text in ("正午", "noon"):
        return Clock(12 * 60, "pm", spoken=True)
    parts = _PARTS.match(text)
    if parts is None:
        return None
    mark, hour = parts["mark"] or "", int(parts["hour"])
    minute = 30 if parts["minute"] == "半" else int(parts["minute"] or 0)
    hour_and_half = _english(hour, parts["en"]) if parts["en"] else _hour(mark, hour)
    if hour_and_half is None or minute > 59 or hour_and_half[0] * 60 + minute > _LATEST:
        return None
    padded = parts["sep"] == ":" and len(parts["hour"]) == 2
    minutes = hour_and_half[0] * 60 + minute
    return Clock(minutes, hour_and_half[1], padded, mark.startswith("翌"), parts["sep"] == "時")


def _english(hour: int, half: str) -> tuple[int, str] | None:
    if not 1 <= hour <= 12:
        return None
    return (hour % 12, "am") if half in "aA" else (hour % 12 + 12, "pm")


def _hour(mark: str, hour: int) -> tuple[int, str] | None:
    """The hour of the day and which half was said; 午前12時 and 午後12時 mean noon to some and midnight to others."""
    if not mark or mark.startswith("翌"):
        return hour, "am" if "午前" in mark or "朝" in mark else ""
    if mark == "午前" or mark in ("AM", "am", "Am"):
        return (hour, "am") if hour < 12 else None
    if mark == "午後" or mark.lower() == "pm":
        return (hour + 12, "pm") if hour < 12 else (hour, "pm") if 13 <= hour <= 24 else None
    if mark == "深夜":
        return (
            (hour, "am") if hour < 6 else (hour + 12, "pm") if hour in (11, 12) else (hour, "pm") if hour > 21 else None
        )
    if hour in _AFTERNOON.get(mark, ()):
        return hour + 12, "pm"
    return (
        (hour, "am" if hour < 12 else "pm")
        if hour in _AS_SAID[mark]
        else (24, "pm")
        if (mark, hour) == ("夜", 12)
        else None
    )


def span(opens: Clock, closes: Clock) -> tuple[int, int] | None:
    """Minutes of opening and closing for "A～B", closing above 24:00 on the next day; None when it could be two."""
    start, end = opens.minutes, closes.minutes
    if closes.next_day:
        end = end if end >= DAY else end + DAY
    elif opens.half and not closes.half and end <= 12 * 60 and not closes.padded:
        if opens.half == "pm":
            end += 12 * 60
        return (start, end) if start < end else None
    elif closes.half and not opens.half and start < _EARLY:
        return None
    elif end <= start:
        if not (opens.half and closes.half and start >= 12 * 60) and start < _EVENING:
            return (0, DAY) if (start, end) == (0, 0) and opens.padded else None
        end += DAY
    elif not (opens.half or opens.padded or start >= _EARLY or end >= 13 * 60):
        return None
    return (start, end) if start < DAY and 0 < end - start <= DAY else None
