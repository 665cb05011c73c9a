"""The engine alone: word query and composite query with counts, against SQLite FTS5 bm25 in the same run.

    python bench/engine.py [--sizes 5000,20000,50000] [--rounds 5]

Both sides hold the same entries and the same tokens. FTS5 answers the twenty best ids (and, in the composite query,
filters by columns of an ordinary table with one count per filter value); ours answers ids, total and all counts.
"""

import argparse
import json
import random
import sqlite3
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tsunagari.directory.search import words as w
from tsunagari.directory.search.asking import ask
from tsunagari.directory.search.entries import Entry, pack, weights
from tsunagari.directory.search.filters import Filters
from tsunagari.directory.search.finding import Question, find
from tsunagari.directory.search.index import Index
from tsunagari.directory.search.moments import TOKYO, moment

TOPICS = (
    "相談 居場所 こども食堂 将棋 囲碁 手芸 体操 散歩 料理 家計 家賃 介護 子育て 不登校 引きこもり 就労 "
    "学習支援 日本語 音楽 合唱 園芸 畑 読書 図書 認知症 見守り 配食 傾聴 電話 訪問 法律 多重債務 障害 "
    "難病 女性 若者 高齢者 外国人 通訳 カフェ サロン 健康 医療 精神 孤独 孤立 食料 寄付 ボランティア 移動 "
    "買い物 防災 ペット 映画 写真 卓球 ヨガ 書道 茶道"
).split()
FILLER = (
    "どなたでも お気軽に お越しください 予約 不要 参加費 無料 毎週 開催 地域 住民 交流 支え合い 初めて 方 "
    "歓迎 スタッフ 一緒 過ごす 時間 公民館 集会所 会館 駅 近く 駐車場 案内 問い合わせ 担当 対応 悩み "
    "困りごと 安心 秘密 守る 家族 本人 友人"
).split()
AREAS = [f"area:{n}" for n in range(40)]
WORRIES = [f"worry:{n}" for n in range(16)]
CATEGORIES = [f"category:{n}" for n in range(56)]
FEATURES = [f"feature:{n}" for n in range(24)]
NOW = datetime(2026, 11, 24, 14, 10, tzinfo=TOKYO)


def texts(rng: random.Random) -> tuple[str, str, str]:
    topics = [TOPICS[min(int(rng.paretovariate(0.7)) - 1, len(TOPICS) - 1)] for _ in range(6)]
    where = rng.choice("東西南北中央山海川") + rng.choice("町里丘浜原田")
    name = where + topics[0] + rng.choice(["の会", "広場", "教室", "サロン"])
    summary = "、".join(topics[1:4]) + "の" + "".join(rng.sample(FILLER, 4))
    body = "。".join("".join(rng.sample(FILLER, 5)) + rng.choice(topics) for _ in range(5))
    return name, summary, body


def generated(count: int, seed: int = 1) -> tuple[list[Entry], list[tuple[str, str, str]]]:
    rng = random.Random(seed)
    entries, sources = [], []
    for _ in range(count):
        fields = texts(rng)
        tokens = weights(dict(zip(("name", "summary", "body"), fields, strict=True)))
        terms = (
            rng.choice(AREAS), *rng.sample(WORRIES, 2), rng.choice(CATEGORIES), *rng.sample(FEATURES, 5),
            f"kind:{rng.choice(['place', 'service', 'activity'])}",
        )  # fmt: skip
        first, length = rng.randrange(8, 14), rng.randrange(2, 9)
        week = sum(1 << (day * 24 + hour) for day in rng.sample(range(7), 4) for hour in range(first, first + length))
        entries.append(
            Entry(
                id=str(uuid.UUID(int=rng.getrandbits(128))),
                tokens=pack(tokens, terms),
                terms=terms,
                points=((34.7 + rng.random() * 0.3, 134.5 + rng.random() * 0.4),),
                week=week.to_bytes(21, "little"),
                fresh=1_790_000_000 + rng.randrange(86_400 * 60),
                spoken=(fields[0],),
            )
        )
        sources.append(fields)
    return entries, sources


