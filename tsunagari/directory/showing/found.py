"""The finder's answer, made ready for the page and for machines: both say the same list."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tsunagari.directory import finder
from tsunagari.directory.finder.taxonomies import label
from tsunagari.directory.models import Phone
from tsunagari.directory.showing import cards
from tsunagari.directory.showing.saying import language
from tsunagari.directory.terms import AUDIENCES, WORRIES
from tsunagari.ui.shapes import Card, Link, Pin

PER_PAGE = 10
Chips = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """`cards` and `hits` are the same results in the same order; cards are made when somebody looks at them."""

    results: finder.Results
    hits: Sequence[finder.Hit]
    data: Mapping[UUID, cards.Data]
    tail: str

    @cached_property
    def cards(self) -> list[Card]:
        return [self.card(hit) for hit in self.hits]

    def card(self, hit: finder.Hit) -> Card:
        return cards.of_hit(hit, self.data[hit.id], language(), cards.places_base(), self.tail)

    @property
    def pins(self) -> list[Pin]:
        """Those that stand somewhere, as the map wants them."""
        pairs = zip(self.hits, self.cards, strict=True)
        return [Pin(one.name, lat, lon, one.href) for hit, one in pairs for lat, lon in self.data[hit.id]["points"][:1]]


def answered(results: finder.Results, tail: str) -> Answer:
    """One query fetches what all the cards show."""
    data = cards.stored(results.ids, results.generation)
    hits = [hit for hit in results.hits if hit.id in data]
    return Answer(results, hits, data, tail)


def phones(answer: Answer) -> dict[str, str]:
    """For paper: the first number of each entry, by the address of its card."""
    rows = Phone.objects.filter(service_id__in=list(answer.data)).order_by("-pk").values_list("service_id", "number")
    numbers = dict(rows)
    return {one.href: numbers[hit.id] for hit, one in zip(answer.hits, answer.cards, strict=True) if hit.id in numbers}


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


WHENS = ("", "now", "today", "tonight", "tomorrow", "evening", "weekend")
Group = tuple[str, str, str, str, Chips]


def filter_groups(code: str) -> list[Group]:
    """What one can filter by: (name in the address, taxonomy in the counts, title, kind of input, options)."""
    whens = (_("いつでも"), _("いま開いている"), _("今日"), _("今夜"), _("明日"), _("夕方から夜"), _("土日"))
    kinds: Chips = [("", _("すべて")), *cards.kind_labels(code).items()]
    return [
        ("when", "when", _("いつ"), "radio", list(zip(WHENS, whens, strict=True))),
        ("kind", "kind", _("種類"), "radio", kinds),
        ("worry", "worry", _("困りごと"), "checkbox", _named("worry", WORRIES, code)),
        ("for", "audience", _("だれのため"), "checkbox", _named("audience", AUDIENCES, code)),
        ("feature", "feature", _("こんなところ"), "checkbox", _named("feature", _OFFERED, code)),
    ]


def _named(taxonomy: str, codes: Sequence[str], language_code: str) -> Chips:
    return [(one, label(f"{taxonomy}:{one}", language_code)) for one in codes]


def let_go(names: Sequence[str]) -> str:
    """The conditions that were let go, in words."""
    words = {
        "km": _("距離"),
        "place": _("場所"),
        "when": _("日時"),
        "area": _("地域"),
        "kind": _("種類"),
        "online": _("オンライン"),
        "cost": _("費用"),
        "feature": _("特徴"),
        "category": _("分野"),
        "audience": _("だれのため"),
        "q": _("言葉"),
        "worry": _("困りごと"),
    }
    return "、".join(words[name] for name in names if name in words)


def other_words(terms: Sequence[str], address: str, code: str) -> list[Link]:
    """Categories to try instead, as links."""
    return [
        Link(label(term, code), f"{address}?category={term.partition(':')[2]}") for term in terms if label(term, code)
    ]
