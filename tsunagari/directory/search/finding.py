"""A question put to a snapshot: which entries, in which order, how many for each filter.

Words set side by side must all be there. When that gives less than a page, entries that have some of them, or
carry the terms the words stand for, follow below. Sentences are ranked by words, terms and meaning together
(reciprocal rank) and cut after the best, since a list of hundreds helps nobody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.asking import Ask, Chunk, ask
from tsunagari.directory.search.columns import Bits, kilometres, packed, unpacked
from tsunagari.directory.search.filters import Filters, Squares
from tsunagari.directory.search.index import Flags, Index, Scores
from tsunagari.directory.search.moments import Moment
from tsunagari.directory.search.postings import Ordinals
from tsunagari.directory.search.vectors import Matrix
from tsunagari.directory.search.words import hashed, hiragana

PAGE = 20
WIDENED = 60  # the most entries that are shown for a sentence, or below the exact ones
PHRASE = 0.3  # what neighbouring characters say, compared with a word
EXACT = 4.0  # how much having all words is worth
MEANING_OF_FEW = 3  # fewer exact hits than this: ask for the meaning too
RANK_SOFTENER = 20
NEAR_KM = 2.0
PREFERRED = 1.6

Means = Callable[[], Matrix | None]
About = Callable[[Matrix], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Question:
    """`soft`: terms the words stand for, with weights. `means` gives the vector of the question when it is needed,
    `about` the terms that a vector is about.
    `here`: a point, `prefer`: a time to prefer, without shutting out the others. Entries last confirmed before
    `fades_before` are faded."""

    ask: Ask
    filters: Filters
    now: int
    soft: Mapping[str, float] = field(default_factory=dict)
    means: Means | None = None
    about: About | None = None
    here: tuple[float, float] | None = None
    fades_before: int = 0
    offset: int = 0
    limit: int = PAGE
    prefer: Moment | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`ordinals` are one page; `total` all; `exact` how many have every word; `corrected` what a mistyped word was
    taken for (a word of the directory, never what was typed); `by_meaning` whether meaning took part, and if so
    the terms that the question is `about`."""

    ordinals: list[int]
    total: int
    exact: int
    counts: dict[str, int]
    distances: dict[int, float]
    corrected: tuple[str, ...] = ()
    by_meaning: bool = False
    about: Mapping[str, float] = field(default_factory=dict)


def find(index: Index, question: Question) -> Found:
    """Answer a question. Everything is ranked: no candidate is left out before the order is known."""
    sieve, filters = index.sieve, question.filters
    point = filters.near or question.here
    squares = sieve.squares(point) if point is not None else None
    parts = sieve.parts(filters, squares)
    alive = sieve.alive(question.now)
    hits = _Hits(index, question, reduce(np.bitwise_and, parts.values(), alive))
    chosen = _ordinals(hits.base & hits.allowed)
    order = _ranked(index, question, hits.scores, chosen, squares)
    page = order[question.offset : question.offset + question.limit]
    return Found(
        ordinals=page,
        total=len(chosen),
        exact=hits.exact,
        counts=sieve.counts(hits.base & alive, parts, question.now),
        distances=_distances(page, squares),
        corrected=hits.corrected,
        by_meaning=hits.by_meaning,
        about=hits.about,
    )


def _ordinals(bits: Bits) -> Ordinals:
    return np.flatnonzero(unpacked(bits)).astype(np.int32)


def _distances(page: Sequence[int], squares: Squares | None) -> dict[int, float]:
    if squares is None:
        return {}
    found = kilometres(squares[list(page)])
    return {at: float(km) for at, km in zip(page, found, strict=True) if np.isfinite(squares[at])}


def _ranked(
    index: Index, question: Question, scores: Scores | None, chosen: Ordinals, squares: Squares | None
) -> list[int]:
    """Words first; then what is near, confirmed lately, and in the end the id, so that the order never wavers."""
    worth = scores[chosen] if scores is not None else np.ones(len(chosen), np.float32)
    if question.fades_before:
        worth = worth * index.fading(question.fades_before)[chosen]
    if squares is not None:
        km = np.minimum(kilometres(squares[chosen]), 1e6).astype(np.float32)
        share = np.float32(0.0 if scores is None else 0.25)
        worth = worth * (share + (1 - share) * NEAR_KM / (NEAR_KM + km))
    if question.prefer is not None:
        suits = unpacked(index.sieve.moment(question.prefer))[chosen]
        worth = worth * np.where(suits, np.float32(PREFERRED), np.float32(1))
    return index.top(worth, chosen, question.offset + question.limit)


