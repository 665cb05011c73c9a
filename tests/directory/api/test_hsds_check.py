"""The specification's own checker finds nothing to say: on the demo town, and on lists a city published."""

import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared"
TOOL = SHARED / "tools" / "hsds_check.py"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not TOOL.exists(), reason="../shared with the HSDS schemas is absent"),
]


def check(live_server) -> str:
    command = [sys.executable, str(TOOL), f"{live_server.url}/hsds", "--spec", ".", "--all", "--pages", "6"]
    done = subprocess.run(command, cwd=SHARED / "data" / "hsds", capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_demo_town_is_hsds(live_server):
    from tsunagari.directory import demo

    demo.load()
    assert "0 errors, 0 warnings" in check(live_server)


def test_imported_lists_are_hsds(live_server):
    from tsunagari.directory.actions.seeding import seed
    from tsunagari.directory.importing.command import import_file

    seed()
    for name in ("library.xlsx", "group_home.xlsx", "childrens_hall.cp932.csv", "elderly_welfare_facility.csv"):
        assert import_file("places", SHARED / "data" / "takamatsu" / name) in (0, 1)
    assert import_file("activities", SHARED / "data" / "takamatsu" / "events.xlsx") in (0, 1)
    assert "0 errors, 0 warnings" in check(live_server)
