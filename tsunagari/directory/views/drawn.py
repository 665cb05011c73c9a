"""What the finder's page draws again and again: kept as drawn, since drawing it took two thirds of the page's time.

Filters are a hundred chips that differ between two readers by their numbers only: drawn once per language, with slots
to fill in. Cards say nothing about who asked for what, so the same card is drawn once."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.template import loader
from markupsafe import Markup

from tsunagari.directory.finder import Hit
from tsunagari.directory.forms.asking import Asked
from tsunagari.directory.showing import found
from tsunagari.directory.showing.cards import places_base
from tsunagari.directory.showing.found import Answer
from tsunagari.directory.showing.saying import language
from tsunagari.ui.shapes import Card

_EDGE = "\x1a"  # a character that no text of ours holds


def _slot(what: str, name: str) -> Markup:
    return Markup(f"{_EDGE}{what} {name}{_EDGE}")


@lru_cache(maxsize=16)
def _drawn(code: str) -> tuple[list[str], list[tuple[int, str]], list[tuple[int, str]]]:
    """The pieces of the drawing in a language, and which of them are numbers and which are choices."""
    groups = found.filter_groups(code)
    text = loader.get_template("directory/find_chips.html").render({"groups": groups, "slot": _slot})
    pieces = text.split(_EDGE)
    slots = [(place, pieces[place].partition(" ")) for place in range(1, len(pieces), 2)]
    numbers = [(place, name) for place, (what, _, name) in slots if what == "n"]
    choices = [(place, name) for place, (what, _, name) in slots if what == "on"]
    return pieces, numbers, choices


def chips(asked: Asked, counts: Mapping[str, int]) -> Markup:
    """The filters with how many entries each would give, and those chosen that are."""
    drawn, numbers, choices = _drawn(language())
    chosen = {f"{field}={code}" for field, codes in asked.terms.items() for code in codes}
    chosen.add(f"when={asked.when if asked.when in found.WHENS else ''}")
    if not asked.terms.get("kind"):
        chosen.add("kind=")
    pieces = drawn.copy()
    for place, name in numbers:
        pieces[place] = str(counts.get(name, 0))
    for place, name in choices:
        pieces[place] = " checked" if name in chosen else ""
    return Markup("".join(pieces))


_KILOMETRES = ("1", "3", "5", "10")


def filters(asked: Asked) -> dict[str, Any]:
    """What the drawing of the filters depends on: few enough ways to keep them all."""
    km = f"{asked.km:g}" if asked.km else ""
    return {"narrowed": asked.narrowed, "km": km if km in _KILOMETRES else ""}


def typed_filters(asked: Asked, counts: Mapping[str, int], base: str, display: Mapping[str, str]) -> dict[str, Any]:
    """What is put into that drawing for this request alone."""
    hidden = Markup('<input form="ask" type="hidden" name="category" value="{}">')
    plain = urlencode({**display, **({"q": asked.q} if asked.q else {})})
    return {
        "date": asked.when if asked.when[:2] == "20" else "",
        "place": asked.place,
        "chips": chips(asked, counts),
        "more": Markup("").join([hidden.format(code) for code in asked.terms.get("category", ())]),
        "plain": f"{base}?{plain}" if plain else base,
    }


@lru_cache(maxsize=8192)
def _card(code: str, card: Card) -> str:
    return str(loader.get_template("ui/card.html").template.module.card(card))  # type: ignore[attr-defined]


class _Kept:
    """Drawn cards by what is known of a result, as long as nothing in the directory changes. A distance from where
    somebody is comes once and is not kept."""

    def __init__(self) -> None:
        self.generation = -1
        self.drawn: dict[tuple[str, str, str], dict[Hit, str]] = {}

    def of(self, generation: int, *reading: str) -> dict[Hit, str]:
        if generation != self.generation:
            self.drawn, self.generation = {}, generation
        found = self.drawn.setdefault((reading[0], reading[1], reading[2]), {})
        if len(found) > MOST_KEPT:
            found.clear()
        return found


_kept = _Kept()
MOST_KEPT = 8192


def drawn_cards(answer: Answer) -> Markup:
    """Cards, one below the other, in the language of the page."""
    code = language()
    kept = _kept.of(answer.results.generation, code, places_base(), answer.tail)
    return Markup("".join([kept.get(hit) or _draw(answer, hit, code, kept) for hit in answer.hits]))


def _draw(answer: Answer, hit: Hit, code: str, kept: dict[Hit, str]) -> str:
    text = _card(code, answer.card(hit))
    if hit.distance_m is None and answer.results.generation:
        kept[hit] = text
    return text
