"""Dates as iCalendar (RFC 5545)."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime

from tsunagari.directory.models import Occurrence
from tsunagari.directory.terms import OccurrenceState

_STATES = {OccurrenceState.PLANNED: "TENTATIVE", OccurrenceState.CANCELLED: "CANCELLED"}
_COLUMNS = (
    "id", "service_id", "service__name", "service__last_modified", "starts_at", "ends_at", "all_day", "state", "label",
    "note", "location__name", "location__area", "location__address_hidden",
)  # fmt: skip


def calendar(name: str, rows: QuerySet[Occurrence], link: Callable[[UUID], str], host: str) -> bytes:
    """A calendar to subscribe to. A date nobody confirmed yet is TENTATIVE; one called off stays, as CANCELLED."""
    from icalendar import Calendar, vDuration  # a sixth of a second of every start: paid by who subscribes

    found = Calendar()
    found.add("prodid", "-//Tsunagari//activities//JA")
    found.add("version", "2.0")
    found.add("name", name)
    found.add("x-wr-calname", name)
    found.add("refresh-interval", vDuration(dt.timedelta(hours=6)), parameters={"VALUE": "DURATION"})
    for row in rows.order_by("starts_at", "id").values(*_COLUMNS)[:2000]:
        found.add_component(_event(row, link(row["service_id"]), host))
    text: bytes = found.to_ical()
    return text


def _event(row: dict[str, Any], address: str, host: str) -> Any:
    from icalendar import Event

    event = Event()
    starts = localtime(row["starts_at"])
    event.add("uid", f"{row['id']}@{host}")
    event.add("dtstamp", row["service__last_modified"])
    event.add("summary", f"{row['service__name']} {row['label']}".strip())
    event.add("dtstart", starts.date() if row["all_day"] else starts)
    if row["ends_at"] and not row["all_day"]:
        event.add("dtend", localtime(row["ends_at"]))
    event.add("status", _STATES.get(row["state"], "CONFIRMED"))
    where = row["location__area"] if row["location__address_hidden"] else row["location__name"]
    if where:
        event.add("location", where)
    if row["note"]:
        event.add("description", row["note"])
    event.add("url", address)
    return event
