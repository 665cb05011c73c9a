"""The same entries in the other engines: a SQLite file for datasette, a database for groonga."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROWS = dict[str, Any]


def entries() -> Iterator[ROWS]:
    """Every entry as the finder holds it: its words as tokens, its terms, hours and place."""
    from tsunagari.directory.models import FinderEntry
    from tsunagari.directory.search.entries import unpack

    fields = ("service_id", "service__name", "service__description", "service__url", "service__eligibility_description")
    more = ("service__fees_description", "tokens", "columns", "card")
    for row in FinderEntry.objects.order_by("pk").values_list(*fields, *more).iterator(chunk_size=1000):
        pk, name, description, url, eligibility, fees, blob, columns, card = row
        week = int.from_bytes(bytes.fromhex(columns["week"]), "little")
        yield {
            "id": str(pk), "name": name, "description": description, "url": url, "eligibility": eligibility,
            "fees": fees, "words": " ".join(f"x{token:x}" for token in unpack(bytes(blob))[0].tolist()),
            "terms": columns["terms"], "hours": [hour for hour in range(168) if week >> hour & 1],
            "point": columns["points"][0] if columns["points"] else None, "area": card["area"] or card["where"],
        }  # fmt: skip


def datasette(file: Path, rows: list[ROWS]) -> None:
    """One row a service as its table has it, and FTS5 over the tokens we search by."""
    with sqlite3.connect(file) as db:
        columns = ("id", "name", "description", "url", "eligibility", "fees", "area", "words")
        db.execute(f"CREATE TABLE service ({', '.join(columns)}, PRIMARY KEY (id))")
        values = ([row[name] for name in columns] for row in rows)
        db.executemany(f"INSERT INTO service VALUES ({','.join('?' * len(columns))})", values)
        db.execute('CREATE VIRTUAL TABLE service_fts USING fts5(words, content="service", tokenize="unicode61")')
        db.execute("INSERT INTO service_fts(rowid, words) SELECT rowid, words FROM service")
        db.execute("INSERT INTO service_fts(service_fts) VALUES ('optimize')")
    db.close()


_SCHEMA = """
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenDelimit
table_create Tags TABLE_HASH_KEY ShortText
table_create Kinds TABLE_HASH_KEY ShortText
table_create Hours TABLE_HASH_KEY UInt8
table_create Points TABLE_PAT_KEY WGS84GeoPoint
table_create Service TABLE_HASH_KEY ShortText
column_create Service name COLUMN_SCALAR ShortText
column_create Service description COLUMN_SCALAR Text
column_create Service area COLUMN_SCALAR ShortText
column_create Service words COLUMN_SCALAR Text
column_create Service category COLUMN_VECTOR Tags
column_create Service worry COLUMN_VECTOR Tags
column_create Service audience COLUMN_VECTOR Tags
column_create Service feature COLUMN_VECTOR Tags
column_create Service kind COLUMN_VECTOR Tags
column_create Service hours COLUMN_VECTOR Hours
column_create Service point COLUMN_SCALAR WGS84GeoPoint
column_create Terms by_words COLUMN_INDEX|WITH_POSITION Service words
column_create Tags by_category COLUMN_INDEX Service category
column_create Tags by_worry COLUMN_INDEX Service worry
column_create Hours by_hours COLUMN_INDEX Service hours
column_create Points by_point COLUMN_INDEX Service point
"""


def groonga(file: Path, rows: list[ROWS]) -> None:
    """The same columns, each filter with an index of its own."""
    load = [{"_key": row["id"], **_columns(row)} for row in rows]
    script = _SCHEMA.strip() + "\nload --table Service\n" + json.dumps(load, ensure_ascii=False) + "\n"
    done = subprocess.run(["groonga", "-n", str(file)], input=script, text=True, capture_output=True, check=True).stdout
    if str(len(rows)) not in done.splitlines()[-1]:
        raise SystemExit(f"groonga did not take all rows: {done[-500:]}")


def _columns(row: ROWS) -> ROWS:
    named: ROWS = {name: row[name] for name in ("name", "description", "area", "words", "hours")}
    for taxonomy in ("category", "worry", "audience", "feature", "kind"):
        named[taxonomy] = [term.partition(":")[2] for term in row["terms"] if term.startswith(f"{taxonomy}:")]
    if row["point"]:
        named["point"] = f"{row['point'][0]}x{row['point'][1]}"
    return named
