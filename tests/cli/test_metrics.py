"""`tsunagari metrics` says every measure of any network, from two lists."""

import json
from pathlib import Path

import pytest

from tests.network.metrics.worked import ARCS, SECTORS
from tsunagari.cli import main


@pytest.fixture
def lists(tmp_path: Path) -> tuple[str, str]:
    edges, members = tmp_path / "edges.csv", tmp_path / "members.csv"
    edges.write_text("source,target\n" + "".join(f"{a},{b}\n" for a, b in [*ARCS, ("A", "A"), ("A", "Z")]), "utf-8-sig")
    members.write_text("id,sector\n" + "".join(f"{one},{sector}\n" for one, sector in SECTORS.items()), "utf-8")
    return str(edges), str(members)


def test_the_worked_network_from_two_lists(lists: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["metrics", *lists, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["density"]["any"] == pytest.approx(0.2444, abs=5e-5)
    assert found["without_host"]["hosts"] == ["A"]
    assert found["constraint"]["J"] is None


def test_the_wave_before_shows_what_changed(lists: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["metrics", *lists, "--before", lists[0], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["change"]["jaccard"] == 1


def test_a_list_without_its_columns_is_refused(lists: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["metrics", lists[1], lists[0], "--json"]) == 2
    assert "no column id, sector" in capsys.readouterr().err
