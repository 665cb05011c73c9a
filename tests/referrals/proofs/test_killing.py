"""Processes die with -9 under writers, and fifty people press at once: nothing acknowledged is lost, nothing doubles.

Here 8 writers and 10 kills; 50 writers and 300 kills with PROVE=1 (`make prove`).
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.referrals.proofs.crowd import COUNT, FORM, Crowd
from tests.referrals.proofs.live import Browser, LiveTown, live_town

PROVE = os.environ.get("PROVE") == "1"
WRITERS = int(os.environ.get("PROVE_WRITERS", "50" if PROVE else "8"))
KILLS = int(os.environ.get("PROVE_KILLS", "300" if PROVE else "10"))
AT_ONCE = 50

pytestmark = pytest.mark.slow


def _own_database(url: str) -> str:
    """A database of its own on the test server."""
    name = f"crowd_{uuid4().hex[:8]}"
    subprocess.run(["psql", "-q", url, "-c", f"CREATE DATABASE {name}"], check=True)
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveTown]:
    """A live town on each database; PostgreSQL where a server was started for the tests."""
    url, running_on = os.environ.get("TEST_POSTGRES_URL", ""), os.environ.get("DATABASE_URL", "")
    if request.param == "postgres" and not url:
        pytest.skip("no PostgreSQL here: python tests/servers.py postgres")
    if (request.param == "postgres") != running_on.startswith("postgres"):
        pytest.skip("the pass over the other database shows it")
    folder: Path = tmp_path_factory.mktemp("live")
    with live_town(folder, _own_database(url) if request.param == "postgres" else "") as found:
        found.start("web")
        found.wait()
        yield found


def _count(town: LiveTown) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(town.script(COUNT).splitlines()[-1])
    return found


def _at_once(town: LiveTown, path: str, values: dict[str, str]) -> list[tuple[int, str, str]]:
    """Fifty people press the same button at the same moment."""
    gate, answers = threading.Barrier(AT_ONCE), []

    def press() -> None:
        browser = Browser(town, "miki", timeout=120)
        gate.wait()
        answers.append(browser.post_until_answered(path, values))

    threads = [threading.Thread(target=press) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_fifty_identical_submissions_make_one_slip_and_one_referral(town: LiveTown) -> None:
    town.ensure("web")  # the other proof of this file may have gone first, and stops what it started
    town.wait()
    before = _count(town)
    answers = _at_once(town, "/net/slips/additions/", {"key": uuid4().hex, **FORM})
    assert {(status, location) for status, location, _ in answers} == {(302, answers[0][1])}
    slip = answers[0][1].split("/")[3]
    answers = _at_once(town, f"/net/slips/{slip}/referrals/", {"receiver": town.places["npo-hidamari"]})
    assert {(status, location) for status, location, _ in answers} == {(302, answers[0][1])}
    after = _count(town)
    assert (after["slips"], after["referrals"]) == (before["slips"] + 1, before["referrals"] + 1)
    assert (after["twice"], after["told_twice"], after["steps_twice"]) == ([], [], 0)


def _kill_something(town: LiveTown, dice: random.Random) -> None:
    what = dice.choice(("child", "child", "worker", "worker", "web"))
    town.ensure("worker")
    town.ensure("web")
    if what == "child" and town.kill_one_child("web"):
        return
    town.kill("worker" if what == "worker" else "web")
    town.ensure("worker")
    town.ensure("web")


def _work_goes_on(crowd: Crowd) -> None:
    """Each blow falls while people are being answered, not while they wait for pages to come back."""
    before, end = sum(crowd.acknowledged.values()), time.monotonic() + 60
    while sum(crowd.acknowledged.values()) < before + crowd.size // 2 and time.monotonic() < end:
        time.sleep(0.05)


def test_nothing_acknowledged_is_lost_or_doubled_when_processes_are_killed(town: LiveTown) -> None:
    dice, crowd = random.Random(3), Crowd(town, WRITERS)
    crowd.start()
    try:
        for _ in range(KILLS):
            _work_goes_on(crowd)
            time.sleep(dice.uniform(0, 0.5))
            _kill_something(town, dice)
        town.ensure("web")
        town.wait()
    finally:
        crowd.stop()
        town.stop()
    # The dead are taken for dead after half a minute; then a last worker finishes what they left.
    time.sleep(31)
    for _ in range(3):
        assert town.command("worker", "--batch").returncode == 0
    _hold_against(crowd, _count(town))
    verdict = town.command("audit", "verify")
    assert verdict.returncode == 0, verdict.stdout
    print(f"\nkilled {KILLS} times under {WRITERS} writers: {dict(crowd.acknowledged)}", file=sys.__stderr__)


def _hold_against(crowd: Crowd, found: dict[str, Any]) -> None:
    """What people were told stands; nothing stands twice; nobody is without a name; all news arrived."""
    standing = {(event, about) for event, about in found["lines"]}
    lost = [act for writer in crowd.writers for act in writer.acknowledged if act not in standing]
    assert lost == []
    assert (found["twice"], found["told_twice"], found["steps_twice"], found["notices_twice"]) == ([], [], 0, 0)
    assert len(found["keys"]) == len(set(found["keys"]))
    assert found["pairs"] == found["referrals"]
    assert (found["nobody"], found["not_delivered"], found["without_news"]) == (0, 0, 0)
    assert crowd.acknowledged["referral.accepted"] > 0
