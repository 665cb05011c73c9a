"""Taking a whole town in, with checks, index and documents, against PostgreSQL's COPY of the same rows."""

import statistics
import time
from typing import Any

from bench import towns
from bench.towns import Town

Found = dict[str, Any]
_TABLES = ("organization", "service", "location", "serviceatlocation", "address", "phone", "schedule", "attribute")


def taking_in(town: Town, rounds: int, seconds: float) -> Found:
    """B11. `tsunagari import hsds` against COPY into the same tables with the same keys and indexes."""
    if town.database != "postgres":
        return {"seconds": round(town.taken, 1), "cpu_s": round(town.cpu, 1), "compared": "on PostgreSQL"}
    copied = [_copied(town.environment["DATABASE_URL"]) for _ in range(rounds)]
    copy = statistics.median(one for one, _ in copied)
    return {
        "rows": copied[0][1],
        "import_s": round(town.taken, 1),
        "import_cpu_s": round(town.cpu, 1),
        "copy_s": round(copy, 2),
        "times_as_long": round(town.taken / copy, 1),
    }


def _copied(url: str) -> tuple[float, int]:
    """Seconds to COPY the town's rows into a second, empty town."""
    import psycopg

    second = f"{url.rpartition('/')[0]}/second"
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("DROP DATABASE IF EXISTS second")
        db.execute("CREATE DATABASE second")
        names = {table: _names(db, table) for table in _TABLES}
        texts = {table: _text(db, table, names[table]) for table in _TABLES}
    towns.empty({"DATABASE_URL": second})
    with psycopg.connect(second) as db:
        start = time.perf_counter()
        for table, text in texts.items():
            with db.cursor().copy(f"COPY directory_{table} ({names[table]}) FROM STDIN") as copy:
                copy.write(text)
        db.commit()
        spent = time.perf_counter() - start
    return spent, sum(text.count(b"\n") for text in texts.values())


def _names(db: Any, table: str) -> str:
    columns = db.execute(f"SELECT * FROM directory_{table} LIMIT 0").description
    return ", ".join(f'"{column.name}"' for column in columns)


def _text(db: Any, table: str, names: str) -> bytes:
    with db.cursor().copy(f"COPY directory_{table} ({names}) TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)
