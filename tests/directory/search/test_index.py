"""The index against plain Python over the same entries, and against itself after any history of changes."""

import math
import random
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.directory.search import files
from tsunagari.directory.search.asking import ask
from tsunagari.directory.search.entries import Entry, pack, weights
from tsunagari.directory.search.filters import Filters
from tsunagari.directory.search.finding import Question, find
from tsunagari.directory.search.index import Index
from tsunagari.directory.search.moments import TOKYO, moment

NOW = datetime(2026, 11, 24, 14, 10, tzinfo=TOKYO)
SECOND = int(NOW.timestamp())
WORDS = "相談 将棋 手芸 居場所 食堂 介護 家賃 図書館 体操 散歩".split()
NAMES = [f"worry:{n}" for n in range(4)] + [f"area:{n}" for n in range(5)] + [f"feature:{n}" for n in range(3)]


def made(seed: int, count: int = 150) -> list[Entry]:
    rng = random.Random(seed)
    entries = []
    for number in range(count):
        terms = tuple(sorted(rng.sample(NAMES, 4)))
        name = "".join(rng.sample(WORDS, 2)) + "の会"
        fields = {"name": name, "body": "、".join(rng.choices(WORDS, k=3))}
        entries.append(
            Entry(
                id=f"00000000-0000-4000-8000-{rng.getrandbits(48):012x}",
                tokens=pack(weights(fields), terms),
                terms=terms,
                points=tuple((34.8 + rng.random() / 5, 134.6 + rng.random() / 5) for _ in range(rng.randrange(3))),
                week=sum(1 << h for h in rng.sample(range(168), 40)).to_bytes(21, "little"),
                closed=tuple(rng.sample(range(739_940, 739_950), 2)),
                dates=tuple((s, s + 3600) for s in (SECOND + rng.randrange(-86400, 864_000) for _ in range(2))),
                fresh=rng.choice([0, SECOND - 86400, SECOND - 86400 * 100]),
                until=rng.choice([SECOND + 1, SECOND - 1, 1 << 40]),
                spoken=(name,),
                stamp=number,
                vector=unit(rng.randrange(30)).astype(np.float16).tobytes(),
            )
        )
    return entries


def unit(seed: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.random.default_rng(seed).normal(size=384).astype(np.float32)
    return vector / np.linalg.norm(vector)


def answer(index: Index, text: str = "", filters: Filters | None = None, limit: int = 1000) -> tuple[list[str], int]:
    found = find(
        index, Question(ask(text), filters or Filters({}), SECOND, fades_before=SECOND - 90 * 86400, limit=limit)
    )
    return index.ids(found.ordinals), found.total


def haversine(a: tuple[float, float], b: tuple[float, float]) -> float:
    (p, q), (r, s) = (map(math.radians, a), map(math.radians, b))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def test_filters_let_through_exactly_what_they_say() -> None:
    entries = made(1)
    index = Index.of(entries)
    here, when = (34.9, 134.7), moment("tue-15", NOW)
    assert when is not None
    filters = Filters({"worry": ("1", "2"), "area": ("0", "3"), "feature": ("0", "2")}, None, here, 8.0)
    expected = {
        e.id
        for e in entries
        if e.until > SECOND
        and {"worry:1", "worry:2"} & set(e.terms)
        and {"area:0", "area:3"} & set(e.terms)
        and {"feature:0", "feature:2"} <= set(e.terms)
        and any(haversine(here, point) <= 8.0 for point in e.points)
    }
    assert set(answer(index, filters=filters)[0]) == expected


@pytest.mark.parametrize("when", ["now", "today", "2026-11-24T15:00", "2026-11-25", "sat-10", "weekend"])
def test_times_let_through_who_is_open_then_or_has_a_date(when: str) -> None:
    entries = made(2)
    asked = moment(when, NOW)
    assert asked is not None

    def suits(entry: Entry) -> bool:
        bits = int.from_bytes(entry.week, "little")
        shut = asked.day is not None and asked.day in entry.closed
        if not shut and any(bits >> hour & 1 for hour in asked.hours):
            return True
        return any(_suits(start, end) for start, end in entry.dates)

    def _suits(start: int, end: int) -> bool:
        local = datetime.fromtimestamp(start, TOKYO)
        if asked.weekdays is None and asked.from_hour is None and start < asked.start < end:
            return True
        return (
            asked.start <= start < asked.end
            and (asked.weekdays is None or local.weekday() in asked.weekdays)
            and (asked.from_hour is None or local.hour >= asked.from_hour)
        )

    expected = {entry.id for entry in entries if entry.until > SECOND and suits(entry)}
    assert set(answer(Index.of(entries), filters=Filters({}, asked))[0]) == expected


def test_all_words_must_be_there_and_counts_tell_the_same_story() -> None:
    entries = made(3, 400)
    index = Index.of(entries)
    ids, total = answer(index, "相談 将棋")
    words = {e.id for e in entries if e.until > SECOND and {"相談", "将棋"} <= _said(e, index)}
    assert set(ids) == words
    assert total == len(words)
    found = find(index, Question(ask("相談 将棋"), Filters({}), SECOND))
    for name in NAMES:
        assert found.counts.get(name, 0) == sum(name in e.terms for e in entries if e.id in words)


def _said(entry: Entry, index: Index) -> set[str]:
    at = index.columns.ids.tolist().index(entry.id.encode())
    return {word for word in WORDS if (f := index.find(_hash(word))) is not None and at in f[0]}


def _hash(word: str) -> int:
    return ask(word).chunks[0].groups[0][0]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.tuples(st.integers(0, 79), st.booleans()), max_size=25))
