"""What the guide says at each step: a question, the lines, or at most five suggestions with their reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tsunagari.directory import finder
from tsunagari.directory.finder import snapshot
from tsunagari.directory.guiding.book import Book
from tsunagari.directory.guiding.choosing import choose
from tsunagari.directory.guiding.compiled import Rule
from tsunagari.directory.guiding.walk import SKIPPED, Walk
from tsunagari.directory.search.index import Index
from tsunagari.directory.showing import cards
from tsunagari.directory.showing.saying import language, said
from tsunagari.ui.shapes import Card, Link

MOST = 5


@dataclass(frozen=True, slots=True)
class Suggested:
    """At most five cards, what to say when calling, and the codes of the categories they came from."""

    cards: list[Card]
    says: list[str]
    categories: list[str]


def address(door: str, steps: Sequence[str], display: dict[str, str], **more: str) -> str:
    """The address of a step: everything she answered stands in it and nowhere else."""
    pairs = [("start", door), *(("a", step) for step in steps), *display.items(), *more.items()]
    return f"{reverse('guide')}?{urlencode([pair for pair in pairs if pair[1]])}"


def doors(display: dict[str, str]) -> list[Link]:
    labels = {
        "self": _("わたしのこと"),
        "under18": _("わたしのこと（18歳まで）"),
        "someone": _("心配な人がいる（家族・近所・友だち）"),
        "company": _("困りごとはない。だれかといたい"),
    }
    return [Link(label, address(door, (), display)) for door, label in labels.items()]


def question_of(walk: Walk, display: dict[str, str]) -> dict[str, Any]:
    """The screen of a question."""
    assert walk.question is not None
    links = [
        Link(said(one.texts), address(walk.entrance, (*walk.steps, one.code), display)) for one in walk.question.answers
    ]
    return {
        "screen": "question",
        "question": said(walk.question.texts),
        "help": said(walk.question.helps),
        "answers": links,
        "skip": address(walk.entrance, (*walk.steps, SKIPPED), display),
        "back": back(walk, display),
    }


def back(walk: Walk, display: dict[str, str]) -> str:
    return address(walk.entrance if walk.steps else "", walk.steps[:-1], display)


class _Kept:
    """What was suggested for the same answers within this minute, as long as neither the guide nor the directory
    changes. Answers are codes that many people choose; who chose them is not in here."""

    def __init__(self) -> None:
        self.now: tuple[Book | None, int, int] = (None, 0, 0)
        self.found: dict[tuple[Any, ...], Suggested] = {}

    def of(self, book: Book, generation: int, minute: int) -> dict[tuple[Any, ...], Suggested]:
        known, *when = self.now
        if known is not book or when != [generation, minute] or len(self.found) >= MOST_KEPT:
            self.found, self.now = {}, (book, generation, minute)
        return self.found


_kept = _Kept()
MOST_KEPT = 512


def suggested(book: Book, walk: Walk, tail: str) -> Suggested:
    """The best entry of each of the best categories, each with the sentence of the rule that spoke loudest for it."""
    index, minute = snapshot.current(), int(now().timestamp()) // 60
    kept = _kept.of(book, index.generation, minute)
    key = (walk.entrance, walk.given, language(), cards.places_base(), tail)
    if key not in kept:
        kept[key] = _suggested(book, walk, index, minute * 60, tail)
    return kept[key]


def _suggested(book: Book, walk: Walk, index: Index, seconds: int, tail: str) -> Suggested:
    scores, rules = book.scores(walk.given)
    wishes = _wishes(walk.entrance, scores)
    chosen: dict[int, str] = {}
    for category in _best(scores, "category"):
        if len(chosen) >= MOST:
            break
        ordinal = choose(index, category, wishes, chosen, seconds)
        if ordinal is not None:
            chosen[ordinal] = category
    used = list(chosen.values())
    return Suggested(_shown(index, chosen, rules, seconds, tail), _says(used, rules), used)


def _shown(index: Index, chosen: dict[int, str], rules: Sequence[Rule], seconds: int, tail: str) -> list[Card]:
    ordinals = list(chosen)
    open_now, next_dates = index.sieve.usual(seconds)["open"], index.sieve.next_dates(ordinals, seconds)
    fades = seconds - settings.ENTRY_FADES_AFTER_DAYS * 86400
    ids = [UUID(one) for one in index.ids(ordinals)]
    data = cards.stored(ids, index.generation)
    code, base = language(), cards.places_base()
    shown = []
    for pk, (ordinal, category) in zip(ids, chosen.items(), strict=True):
        if pk in data:
            is_open = bool(int(open_now[ordinal >> 6]) >> (ordinal & 63) & 1)
            faded = int(index.columns.fresh[ordinal]) < fades
            hit = finder.Hit(pk, (), None, next_dates.get(ordinal), is_open, faded)
            why = _why(category, rules) or cards.said_in(data[pk]["summary"], code)
            shown.append(cards.of_hit(hit, data[pk], code, base, tail, why=why))
    return shown


_PEOPLE = {
    "under18": ("audience:teens", "audience:children", "audience:youth"),
    "someone": ("audience:families", "audience:anyone"),
}


def _wishes(door: str, scores: dict[str, float]) -> list[tuple[str, ...]]:
    """What to look for first, and what to let go then: for just these people, for those of this entrance, for all;
    each first with the wishes about the place and then without. Readers of another language first hear of entries
    for people from abroad."""
    people = tuple(f"audience:{code}" for code in _best(scores, "audience")[:2])
    wishes = tuple(f"feature:{code}" for code in _best(scores, "feature")[:2])
    abroad = ("audience:foreigners",) if language() not in ("ja", "ja-easy") else ()
    groups = (abroad, people, _PEOPLE.get(door, ()), ("audience:anyone",))
    tries = [(*group, *extra) for group in groups if group for extra in (wishes, ())]
    return list(dict.fromkeys([*tries, wishes, ()]))


def _best(scores: dict[str, float], taxonomy: str) -> list[str]:
    """Codes of one taxonomy, most wanted first; the code decides between equals, so that the order never wavers."""
    named = [(term.partition(":")[2], weight) for term, weight in scores.items() if term.startswith(f"{taxonomy}:")]
    return [code for code, weight in sorted(named, key=lambda pair: (-pair[1], pair[0])) if weight > 0]


def _loudest(category: str, rules: Sequence[Rule]) -> list[Rule]:
    term = f"category:{category}"
    return sorted((rule for rule in rules if rule.suggests.get(term, 0) > 0), key=lambda rule: -rule.suggests[term])


def _why(category: str, rules: Sequence[Rule]) -> str:
    return next((said(rule.whys) for rule in _loudest(category, rules) if rule.whys), "")


def _says(categories: Sequence[str], rules: Sequence[Rule]) -> list[str]:
    """Two sentences to read out on the telephone, for the two best suggestions."""
    found = [said(rule.says) for category in categories for rule in _loudest(category, rules)[:1] if rule.says]
    found.append(_("「つながりのページを見ました。少し話を聞いてもらえますか。」"))
    return list(dict.fromkeys(found))[:2]
