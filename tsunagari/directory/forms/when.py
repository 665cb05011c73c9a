"""Dates pasted from a mail: one line, one date; what cannot be read is given back, never guessed."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

Reading = list[tuple[datetime, datetime | None]]


def _moment(day: object, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=get_current_timezone())  # type: ignore[arg-type]


def read_lines(text: str) -> tuple[Reading, str]:
    """(start, end or None) of every line that names a day and an hour, and the lines that do not."""
    from tsunagari.directory.timetable.read import read_event_dates

    found: Reading = []
    unread = []
    for line in filter(str.strip, text.splitlines()):
        reading = read_event_dates(line, None, None, around=localdate())
        timed = [one for one in reading.occurrences if one.start is not None]
        if not timed:
            unread.append(line.strip())
        for one in timed:
            starts = _moment(one.day, one.start)
            ends = _moment(one.day, one.end) if one.end else None
            found.append((starts, ends + timedelta(days=1) if ends and ends <= starts else ends))
    return found, "\n".join(unread)
