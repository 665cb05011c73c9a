"""Every figure of BENCH.md: `python bench/run.py [B1 B2 …] [--databases sqlite,postgres]`.

BENCH_SIZE services (20,000), BENCH_ROUNDS rounds (3) of BENCH_SECONDS (5); BENCH_QUICK=1: 2,000 services, 2 s.
BENCH_FOLDER keeps the SQLite towns for the next run.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import pages, referring, starts, steps, taking, towns  # noqa: E402

QUICK = os.environ.get("BENCH_QUICK") == "1"
SIZE = int(os.environ.get("BENCH_SIZE", "2000" if QUICK else "20000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "2" if QUICK else "5"))

Bench = Callable[[towns.Town, int, float], dict[str, Any]]
BENCHES: dict[str, Bench] = {
    "B1a": pages.words_against_datasette,
    "B1b": pages.words_against_hello,
    "B2": pages.composite_against_groonga,
    "B2m": pages.sentences_against_words,
    "B3": pages.record_against_datasette,
    "B4": pages.list_against_driver,
    "B7": referring.create_and_accept,
    "B8": steps.guide_rules,
    "B8page": steps.guide_page,
    "B10start": starts.start,
    "B10memory": starts.memory,
    "B10scaling": starts.scaling,
    "B11": taking.taking_in,
    "B12": pages.growth,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("benches", nargs="*", help=f"some of {', '.join(BENCHES)}; all without")
    parser.add_argument("--databases", default="sqlite,postgres")
    parser.add_argument("--out", type=Path, help="also as lines of JSON to this file")
    given = parser.parse_args()
    folder = Path(os.environ.get("BENCH_FOLDER") or tempfile.mkdtemp(prefix="tsunagari-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    prepare(folder)
    try:
        with towns.databases(given.databases.split(","), folder) as urls:
            for name, url in urls.items():
                measure(towns.build(SIZE, name, folder, url), given.benches, given.out)
    finally:
        if not os.environ.get("BENCH_FOLDER"):
            shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path) -> None:
    """This process reads towns too, through the ORM: it needs an own corner for keys."""
    os.environ.setdefault("TSUNAGARI_DATA", str(folder / "keys"))


def number(name: str) -> str:
    """B10memory → B10."""
    return name.rstrip("abcdefghijklmnopqrstuvwxyz")


def measure(town: towns.Town, wanted: list[str], out: Path | None) -> None:
    for name, bench in BENCHES.items():
        if wanted and name not in wanted and number(name) not in wanted:
            continue
        found = bench(town, ROUNDS, SECONDS)
        line = json.dumps(
            {"bench": name, "database": town.database, "services": town.size, **found}, ensure_ascii=False
        )
        print(line, flush=True)
        if out:
            with out.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


if __name__ == "__main__":
    main()
