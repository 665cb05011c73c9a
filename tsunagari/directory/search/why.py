"""Why an entry is in the list: codes and parameters, put into words by the caller. Never a word of the query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tsunagari.directory.search.thesaurus import WORTH

MOST = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` is one of: term (params: term, "worry:rent"), words, open_now, date (at: epoch seconds), near (m),
    place (name of a place of the gazetteer), meaning, fresh."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, *self.params.values()))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one hit when the reasons are chosen. `asked`: terms of the filters that it has; `meant`: terms
    the words stand for that it has, best first."""

    asked: Sequence[str]
    meant: Sequence[str]
    exact: bool
    by_meaning: bool
    open_now: bool
    next_date: int | None
    metres: int | None
    place: str | None


def ranked(soft: Mapping[str, float]) -> list[str]:
    """Terms the words stand for, the most telling first."""
    return sorted(soft, key=lambda term: (-soft[term] * WORTH.get(term.partition(":")[0], 1.0), term))


def reasons(known: Known) -> tuple[Reason, ...]:
    """The best reasons, best first: what was asked for by name, what the words stand for, then where and when."""
    asked, meant = (next(iter(terms), None) for terms in (known.asked, known.meant))
    return chosen(
        asked, meant, known.exact, known.by_meaning, known.open_now, known.next_date, known.metres, known.place
    )


@lru_cache(maxsize=2048)
def chosen(
    asked: str | None,
    meant: str | None,
    exact: bool,
    by_meaning: bool,
    open_now: bool,
    next_date: int | None,
    metres: int | None,
    place: str | None,
) -> tuple[Reason, ...]:
    """The same from the first of each: most results of a list are there for the same reasons."""
    found = [Reason("term", {"term": term}) for term in dict.fromkeys((asked, meant)) if term is not None]
    if exact:
        found.append(Reason("words"))
    elif by_meaning and not found:
        found.append(Reason("meaning"))
    if place is not None:
        found.append(Reason("place", {"place": place}))
    elif metres is not None:
        found.append(Reason("near", {"m": metres}))
    if open_now:
        found.append(Reason("open_now"))
    elif next_date is not None:
        found.append(Reason("date", {"at": next_date}))
    return tuple(found[:MOST]) or (Reason("fresh"),)
