"""One snapshot of everything that can be found: a big base and, on top of it, the few entries changed since.

A snapshot never changes; a change makes a new one that shares the base. The order of results depends on the entries
alone, not on how many changes lie between base and now, nor on the database they come from."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.columns import Columns
from tsunagari.directory.search.entries import Entry
from tsunagari.directory.search.filters import Sieve
from tsunagari.directory.search.postings import SCALE, Impacts, Ordinals, Postings
from tsunagari.directory.search.typos import Spellings
from tsunagari.directory.search.vectors import Nearness, Vectors

Scores = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
MOST = 1 << 20
SPREAD_FROM = 12  # tokens of one entry in twelve are spread
MOST_SPREAD = 96
FADED = 0.6
FINEST = np.float32(1 / 4096)  # scores closer than this are equal


@dataclass(eq=False)
class Index:
    """`generation` is the number of the last change that is in here."""

    generation: int
    base: Postings
    base_columns: Columns
    base_vectors: Vectors
    spellings: Spellings
    base_generation: int = 0
    changed: dict[str, Entry | None] = field(default_factory=dict)
    _spread: dict[int, tuple[Scores, Flags, int]] = field(default_factory=dict, init=False, repr=False)
    _faded: tuple[int, Scores] = field(default=(-1, np.zeros(0, np.float32)), init=False, repr=False)

    @classmethod
    def of(
        cls,
        entries: Iterable[Entry],
        generation: int = 0,
        names: Iterable[str] = (),
        spoken: Iterable[str] = (),
    ) -> "Index":
        """A fresh base; `spoken` are words known besides those of entries. About 1 s for 20,000 entries: processes
        share the result through a file (`files`)."""
        ordered = sorted(entries, key=lambda entry: entry.id)
        if len(ordered) >= MOST:
            raise ValueError("more entries than one index holds")
        return cls(
            generation=generation,
            base=Postings.of(entry.tokens for entry in ordered),
            base_columns=Columns.of(ordered, names),
            base_vectors=Vectors.of([entry.vector for entry in ordered]),
            spellings=Spellings.of([*(entry.spoken for entry in ordered), spoken]),
            base_generation=generation,
        )

    def with_changes(self, entries: Sequence[Entry], gone: Collection[str], generation: int) -> "Index":
        """The snapshot after some entries came, changed or left."""
        changed = self.changed | {entry.id: entry for entry in entries} | dict.fromkeys(gone)
        return replace(self, generation=generation, changed=changed)

    @cached_property
    def delta(self) -> list[Entry]:
        return sorted((entry for entry in self.changed.values() if entry), key=lambda entry: entry.id)

    @cached_property
    def added(self) -> Postings | None:
        blobs = (entry.tokens for entry in self.delta)
        return Postings.of(blobs, self.base_columns.size) if self.delta else None

    @cached_property
    def columns(self) -> Columns:
        columns = self.base_columns
        if self.delta:
            columns = columns.joined(Columns.of(self.delta, columns.names))
        return columns.without(self.replaced) if self.replaced else columns

    @cached_property
    def replaced(self) -> list[int]:
        """Ordinals of the base whose entries have changed or gone."""
        if not self.changed:
            return []
        wanted = np.array([key.encode() for key in self.changed], "S36")
        return np.flatnonzero(np.isin(self.base_columns.ids, wanted)).tolist()

    @cached_property
    def _new_spellings(self) -> Spellings:
        return Spellings.of(entry.spoken for entry in self.delta)

    def meant(self, word: str) -> str | None:
        """What was probably meant by a word that no entry has."""
        return self.spellings.meant(word) or self._new_spellings.meant(word)

    @cached_property
    def nearness(self) -> Nearness:
        new = Vectors.of([entry.vector for entry in self.delta], self.base_columns.size)
        return Nearness([self.base_vectors, new], self.columns.until >= 0, self.places)

    @cached_property
    def sieve(self) -> Sieve:
        return Sieve(self.columns)

    @cached_property
    def _dead(self) -> Flags | None:
        if not self.replaced:
            return None
        dead = np.zeros(self.columns.size, np.bool_)
        dead[self.replaced] = True
        return dead

    @cached_property
    def living(self) -> int:
        return int((self.columns.until >= 0).sum())

    @cached_property
    def places(self) -> npt.NDArray[np.int64]:
        """The place of each ordinal among equals: freshest first, then by id. Higher comes first."""
        order = np.lexsort((self.columns.ids, -self.columns.fresh))
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order) - 1, -1, -1)
        return places

    def find(self, token: int) -> tuple[Ordinals, Impacts] | None:
        """The living entries that have a token."""
        found = self.base.find(token)
        if found is not None and self._dead is not None:
            keep = ~self._dead[found[0]]
            found = (found[0][keep], found[1][keep]) if not keep.all() else found
        new = self.added.find(token) if self.added is not None else None
        if found is None or new is None or not len(found[0]):
            return new if new is not None else found if found is not None and len(found[0]) else None
        return np.concatenate([found[0], new[0]]), np.concatenate([found[1], new[1]])

    def rarity(self, count: int) -> float:
        """How much an entry stands out by a token that `count` entries have (BM25's inverse frequency)."""
        return math.log(1 + (self.living - count + 0.5) / (count + 0.5))

    def said(self, token: int) -> tuple[Scores, Flags, int] | None:
        """A token that many entries have, spread over all ordinals: for those, one step over everything is four
        times as fast as picking out entries. None for rarer or unknown tokens."""
        return self._spread[token] if token in self._spread else self._spread_out(token)

    def _spread_out(self, token: int) -> tuple[Scores, Flags, int] | None:
        found = self.find(token)
        if found is None or len(found[0]) * SPREAD_FROM < self.columns.size or len(self._spread) >= MOST_SPREAD:
            return None
        column = np.zeros(self.columns.size, np.float32)
        column[found[0]] = found[1]
        return self._spread.setdefault(token, (column, column > 0, len(found[0])))

    def add(self, scores: Scores, token: int, weight: float, *, rare: bool = True) -> Ordinals | Flags | None:
        """Add what a token says to `scores`; its entries (ordinals, or flags over all), None when it is unknown."""
        spread = self.said(token)
        if spread is not None:
            column, flags, count = spread
            scores += column * self._factor(weight, count, rare)
            return flags
        found = self.find(token)
        if found is None:
            return None
        ordinals, impacts = found
        scores[ordinals] += impacts * self._factor(weight, len(ordinals), rare)
        return ordinals

    def _factor(self, weight: float, count: int, rare: bool) -> np.float32:
        """One factor for both ways of adding, so that both give the same bits."""
        return SCALE * np.float32(weight * (self.rarity(count) if rare else 1.0))

    def fading(self, before: int) -> Scores:
        """What is left of an entry's worth: less when it was last confirmed before that second."""
        if self._faded[0] != before:
            faded = np.where(self.columns.fresh < before, np.float32(FADED), np.float32(1))
            self._faded = (before, faded)
        return self._faded[1]

    def stamps(self) -> dict[str, int]:
        """In which generation each living entry was written."""
        living = np.flatnonzero(self.columns.until >= 0)
        ids = (key.decode() for key in self.columns.ids[living].tolist())
        return dict(zip(ids, self.columns.stamps[living].tolist(), strict=True))

    def count(self, ids: Collection[str]) -> int:
        """How many of these entries are in here."""
        wanted = np.array([key.encode() for key in ids], "S36")
        return int((np.isin(self.columns.ids, wanted) & (self.columns.until >= 0)).sum()) if len(wanted) else 0

    def ids(self, ordinals: Iterable[int]) -> list[str]:
        return [self.columns.ids[ordinal].decode() for ordinal in ordinals]

    def terms_of(self, ordinal: int) -> frozenset[str]:
        """The terms of one entry, read back from the bitmaps."""
        column = self.columns.terms[:, ordinal >> 6] >> np.uint64(ordinal & 63)
        return frozenset(self.columns.names[at] for at in np.flatnonzero(column & np.uint64(1)))

    def top(self, worth: Scores, hits: Ordinals, count: int) -> list[int]:
        """The best of `hits` (`worth` is theirs, in the same order), best first; equals by freshness, then by id."""
        if len(hits) > count > 0:
            least = np.partition(worth, len(hits) - count)[len(hits) - count]
            best = np.flatnonzero(worth > least - FINEST)
            hits, worth = hits[best], worth[best]
        keys = (np.round(worth / FINEST).astype(np.int64) << 20) + self.places[hits]
        return hits[np.argsort(-keys)[:count]].tolist()  # type: ignore[no-any-return]
