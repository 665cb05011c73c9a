"""Why an entry is in the list: codes and parameters, put into words by the caller. Never a word of the query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tsunagari.directory.search.thesaurus import WORTH

MOST = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` is one of: term (params: term, "worry:rent"), words, open_now, date (at: epoch seconds), near (m),
    place (name of a place of the gazetteer), meaning, fresh."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one hit when the reasons are chosen."""

    terms: frozenset[str]
    exact: bool
    by_meaning: bool
    open_now: bool
    next_date: int | None
    metres: int | None
    place: str | None


def reasons(known: Known, asked: Iterable[str], soft: Mapping[str, float]) -> tuple[Reason, ...]:
    """The best reasons, best first: what was asked for by name, what the words stand for, then where and when."""
    found = [Reason("term", {"term": term}) for term in asked if term in known.terms][:1]
    meant = sorted((term for term in soft if term in known.terms), key=lambda term: (-_weight(term, soft), term))
    found += [Reason("term", {"term": term}) for term in meant[:1]]
    if known.exact:
        found.append(Reason("words"))
    elif known.by_meaning and not found:
        found.append(Reason("meaning"))
    if known.place is not None:
        found.append(Reason("place", {"place": known.place}))
    elif known.metres is not None:
        found.append(Reason("near", {"m": known.metres}))
    if known.open_now:
        found.append(Reason("open_now"))
    elif known.next_date is not None:
        found.append(Reason("date", {"at": known.next_date}))
    unique = list({(r.code, *r.params.values()): r for r in found or [Reason("fresh")]}.values())
    return tuple(unique[:MOST])


def _weight(term: str, soft: Mapping[str, float]) -> float:
    return soft[term] * WORTH.get(term.partition(":")[0], 1.0)
