"""Results as cards. The finder stores what a card shows; here only the reader's words are put to it."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tsunagari.directory import finder
from tsunagari.directory.models import FinderEntry
from tsunagari.directory.search.moments import TOKYO
from tsunagari.directory.showing.saying import language
from tsunagari.directory.terms import Kind, Room
from tsunagari.ui.dates import day_text
from tsunagari.ui.shapes import Card

KINDS = {str(kind.value): kind.label for kind in Kind}
_ROOM = {Room.YES.value: True, Room.FEW.value: True, Room.NO.value: False, Room.WAITING.value: False}
WALKED = 80  # metres a minute, as estate agents in Japan reckon
ON_FOOT = 2000


def distance_text(metres: float | None) -> str:
    """「歩いて 8分（600m）」 for what can be walked, kilometres beyond."""
    if metres is None:
        return ""
    if metres > ON_FOOT:
        return _("%(km)s km") % {"km": f"{metres / 1000:.1f}"}
    minutes = max(1, round(metres / WALKED))
    return _("歩いて%(minutes)s分（%(metres)s m）") % {"minutes": minutes, "metres": int(round(metres, -1))}


def said_in(texts: dict[str, str], code: str) -> str:
    """A card's text in this language; most have Japanese only."""
    return texts.get(code) or texts["ja"]


def card(pk: str, data: dict[str, Any], code: str, base: str, tail: str = "", **more: Any) -> Card:
    """One card. `base` is the address of places in the reader's language, `tail` her display switches."""
    return Card(
        name=said_in(data["name"], code),
        href=f"{base}{pk}/{tail}",
        kana=data["kana"] if code in ("ja", "ja-easy") else "",
        kind=data["kind"],
        kind_label=str(KINDS[data["kind"]]),
        where=data["area"] or data["where"],
        room=_ROOM.get(data["room"]),
        **more,
    )


@lru_cache(maxsize=2048)
def _day(day: dt.date, code: str) -> str:
    """Days come again in every list; saying one takes longer than drawing its card."""
    return day_text(day)


def start_text(seconds: int | None, code: str) -> str:
    """「次は 11月23日（月）13:30」."""
    if seconds is None:
        return ""
    at = dt.datetime.fromtimestamp(seconds, TOKYO)
    return _("次は %(when)s") % {"when": f"{_day(at.date(), code)} {at:%H:%M}"}


def of_hit(hit: finder.Hit, data: dict[str, Any], code: str, base: str, tail: str = "", why: str | None = None) -> Card:
    """One result with the reason why it is here."""
    return card(
        str(hit.id),
        data,
        code,
        base,
        tail,
        why=finder.reason_texts(hit.why) if why is None else why,
        next_text=start_text(hit.next_start, code),
        distance=distance_text(hit.distance_m),
        open_now=hit.open_now,
        faded=hit.faded,
    )


_NOBODY = UUID(int=0)


def places_base() -> str:
    """「/en/places/」: one reverse for a whole list."""
    return reverse("place", args=[_NOBODY]).removesuffix(f"{_NOBODY}/")


def of_entries(ids: Iterable[UUID], tail: str = "") -> list[Card]:
    """Cards of these entries in this order; entries that left the finder are left out."""
    wanted = list(ids)
    rows = dict(FinderEntry.objects.filter(pk__in=wanted).values_list("service_id", "card"))
    code, base = language(), places_base()
    return [
        card(str(pk), rows[pk], code, base, tail, why=said_in(rows[pk]["summary"], code)) for pk in wanted if pk in rows
    ]
