"""Days, hours and dates of a row: rules and occurrences where they are certain, the words of the list always beside."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from tsunagari.directory.importing.cells import Cells, joined
from tsunagari.directory.importing.values import SCHEDULE, Values, plain
from tsunagari.directory.timetable.events import read_event_dates
from tsunagari.directory.timetable.read import read_text, read_with
from tsunagari.directory.timetable.rules import Closure, Reading, Rule

TOKYO = ZoneInfo("Asia/Tokyo")


def place(row: Cells) -> Values:
    """Opening rules of a place: its columns first, then the remarks beside them, which may narrow them."""
    hours = _hours(row)
    head = " ".join(part for part in (row.said("days"), hours) if part)
    note = row.said("hours_note")
    if head and note.startswith(head):
        head = ""
    base = read_text(head) if head else Reading()
    reading = read_with(note, base.rules) if note else base
    return {
        "when_text": joined(head, note),
        "schedules": [_schedule(rule) for rule in reading.rules],
        "closures": [_closure(closure) for closure in (*base.closures, *reading.closures)],
    }


def _hours(row: Cells) -> str:
    opens, closes = row.said("opens"), row.said("closes")
    if opens and closes:
        return row.said("hours") or f"{opens}～{closes}"
    return row.said("hours") or (f"{opens}～" if opens else f"～{closes}" if closes else "")


def _schedule(rule: Rule) -> list[Any]:
    """One rule in the order of the Schedule columns."""
    said = {
        "freq": rule.freq or "",
        "byday": rule.byday,
        "bymonthday": rule.bymonthday,
        "interval": rule.interval if rule.interval != 1 else None,
        "dtstart": rule.dtstart,
        "until": rule.until,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
        "opens_at": rule.opens_at,
        "closes_at": rule.closes_at,
        "holidays": rule.holidays,
    }
    return [plain(said.get(name)) for name in SCHEDULE]


def _closure(closure: Closure) -> list[Any]:
    row = [plain(getattr(closure, name)) for name in ("kind", "rule", "opens_at", "closes_at", "note")]
    while row and row[-1] is None:
        row.pop()
    return row


def moment(day: date, clock: time | None) -> str:
    """A local moment as UTC in ISO form; a day without a time begins at midnight."""
    return datetime.combine(day, clock or time(), TOKYO).astimezone(ZoneInfo("UTC")).isoformat()


def ending(day: date, starts: time | None, ends: time | None) -> str | None:
    """The end of an occurrence; an end at or before the start is on the next day."""
    if ends is None:
        return None
    over = starts is not None and ends <= starts
    return moment(day + timedelta(days=1) if over else day, ends)


def activity(row: Cells) -> Values:
    """Dates of an activity, or the rule by which it comes back. What is neither stays in the words."""
    days = _days(row)
    opens, closes, note = row.said("opens"), row.said("closes"), row.said("hours_note")
    words = joined(days, _hours(row), note)
    found = read_event_dates(days, opens or None, closes or None, around=localdate())
    occurrences = [
        [
            moment(one.day, one.starts),
            ending(one.day, one.starts, one.ends),
            one.starts is None,
            one.label,
            None,
            "planned",
        ]
        for one in found.occurrences
    ]
    values: Values = {"when_text": words, "occurrences": _once(occurrences)}
    if not occurrences:
        reading = read_text(" ".join(part for part in (days, _hours(row)) if part))
        reading = read_with(note, reading.rules) if note and reading.rules else reading
        values["schedules"] = [_schedule(rule) for rule in reading.rules if days]
        values["closures"] = [_closure(closure) for closure in reading.closures]
        if not reading.rules:
            row.note("日付を特定できないため、書かれた文のまま載せます")
    return values


def _once(rows: list[list[Any]]) -> list[list[Any]]:
    """The table takes a start and label once: of two the first."""
    unique = {(row[0], row[3] or ""): [plain(value) for value in row] for row in reversed(rows)}
    return sorted(unique.values(), key=lambda row: (row[0], row[3] or ""))


def _days(row: Cells) -> str:
    written, starts, ends = row.said("dates"), row.said("starts_on"), row.said("ends_on")
    if written or not (starts or ends):
        return written or row.said("days")
    return f"{starts}～{ends}" if starts and ends and starts != ends else starts or ends
