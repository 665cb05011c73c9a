"""No result is never a dead end: what is there when one condition after the other is let go."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tsunagari.directory.finder.asked import Query
from tsunagari.directory.finder.searching import Results, search

# In this order conditions are let go: first what can be changed by waiting or travelling, last the trouble itself.
_LET_GO: tuple[tuple[str, Callable[[Query], Query]], ...] = (
    ("km", lambda q: replace(q, km=None)),
    ("place", lambda q: replace(q, place="")),
    ("when", lambda q: replace(q, when="", date="")),
    ("area", lambda q: replace(q, area=())),
    ("kind", lambda q: replace(q, kind=())),
    ("online", lambda q: replace(q, online=False)),
    ("cost", lambda q: replace(q, cost="")),
    ("feature", lambda q: replace(q, feature=())),
    ("category", lambda q: replace(q, category=())),
    ("audience", lambda q: replace(q, audience=())),
    ("q", lambda q: replace(q, q="")),
    ("worry", lambda q: replace(q, worry=())),
)
_FEW_WORDS = 6


@dataclass(frozen=True, slots=True)
class Nearest:
    """`dropped` names the conditions that were let go; `words` are terms ("category:hobby") to try instead."""

    results: Results
    dropped: tuple[str, ...]
    words: tuple[str, ...]


def nearest(query: Query) -> Nearest:
    """The closest there is to a query without results: without one condition if that suffices, else without as few
    as possible, in the order above. With an empty directory even that is empty."""
    query = replace(query, page=1)
    for name, without in _LET_GO:
        if (loosened := without(query)) != query and (results := search(loosened)).total:
            return Nearest(results, (name,), _words(results))
    dropped: list[str] = []
    results = search(query)
    for name, without in _LET_GO:
        if results.total:
            break
        if (loosened := without(query)) != query:
            query, results = loosened, search(loosened)
            dropped.append(name)
    return Nearest(results, tuple(dropped), _words(results))


def _words(results: Results) -> tuple[str, ...]:
    """Categories that the words may have meant, then those that the results have most."""
    meant = sorted((term for term in results.soft if term.startswith("category:")), key=lambda t: -results.soft[t])
    usual = sorted(
        (term for term in results.counts if term.startswith("category:")), key=lambda t: (-results.counts[t], t)
    )
    return tuple(dict.fromkeys([*meant, *usual]))[:_FEW_WORDS]
