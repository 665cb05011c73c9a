"""Why an entry is in the list: codes and parameters, put into words by the caller. Never a word of the query."""

from collections.abc import Mapping, Sequence
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
    terms = dict.fromkeys([*known.asked[:1], *known.meant[:1]])
    found = [Reason("term", {"term": term}) for term in terms]
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
    return tuple(found[:MOST]) or (Reason("fresh"),)
