"""What stands around an entry: when it is open, its coming dates, other entries of the same people, similar ones."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from tsunagari.directory.models import Service
from tsunagari.directory.showing import cards
from tsunagari.directory.showing.dates import Happening, by_day, coming, happenings
from tsunagari.kernel import access
from tsunagari.kernel.access import PUBLIC
from tsunagari.ui.shapes import Card

DATES_SHOWN = 6
OTHERS = 3


@dataclass(frozen=True, slots=True)
class When:
    """Rules and days off in words, the list's own words, the next time, and the coming dates by day."""

    rules: list[str]
    closures: list[str]
    text: str
    next: str
    dates: list[tuple[dt.date, list[Happening]]]
    feed: str
    open_now: bool


def when_of(service: Service) -> dict[str, Any]:
    """When the entry is open, in words."""
    today = localdate()
    rows = coming(today, today + dt.timedelta(days=92)).filter(service=service)
    return {
        "when": When(
            rules=[],
            closures=[],
            text=service.when_text,
            next="",
            dates=by_day(happenings(rows, DATES_SHOWN)),
            feed=reverse("feed_entry", args=[service.pk]),
            open_now=False,
        )
    }


def of(service: Service) -> dict[str, Any]:
    """Everything beside the entry itself."""
    return {**when_of(service), "own": own(service), "similar": []}


def own(service: Service) -> list[Card]:
    """Other entries of the same organisation."""
    rows = access.visible(PUBLIC, "entry.read").filter(organization_id=service.organization_id).exclude(pk=service.pk)
    return cards.of_entries(rows.order_by("-confirmed_at", "id").values_list("pk", flat=True)[:OTHERS])
