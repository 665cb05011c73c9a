"""A person's question, answered: which entries, why each, and how many for each filter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.utils.timezone import now

from tsunagari.directory.finder import snapshot
from tsunagari.directory.finder.asked import Query
from tsunagari.directory.finder.gazetteer import gazetteer
from tsunagari.directory.finder.taxonomies import senses, thesaurus
from tsunagari.directory.search import words as w
from tsunagari.directory.search.asking import Ask, ask
from tsunagari.directory.search.dying import LISTENERS, speaks_of_dying
from tsunagari.directory.search.filters import Filters
from tsunagari.directory.search.finding import Found, Question, find
from tsunagari.directory.search.index import Index
from tsunagari.directory.search.meaning import meaning
from tsunagari.directory.search.moments import moment
from tsunagari.directory.search.places import Place
from tsunagari.directory.search.thesaurus import times
from tsunagari.directory.search.why import Reason, chosen, ranked

MOST_PAGES = 500
FEW = 3  # fewer results than this near a named place: look further


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `next_start` is the epoch second of the next date; `faded`: nobody confirmed it lately."""

    id: UUID
    why: tuple[Reason, ...]
    distance_m: int | None
    next_start: int | None
    open_now: bool
    faded: bool


@dataclass(frozen=True, slots=True)
class Results:
    """One page of `hits` of `total`. `exact` of them have every word asked for. `counts` by term ("worry:rent",
    "when:now"). `place`: the place the words named; `prefer`: the time they named; `corrected`: what mistyped words
    were taken for, in words of the directory."""

    hits: list[Hit]
    total: int
    exact: int
    counts: Mapping[str, int]
    place: str = ""
    prefer: str = ""
    corrected: tuple[str, ...] = ()
    by_meaning: bool = False
    soft: Mapping[str, float] = field(default_factory=dict)
    generation: int = 0  # of the snapshot that answered: what was read for it stays true until the next

    @property
    def ids(self) -> list[UUID]:
        return [hit.id for hit in self.hits]

    @property
    def why(self) -> dict[UUID, tuple[Reason, ...]]:
        return {hit.id: hit.why for hit in self.hits}

    @property
    def distances(self) -> dict[UUID, int]:
        return {hit.id: hit.distance_m for hit in self.hits if hit.distance_m is not None}


@dataclass(frozen=True, slots=True)
class _Read:
    """The words of a query, read."""

    ask: Ask
    place: Place | None
    prefer: str | None
    soft: Mapping[str, float]


def search(query: Query) -> Results:
    """Answer a question from this process's snapshot. Nothing that was typed is stored or logged."""
    index, at = snapshot.current(), query.at or now()
    read = _read(query)
    question = _question(query, read, at)
    found = find(index, question)
    if found.total < FEW and read.place is not None and query.near is None:
        question = _anywhere(question, read.place)
        found = find(index, question)
    return Results(
        hits=_hits(index, query, read, question, found),
        total=found.total,
        exact=found.exact,
        counts=found.counts,
        place=read.place.name if read.place else "",
        prefer=read.prefer or "",
        corrected=found.corrected,
        by_meaning=found.by_meaning,
        soft={**found.about, **read.soft},
        generation=index.generation,
    )


def warm() -> None:
    """Load what every search by words needs."""
    w.words("話し相手")
    thesaurus()
    gazetteer()
    snapshot.current()


def _anywhere(question: Question, place: Place) -> Question:
    """The same question with the place as a wish: with hardly anything there, what is further off is shown too."""
    return replace(question, filters=replace(question.filters, near=None, km=None), here=(place.lat, place.lon))


def _read(query: Query) -> _Read:
    folded = w.fold(query.q, w.QUERY_LENGTH)
    place, rest = gazetteer().split(folded) if folded else (None, "")
    place = gazetteer().named(query.place) if query.place else place
    prefer = times(folded) if not (query.when or query.date) else None
    asked = ask(rest)
    soft: Mapping[str, float] = thesaurus().soft(rest, asked.normals) if rest else {}
    if speaks_of_dying(folded):
        soft, asked = LISTENERS, asked if asked.sentence else replace(asked, chunks=())
    return _Read(asked, place, prefer, soft)


def _question(query: Query, read: _Read, at: datetime) -> Question:
    near, km = query.near, query.km
    if near is None and read.place is not None:
        near, km = (read.place.lat, read.place.lon), query.km or read.place.km
    seconds = int(at.timestamp())
    page = min(max(query.page, 1), MOST_PAGES)
    text = read.ask.text
    question = Question(
        ask=read.ask,
        filters=Filters(query.terms(), moment(query.date or query.when, at), near, km),
        now=seconds,
        soft=read.soft,
        means=(lambda: meaning.query(text)) if text and read.ask.chunks else None,
        about=lambda vector: senses().about(vector),
        fades_before=seconds - settings.ENTRY_FADES_AFTER_DAYS * 86400,
        offset=(page - 1) * query.per_page,
        limit=query.per_page,
        prefer=moment(read.prefer, at) if read.prefer else None,
    )
    wish = read.place is not None and query.near is None and read.ask.sentence
    return _anywhere(question, read.place) if wish and read.place else question


def _hits(index: Index, query: Query, read: _Read, question: Question, found: Found) -> list[Hit]:
    asked = [f"{taxonomy}:{code}" for taxonomy, codes in query.terms().items() for code in codes]
    meant = ranked({**found.about, **read.soft})
    sieve, ordinals = index.sieve, found.ordinals
    have = sieve.having([*asked, *meant], ordinals)
    open_now = sieve.having_bits(sieve.usual(question.now)["open"], ordinals)
    next_dates = sieve.next_dates(ordinals, question.now)
    fresh = index.columns.fresh[ordinals].tolist()
    exact = found.exact - question.offset if not question.ask.empty else 0
    place = read.place.name if read.place and question.filters.near and not query.near else None
    wished, known = _columns(asked, have), _columns(meant, have)
    hits = []
    for at, (ordinal, key) in enumerate(zip(ordinals, index.ids(ordinals), strict=True)):
        km = found.distances.get(ordinal)
        metres = None if km is None else round(km * 1000)
        next_date, is_open = next_dates.get(ordinal), open_now[at]
        why = chosen(
            next((term for term, has in wished if has[at]), None),
            next((term for term, has in known if has[at]), None),
            at < exact,
            found.by_meaning,
            is_open,
            next_date,
            metres,
            place,
        )
        hits.append(Hit(_uuid(key), why, metres, next_date, is_open, fresh[at] < question.fades_before))
    return hits


def _columns(terms: Iterable[str], have: Mapping[str, list[bool]]) -> list[tuple[str, list[bool]]]:
    return [(term, have[term]) for term in terms if term in have]


_uuid = lru_cache(maxsize=1 << 16)(UUID)
