"""The finder's answer, made ready for the page and for machines: both say the same list."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tsunagari.directory import finder
from tsunagari.directory.finder.taxonomies import label
from tsunagari.directory.models import FinderEntry
from tsunagari.directory.showing import cards
from tsunagari.directory.showing.saying import language
from tsunagari.directory.terms import AUDIENCES, FEATURES, WORRIES
from tsunagari.ui.shapes import Card, Link, Pin

PER_PAGE = 10
Chips = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """`cards` and `hits` are the same results in the same order; `pins` those that stand somewhere."""

    results: finder.Results
    hits: Sequence[finder.Hit]
    data: Mapping[UUID, dict[str, Any]]
    cards: list[Card]
    pins: list[Pin]


def answered(results: finder.Results, tail: str) -> Answer:
    """One query fetches what all the cards show."""
    rows = FinderEntry.objects.filter(pk__in=results.ids).values_list("service_id", "card")
    data: dict[UUID, dict[str, Any]] = dict(rows)
    hits = [hit for hit in results.hits if hit.id in data]
    code, base = language(), cards.places_base()
    shown = [cards.of_hit(hit, data[hit.id], code, base, tail) for hit in hits]
    pins = [
        Pin(one.name, *data[hit.id]["points"][0], one.href)
        for hit, one in zip(hits, shown, strict=True)
        if data[hit.id]["points"]
    ]
    return Answer(results, hits, data, shown, pins)


def as_json(answer: Answer) -> dict[str, Any]:
    """The list for machines. A distance or date that is not known is null."""
    return {
        "total": answer.results.total,
        "results": [
            {
                "id": str(hit.id),
                "name": one.name,
                "kind": one.kind,
                "why": one.why,
                "distance_m": hit.distance_m,
                "next_date": _iso(hit.next_start),
                "open_now": hit.open_now,
                "room": answer.data[hit.id]["room"],
                "url": one.href,
            }
            for hit, one in zip(answer.hits, answer.cards, strict=True)
        ],
    }


def _iso(seconds: int | None) -> str | None:
    if seconds is None:
        return None
    return localtime(dt.datetime.fromtimestamp(seconds, dt.UTC)).isoformat(timespec="minutes")


_OFFERED = (
    "free no_booking anonymous alone_ok companion_ok silent_ok short_ok child_ok wheelchair accessible_toilet online"
    " phone_ok chat_ok interpreter evening weekend women_only men_only parking"
).split()


@lru_cache(maxsize=16)
def choices(code: str) -> dict[str, Chips]:
    """What one can filter by, in a language: built once."""
    return {
        "worry": [(one, label(f"worry:{one}", code)) for one in WORRIES],
        "for": [(one, label(f"audience:{one}", code)) for one in AUDIENCES],
        "feature": [(one, label(f"feature:{one}", code)) for one in _OFFERED if one in FEATURES],
    }


def whens() -> Chips:
    return [
        ("", _("いつでも")), ("now", _("いま開いている")), ("today", _("今日")), ("tonight", _("今夜")),
        ("tomorrow", _("明日")), ("evening", _("夕方から夜")), ("weekend", _("土日")),
    ]  # fmt: skip


def kinds() -> Chips:
    return [("", _("すべて"))] + [(code, str(name)) for code, name in cards.KINDS.items()]


_LET_GO = {
    "km": lambda: _("距離"), "place": lambda: _("場所"), "when": lambda: _("日時"), "area": lambda: _("地域"),
    "kind": lambda: _("種類"), "online": lambda: _("オンライン"), "cost": lambda: _("費用"), "feature": lambda: _("特徴"),
    "category": lambda: _("分野"), "audience": lambda: _("だれのため"), "q": lambda: _("言葉"), "worry": lambda: _("困りごと"),
}  # fmt: skip


def let_go(names: Sequence[str]) -> str:
    """The conditions that were let go, in words."""
    return "、".join(_LET_GO[name]() for name in names if name in _LET_GO)


def other_words(terms: Sequence[str], address: str, code: str) -> list[Link]:
    """Categories to try instead, as links."""
    return [
        Link(label(term, code), f"{address}?category={term.partition(':')[2]}") for term in terms if label(term, code)
    ]