def test_the_order_depends_on_the_entries_and_not_on_their_history(seed: int, steps: list[tuple[int, bool]]) -> None:
    """Two processes with different histories, or two databases, show the same pages."""
    entries = {entry.id: entry for entry in made(seed, 80)}
    spare = made(seed + 1, 80)
    index = Index.of(entries.values(), names=NAMES)
    keys = sorted(entries)
    for at, leaves in steps:
        gone = [keys[at]] if leaves else []
        entries.pop(keys[at], None) if leaves else entries.update({spare[at].id: spare[at]})
        index = index.with_changes([] if leaves else [spare[at]], gone, index.generation + 1)
    rebuilt = Index.of(entries.values(), names=NAMES)
    near = Filters({"worry": ("1",)}, None, (34.9, 134.7), None)
    wish = unit(99)
    asked = Question(ask("だれかと話がしたくて"), near, SECOND, means=lambda: wish)
    assert index.ids(find(index, asked).ordinals) == rebuilt.ids(find(rebuilt, asked).ordinals)
    for text, filters in [
        ("相談", None),
        ("居場所 手芸", None),
        ("", near),
        ("介護で家賃が払えなくて", None),
        ("", None),
    ]:
        assert answer(index, text, filters) == answer(rebuilt, text, filters)
    counted = [find(i, Question(ask("相談"), Filters({}), SECOND)).counts for i in (index, rebuilt)]
    assert counted[0] == counted[1]


def test_what_is_equal_is_ordered_by_freshness_and_then_by_id() -> None:
    tokens = pack(weights({"name": "将棋の会"}))
    entries = [Entry(id=f"{n:036}", tokens=tokens, fresh=f) for n, f in [(3, 5), (1, 5), (2, 9)]]
    assert [int(key) for key in answer(Index.of(entries), "将棋")[0]] == [2, 1, 3]


def test_pages_follow_each_other() -> None:
    index = Index.of(made(5, 400))
    whole, total = answer(index, "相談")
    parts = [
        key
        for offset in range(0, total, 7)
        for key in index.ids(find(index, Question(
            ask("相談"), Filters({}), SECOND, fades_before=SECOND - 90 * 86400, offset=offset, limit=7)).ordinals)
    ]  # fmt: skip
    assert parts == whole


def test_a_snapshot_on_disk_answers_as_the_one_in_memory(tmp_path: Path) -> None:
    index = Index.of(made(6), 7, NAMES)
    files.save(index, tmp_path / "7")
    files.save(index, tmp_path / "7")  # another process was faster
    loaded = files.load(tmp_path / "7")
    assert loaded is not None
    assert loaded.generation == 7
    assert answer(loaded, "居場所 介護") == answer(index, "居場所 介護")
    changed = loaded.with_changes([made(7)[0]], [index.ids([0])[0]], 8)
    assert changed.living == index.living
    assert list(tmp_path.iterdir()) == [tmp_path / "7"]


def test_a_broken_snapshot_on_disk_is_no_snapshot(tmp_path: Path) -> None:
    files.save(Index.of(made(6)), tmp_path / "7")
    (tmp_path / "7" / "hashes.npy").write_bytes(b"broken")
    assert files.load(tmp_path / "7") is None
    assert files.load(tmp_path / "8") is None


def test_an_empty_directory_answers_nothing() -> None:
    assert answer(Index.of([]), "相談") == ([], 0)
    assert answer(Index.of([]), "さびしくて誰かと話したいです") == ([], 0)


def test_the_nearest_meaning_comes_first_even_when_it_is_far() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(30, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    entries = [
        Entry(id=f"{n:036}", tokens=pack({}), vector=row.astype(np.float16).tobytes()) for n, row in enumerate(rows)
    ]
    index = Index.of(entries)
    question = Question(ask("だれにも言えないことがあります"), Filters({}), SECOND, means=lambda: rows[17])
    assert index.ids(find(index, question).ordinals)[0] == f"{17:036}"
