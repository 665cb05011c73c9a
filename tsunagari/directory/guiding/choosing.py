"""Which entry to suggest for a category: one that is for just these people, confirmed lately, not suggested already."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from tsunagari.directory.search.columns import unpacked
from tsunagari.directory.search.index import Index

# What a person wants to hear of first is asked first; then one wish after the other is let go.
Wish = Sequence[str]


def choose(index: Index, category: str, wishes: Iterable[Wish], taken: Collection[int], now: int) -> int | None:
    """The ordinal of the best entry of a category, or None. `wishes` are lists of terms ("audience:teens",
    "feature:free") in the order in which they are tried; one term of each taxonomy suffices, features must all hold."""
    sieve = index.sieve
    living = sieve.group("category", (category,)) & sieve.alive(now)
    if not living.any():
        return None
    for wish in wishes:
        bits = living
        for taxonomy, codes in _grouped(wish).items():
            bits = bits & sieve.group(taxonomy, codes)
        found = np.flatnonzero(unpacked(bits))
        if taken and len(found):
            found = found[~np.isin(found, list(taken))]
        if len(found):
            return int(found[index.places[found].argmax()])
    return None


def _grouped(terms: Wish) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for term in terms:
        taxonomy, _, code = term.partition(":")
        groups[taxonomy] = (*groups.get(taxonomy, ()), code)
    return groups
