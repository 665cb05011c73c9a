"""The order of results is the same on SQLite and on PostgreSQL. The suite runs on both; each run compares what comes
out of its database with an index made of the same entries in memory, so both orders equal that one."""

import random
from collections.abc import Callable
from typing import Any

from tests.directory.finding.conftest import NOW
from tsunagari.directory import finder
from tsunagari.directory.finder import Query, searching, snapshot
from tsunagari.directory.finder.calendar import openings
from tsunagari.directory.finder.reading import sources
from tsunagari.directory.models import FinderEntry, Service
from tsunagari.directory.search.entries import Entry, indexed, unpack
from tsunagari.directory.search.index import Index

QUERIES = (
    Query(q="相談", at=NOW),
    Query(q="将棋 手芸", at=NOW),
    Query(q="だれかと話がしたくて困っています", at=NOW),
    Query(worry=("rent", "debt"), at=NOW, near=(34.8266, 134.6906)),
    Query(q="しょくどう", when="now", at=NOW),
    Query(feature=("free",), at=NOW, near=(34.8266, 134.6906), km=4.0),
    Query(at=NOW),
)


def town(entry: Callable[..., Service]) -> None:
    rng = random.Random(7)
    for number in range(40):
        entry(
            f"{rng.choice(['相談', '将棋', '手芸', 'こども食堂'])}の{rng.choice(['会', '窓口', '広場'])}{number % 3}",
            text="、".join(rng.choices(["将棋", "手芸", "家賃", "だれでも", "話し相手"], k=4)),
            terms=rng.sample(["worry:rent", "worry:debt", "feature:free", "category:talk_partner"], 2),
            at=(34.8 + rng.random() / 10, 134.65 + rng.random() / 10),
            open=rng.choice(["MO", "TU", "TU,SA"]),
        )


def in_memory() -> Index:
    """The same entries without any database in between."""
    stored = {str(row.pk): row for row in FinderEntry.objects.all()}
    entries = []
    for source in sources(Service.objects.all()):
        key, service = str(source.service.pk), source.service
        opened = openings(source.schedules, source.closures, source.occurrences, NOW.date())
        assert service.confirmed_at is not None
        entries.append(
            Entry(
                id=key,
                tokens=indexed(source.said)[0],
                terms=tuple(source.terms),
                points=tuple(source.points),
                week=opened.week,
                fresh=int(service.confirmed_at.timestamp()),
                spoken=tuple(stored[key].columns["spoken"]),
            )
        )
    return Index.of(entries)


def test_both_databases_give_the_same_pages(entry: Callable[..., Service], monkeypatch: Any) -> None:
    town(entry)
    from_database = [finder.search(query) for query in QUERIES]
    reference = in_memory()
    monkeypatch.setattr(snapshot, "current", lambda: reference)
    for query, found in zip(QUERIES, from_database, strict=True):
        expected = searching.search(query)
        assert (found.ids, found.total, found.exact) == (expected.ids, expected.total, expected.exact), query
        assert {k: v for k, v in found.counts.items() if v} == dict(expected.counts)
        assert found.distances == expected.distances


def test_tokens_come_back_from_the_database_bit_for_bit(entry: Callable[..., Service]) -> None:
    made = entry("将棋の会")
    blob = bytes(FinderEntry.objects.get(pk=made.pk).tokens)
    hashes, impacts = unpack(blob)
    assert len(hashes) * 10 == len(blob)
    assert (hashes[1:] > hashes[:-1]).all()
    assert (impacts > 0).all()
