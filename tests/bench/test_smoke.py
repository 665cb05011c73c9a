"""The benchmarks' own arithmetic: the same town each time, honest ratios, equal hit counts."""

import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bench import asking, load, pages, sides, town
from tsunagari.directory import finder, publishing
from tsunagari.directory.actions.seeding import seed
from tsunagari.directory.importing.command import import_file

ROOT = Path(__file__).resolve().parents[2]


def test_the_same_size_gives_the_same_rows_and_the_counts_that_are_claimed() -> None:
    first, second = list(town.rows(200, town.terms())), list(town.rows(200, town.terms()))
    assert first == second
    assert len([entity for entity, _ in first if entity != "attribute"]) == 6 * 200 + town.organizations(200)
    assert 6 * 20000 + town.organizations(20000) == 124_035


def test_a_noisy_round_stays_one_round() -> None:
    found = load.ratios([(200, 100), (300, 100), (10, 100)], [(4.0, 2.0), (4.0, 1.0), (1.0, 1.0)])
    assert found == {"ratio": 2.0, "cpu_ratio": 2.0}


def test_hit_counts_that_differ_end_the_benchmark() -> None:
    assert pages.agreeing([30, 25, 3], [30, 25, 1]) == "2 of 2"
    with pytest.raises(SystemExit):
        pages.agreeing([30, 25], [30, 26])


def test_two_hundred_queries_are_asked_and_none_names_a_place() -> None:
    queries = asking.words()
    assert len(queries) == 200
    assert len(set(queries)) > 150


@pytest.mark.django_db
def test_the_town_is_found_alike_by_us_and_by_full_text_search_over_the_same_words(tmp_path: Path) -> None:
    seed()
    town.write_package(300, tmp_path / "town.zip")
    assert zipfile.ZipFile(tmp_path / "town.zip").testzip() is None
    assert import_file("hsds", tmp_path / "town.zip") == 0
    publishing.refresh_all()
    sides.datasette(tmp_path / "town.db", list(sides.entries()))
    import sqlite3

    with sqlite3.connect(tmp_path / "town.db") as db:
        for query in ("食堂", "サロン", "家族", "仕事", "相談", "体操"):
            match = " ".join(asking.tokens(query))
            other = db.execute("SELECT count(*) FROM service_fts WHERE service_fts MATCH ?", (match,)).fetchone()[0]
            found = finder.search(finder.Query(q=query))
            assert found.exact == other, query
    db.close()


@pytest.mark.skipif(not shutil.which("wrk") or not importlib.util.find_spec("http.server"), reason="wrk not installed")
def test_load_is_counted_on_a_server_that_answers() -> None:
    def command(port: int) -> list[str]:
        return [
            sys.executable,
            "-m",
            "http.server",
            str(port),
            "--bind",
            "127.0.0.1",
            "--directory",
            str(ROOT / "bench"),
        ]

    with load.serving("files", command, "/") as server:
        found = load.run(server, ["/", "/town.py"], 1)
        assert found.per_second > 0
        assert found.cpu_ms > 0
        with pytest.raises(SystemExit):
            load.run(server, ["/absent"], 1)


def test_the_command_names_every_figure() -> None:
    done = subprocess.run(
        [sys.executable, "bench/run.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert all(name in done.stdout for name in ("B1a", "B2m", "B12"))
