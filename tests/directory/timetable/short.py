"""Rules and closures in short words, so that a table of tests can be read by eye."""

from datetime import time

from tsunagari.directory.timetable.rules import Closure, Reading, Rule


def _hours(opens: time | None, closes: time | None) -> str:
    return "" if opens is None and closes is None else "-".join(f"{at:%H:%M}" if at else "?" for at in (opens, closes))


def rule(one: Rule) -> str:
    """ "WEEKLY MO,WE /2 09:00-17:00 closed from 2026-08-05"."""
    parts = [one.freq or "", one.byday or one.bymonthday, f"/{one.interval}" if one.interval > 1 else ""]
    parts += [_hours(one.opens_at, one.closes_at), one.holidays]
    names = ("dtstart", "until", "valid_from", "valid_to")
    parts += [f"{name}={getattr(one, name)}" for name in names if getattr(one, name)]
    return " ".join(part for part in parts if part)


def closure(one: Closure) -> str:
    """ "yearly 12-29/01-03" or "holidays ?-17:00"."""
    return " ".join(part for part in (one.kind, one.rule, _hours(one.opens_at, one.closes_at)) if part)


def said(reading: Reading) -> tuple[list[str], list[str], list[str]]:
    """Rules, closures and notes of a reading; closures in the order of the alphabet."""
    return [rule(one) for one in reading.rules], sorted(closure(one) for one in reading.closures), list(reading.notes)
