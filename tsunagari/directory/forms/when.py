"""Dates pasted from a mail: one line, one date; what cannot be read is given back, never guessed."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from tsunagari.directory.timetable.events import read_event_dates

Reading = list[tuple[datetime, datetime | None]]


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=get_current_timezone())


def read_lines(text: str) -> tuple[Reading, str]:
    """(start, end or None) of every line that names a day and an hour, and the lines that do not."""
    found: Reading = []
    unread = []
    for line in filter(str.strip, text.splitlines()):
        timed = [one for one in read_event_dates(line, around=localdate()).occurrences if one.starts is not None]
        if not timed:
            unread.append(line.strip())
        for one in timed:
            assert one.starts is not None
            starts = _moment(one.day, one.starts)
            ends = _moment(one.day, one.ends) if one.ends else None
            found.append((starts, ends + timedelta(days=1) if ends and ends <= starts else ends))
    return found, "\n".join(unread)
