"""What stands around an entry: when it is open, its coming dates, other entries of the same people, similar ones."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, now

from tsunagari.directory import finder
from tsunagari.directory.models import Service
from tsunagari.directory.showing import cards
from tsunagari.directory.showing.dates import Happening, by_day, coming, happenings
from tsunagari.directory.showing.entry import EntryPage
from tsunagari.directory.showing.hours import hours
from tsunagari.directory.showing.saying import language
from tsunagari.kernel import access
from tsunagari.kernel.access import PUBLIC
from tsunagari.ui.shapes import Card

DATES_SHOWN = 6
DATES_AHEAD = 92
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
    open_now: bool | None


def when_of(service: Service, text: str = "") -> When:
    """When the entry is open. A date of its own says more than a rule: then the rule's next day is not said."""
    today = localdate()
    known = hours(service, now())
    rows = coming(today, today + dt.timedelta(days=DATES_AHEAD)).filter(service=service)
    dates = by_day(happenings(rows, DATES_SHOWN))
    return When(
        rules=known.rules,
        closures=known.closures,
        text=(text or service.when_text) if service.source or not known.rules else "",
        next="" if dates else known.next,
        dates=dates,
        feed=reverse("feed_entry", args=[service.pk]),
        open_now=known.open_now,
    )


def own(service: Service) -> list[Card]:
    """Other entries of the same organisation, those confirmed last."""
    rows = access.visible(PUBLIC, "entry.read").filter(organization_id=service.organization_id).exclude(pk=service.pk)
    return cards.of_entries(rows.order_by("-confirmed_at", "id").values_list("pk", flat=True)[:OTHERS])


def similar(page: EntryPage, tail: str = "") -> list[Card]:
    """Entries of other organisations that do the same, the nearest first."""
    categories = tuple(code for code, _name in page.tags.get("category", []))[:2]
    if not categories:
        return []
    near = next((place.point for place in page.places if place.point), None)
    results = finder.search(finder.Query(category=categories, near=near, per_page=OTHERS * 3))
    data = cards.stored(results.ids, results.generation)
    host = page.service.organization.name
    hits = [
        hit for hit in results.hits if hit.id in data and hit.id != page.id and data[hit.id]["organization"] != host
    ]
    code, base = language(), cards.places_base()
    return [cards.of_hit(hit, data[hit.id], code, base, tail) for hit in hits[:OTHERS]]


def of(page: EntryPage, tail: str = "") -> dict[str, Any]:
    """Everything beside the entry itself."""
    return {"when": when_of(page.service, page.when_text), "own": own(page.service), "similar": similar(page, tail)}