class _Hits:
    """The entries that answer the words, before filters are counted: `base` as a bitmap, with `scores`."""

    def __init__(self, index: Index, question: Question, allowed: Bits) -> None:
        self.index, self.question, self.allowed = index, question, allowed
        self.scores: Scores | None = None
        self.corrected: tuple[str, ...] = ()
        self.by_meaning = False
        self.exact = 0
        self.about: Mapping[str, float] = {}
        if question.ask.empty and not question.soft:
            self.base = ~index.sieve.nothing()
            return
        self.scores = np.zeros(index.columns.size, np.float32)
        if question.ask.sentence:
            self._sentence()
        else:
            self._words()

    def _words(self) -> None:
        scores = self.scores
        assert scores is not None
        exact: Flags | None = None
        for chunk in self.question.ask.chunks:
            mask = self._chunk(chunk, scores)
            exact = mask if exact is None else exact & mask
        if exact is None:
            exact = np.zeros(self.index.columns.size, np.bool_)
        self.base = packed(exact)
        self.exact = int(np.bitwise_count(self.base & self.allowed).sum())
        self._soften(scores, self.question.soft)
        if self.exact < PAGE:
            scores[exact] += np.float32(EXACT)
            self._widen(scores, exact)

    def _widen(self, scores: Scores, exact: Flags) -> None:
        """Below the exact ones come the best of the others; with hardly any exact ones the meaning is asked too."""
        allowed = unpacked(self.allowed)
        room = WIDENED - self.exact
        best = self._best(scores, (scores > 0) & allowed & ~exact, room)
        near = self._nearest(allowed) if self.exact < MEANING_OF_FEW else []
        if near:
            fused = self._fused([best, [ordinal for ordinal in near if not exact[ordinal]]])
            best = sorted(fused, key=lambda ordinal: -fused[ordinal])[:room]
            scores[best] = [fused[ordinal] for ordinal in best]
        flags = exact.copy()
        flags[best] = True
        self.base = packed(flags)

    def _sentence(self) -> None:
        worded = np.zeros(self.index.columns.size, np.float32)
        for chunk in self.question.ask.chunks:
            for group in chunk.groups:
                for token in group:
                    self.index.add(worded, token, 1.0)
        allowed = unpacked(self.allowed)
        termed, sensed = np.zeros_like(worded), np.zeros_like(worded)
        near = self._nearest(allowed)
        self._soften(termed, self.question.soft)
        self._soften(sensed, self.about)
        lists = [self._best(ranked, (ranked > 0) & allowed) for ranked in (worded, termed, sensed)]
        fused = self._fused([*lists, near])
        self.scores = np.zeros_like(worded)
        best = sorted(fused, key=lambda ordinal: (-fused[ordinal], -int(self.index.places[ordinal])))[:WIDENED]
        self.scores[best] = [fused[ordinal] for ordinal in best]
        flags = np.zeros(self.index.columns.size, np.bool_)
        flags[best] = True
        self.base = packed(flags)

    def _best(self, scores: Scores, flags: Flags, count: int = WIDENED) -> list[int]:
        hits = np.flatnonzero(flags).astype(np.int32)
        return self.index.top(scores[hits], hits, count)

    def _nearest(self, allowed: Flags) -> list[int]:
        vector = self.question.means() if self.question.means is not None else None
        if vector is None:
            return []
        self.by_meaning = True
        self.about = self.question.about(vector) if self.question.about is not None else {}
        return self.index.nearness.nearest(vector, allowed, WIDENED)

    def _fused(self, lists: Sequence[Sequence[int]]) -> dict[int, float]:
        """Reciprocal rank: what stands high in several lists is worth most. At most 1 for each list."""
        worth: dict[int, float] = {}
        for ranked in lists:
            for place, ordinal in enumerate(ranked):
                worth[ordinal] = worth.get(ordinal, 0.0) + RANK_SOFTENER / (RANK_SOFTENER + place)
        return worth

    def _soften(self, scores: Scores, terms: Mapping[str, float]) -> None:
        for term, weight in terms.items():
            self.index.add(scores, hashed("t" + term), weight, rare=False)

    def _chunk(self, chunk: Chunk, scores: Scores, *, mend: bool = True) -> Flags:
        mask = self._groups(chunk, scores)
        if chunk.phrase and (len(chunk.groups) != 1 or chunk.in_kana or not mask.any()):
            phrase = self._phrase(chunk.phrase, scores)
            by_reading = chunk.in_kana and not chunk.in_katakana and phrase.any()
            mask = phrase if by_reading else mask | phrase
        if mend and not mask.any():
            for spelt in chunk.spelt:
                meant = self.index.meant(spelt)
                if meant is not None and hiragana(meant) != chunk.reading:
                    self.corrected += (meant,)
                    mended = [self._chunk(replace(c, spelt=()), scores, mend=False) for c in ask(meant).chunks]
                    return reduce(np.logical_and, mended)
        return mask

    def _groups(self, chunk: Chunk, scores: Scores) -> Flags:
        size, index = self.index.columns.size, self.index
        if len(chunk.groups) == 1 and len(chunk.groups[0]) == 1:
            mask = np.zeros(size, np.bool_)
            found = index.add(scores, chunk.groups[0][0], 1.0)
            if found is not None and found.dtype == np.bool_:
                return found  # type: ignore[return-value]
            if found is not None:
                mask[found] = True
            return mask
        count = np.zeros(size, np.uint8)
        for group in chunk.groups:
            lists = [found for token in group if (found := index.add(scores, token, 1 / len(group))) is not None]
            if len(lists) == 1:
                _count(count, lists[0])
            elif lists:
                any_of_them = np.zeros(size, np.bool_)
                for found in lists:
                    any_of_them[found] = True
                count += any_of_them
        return (count == len(chunk.groups)) if chunk.groups else np.zeros(size, np.bool_)

    def _phrase(self, tokens: Sequence[int], scores: Scores) -> Flags:
        count = np.zeros(self.index.columns.size, np.uint8)
        for token in tokens:
            found = self.index.add(scores, token, PHRASE)
            if found is not None:
                _count(count, found)
        whole: Flags = count == len(tokens)
        return whole


def _count(count: npt.NDArray[np.uint8], found: Ordinals | Flags) -> None:
    """One more for each entry found, given as ordinals or as flags over all."""
    if found.dtype == np.bool_:
        count += found.view(np.uint8)
    else:
        count[found] += 1