def fts(entries: list[Entry], sources: list[tuple[str, str, str]]) -> sqlite3.Connection:
    """The same tokens in FTS5 (DESIGN §6's first proposal) and the filters in an ordinary table."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(name, summary, body, tokenize='unicode61')")
    db.execute("CREATE TABLE e(id INTEGER PRIMARY KEY, uuid, area, worry, category, week BLOB, lat REAL, lon REAL)")
    for at, (entry, fields) in enumerate(zip(entries, sources, strict=True), 1):
        spaced = [" ".join(_name(t) for t in w.text_tokens(text, with_readings=False)) for text in fields]
        db.execute("INSERT INTO f(rowid, name, summary, body) VALUES (?,?,?,?)", (at, *spaced))
        area, worry = entry.terms[0], ",".join(entry.terms[1:3])
        db.execute("INSERT INTO e VALUES (?,?,?,?,?,?,?,?)",
                   (at, entry.id, area, worry, entry.terms[3], entry.week, *entry.points[0]))  # fmt: skip
    db.execute("INSERT INTO f(f) VALUES ('optimize')")
    return db


def _name(token: str) -> str:
    """A token as letters that FTS5's own tokenizer leaves alone."""
    return f"x{w.hashed(token):x}"


def _match(query: str) -> str:
    groups = [group[0] for chunk in ask(query).chunks for group in chunk.groups]
    return " AND ".join(f"x{token:x}" for token in groups)


def fts_words(db: sqlite3.Connection, query: str) -> int:
    """Twenty best and how many there are: what a page of results shows."""
    match = _match(query)
    db.execute("SELECT rowid FROM f WHERE f MATCH ? ORDER BY bm25(f,10,3,1) LIMIT 20", (match,)).fetchall()
    return int(db.execute("SELECT count(*) FROM f WHERE f MATCH ?", (match,)).fetchone()[0])


def fts_composite(db: sqlite3.Connection, query: str, areas: tuple[str, ...], worry: str) -> int:
    match = _match(query)
    where = (
        f"FROM f JOIN e ON e.id=f.rowid WHERE f MATCH ? AND e.area IN ({','.join('?' * len(areas))}) "
        "AND e.worry LIKE ? "  # the opening hour is left out in FTS5's favour: it would need one more table
        "AND e.lat BETWEEN 34.75 AND 34.95 AND e.lon BETWEEN 134.55 AND 134.85"
    )
    values = (match, *areas, f"%{worry}%")
    db.execute(f"SELECT e.uuid {where} ORDER BY bm25(f,10,3,1) LIMIT 20", values).fetchall()
    total = 0
    for column in ("area", "worry", "category"):
        total += len(db.execute(f"SELECT e.{column}, count(*) {where} GROUP BY 1", values).fetchall())
    return total


def ours(index: Index, query: str, filters: Filters) -> int:
    return find(index, Question(ask(query), filters, int(NOW.timestamp()), fades_before=1_700_000_000)).exact


def timed(work: Callable[[str], int], queries: list[str]) -> float:
    """Milliseconds a query."""
    start = time.perf_counter()
    for query in queries:
        work(query)
    return (time.perf_counter() - start) / len(queries) * 1000


def rounds(
    count: int, mine: Callable[[str], int], theirs: Callable[[str], int], queries: list[str]
) -> dict[str, float]:
    """In turn, so that a noisy neighbour hits both; the median of the rounds' ratios."""
    pairs = [(timed(mine, queries), timed(theirs, queries)) for _ in range(count)]
    return {
        "ours_ms": round(statistics.median(a for a, _ in pairs), 3),
        "fts5_ms": round(statistics.median(b for _, b in pairs), 3),
        "ratio": round(statistics.median(b / a for a, b in pairs), 1),
    }


def measure(size: int, count: int) -> dict[str, object]:
    entries, sources = generated(size)
    start = time.perf_counter()
    index = Index.of(entries)
    built = time.perf_counter() - start
    index.sieve, index.places  # noqa: B018  as after the first query
    db = fts(entries, sources)
    rng = random.Random(5)
    queries = [rng.choice(TOPICS[:40]) for _ in range(50)]
    queries += [f"{rng.choice(TOPICS[:12])} {rng.choice(FILLER)}" for _ in range(50)]
    queries = [q for q in queries if min(ours(index, q, Filters({})), fts_words(db, q)) >= 20]
    agree = sum(ours(index, q, Filters({})) == fts_words(db, q) for q in queries[:40])
    areas = ("0", "1", "2", "3")
    filters = Filters({"area": areas, "worry": ("3",)}, moment("tue-14", NOW), (34.85, 134.7), 15.0)
    return {
        "entries": size,
        "build_s": round(built, 2),
        "tokens": len(index.base.ordinals),
        "same_hit_counts": f"{agree}/40",
        "words": rounds(count, lambda q: ours(index, q, Filters({})), lambda q: fts_words(db, q), queries),
        "composite": rounds(
            count,
            lambda q: ours(index, q, filters),
            lambda q: fts_composite(db, q, tuple(f"area:{a}" for a in areas), "worry:3"),
            queries,
        ),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="5000,20000,50000")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    for size in given.sizes.split(","):
        print(json.dumps(measure(int(size), given.rounds), ensure_ascii=False))
