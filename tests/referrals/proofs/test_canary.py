"""A name is typed into every text field of the warm handover; no byte that is kept says it."""

import json
import os
import subprocess
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import Cast
from tests.referrals.conftest import PLAIN
from tests.referrals.proofs import canary
from tests.referrals.proofs.live import Browser, LiveTown, live_town
from tsunagari.kernel.models import AuditLine, Message
from tsunagari.referrals.actions import slips
from tsunagari.referrals.terms import Item

pytestmark = pytest.mark.slow
NAME = canary.NAME
WORDS = {item.value: f"{NAME}の{item.value}" for item in Item}

# Areas are a list of the town's, since they stand in clear: it must know one, as every town with entries does.
_AREA = """
import django; django.setup()
from tsunagari.directory.models import Location, Organization
Location.objects.create(organization=Organization.objects.first(), name="公民館（架空）", area="飾磨")
"""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[tuple[LiveTown, Path]]:
    """A live town on the database of this pass, with worker, mail and, where there is one, a real cache."""
    url = os.environ.get("TEST_POSTGRES_URL", "") if connection.vendor == "postgresql" else ""
    if url:
        name = f"canary_{uuid4().hex[:8]}"
        subprocess.run(["psql", "-q", url, "-c", f"CREATE DATABASE {name}"], check=True)
        url = urlsplit(url)._replace(path=f"/{name}").geturl()
    with live_town(tmp_path, url) as found:
        if cache := os.environ.get("TEST_REDIS_URL", ""):
            found.environment["CACHE_URL"] = cache
        found.script(_AREA)
        found.start("web")
        found.start("worker")
        found.wait()
        yield found, tmp_path


def _type_it_everywhere(town: LiveTown) -> None:
    """Through the pages, as staff do; also where it must be refused, in addresses, and in a form with a mistake."""
    miki, oshio, place = Browser(town, "miki", 90), Browser(town, "oshio", 90), town.places["npo-hidamari"]
    usual = {"sure": "1", **WORDS, "worry": "", "follow_way": "phone"}
    assert miki.post("/net/slips/additions/", {**usual, "key": uuid4().hex, "area": NAME})[0] == 422
    assert miki.post("/net/slips/additions/", {"key": uuid4().hex, "name": NAME})[0] == 422  # the wish is missing
    status, where, text = miki.post("/net/slips/additions/", {**usual, "key": uuid4().hex, "area": "飾磨"})
    assert status == 302, text[:2000]
    slip = where.split("/")[3]
    miki.post("/net/slips/additions/", {**usual, "key": uuid4().hex, "sure": ""})  # who is like her is asked about
    assert NAME in miki.get(f"/net/slips/{slip}/")[2]
    miki.get("/net/slips/?q=" + canary.spellings()["percent"].decode())
    assert miki.post(f"/net/slips/{slip}/edit/", {**usual, "area": "飾磨", "version": "1"})[0] == 302
    assert (
        miki.post(f"/net/slips/{slip}/edit/", {**usual, "wish": f"{NAME}！", "area": "飾磨", "version": "1"})[0] == 409
    )
    miki.post(f"/net/slips/{slip}/naming/", {"name": NAME, "contact": NAME})
    referral = miki.post(f"/net/slips/{slip}/referrals/", {"receiver": place})[1].split("/")[3]
    cells = {f"{item}-{purpose}": "yes" for item in Item for purpose in ("arrange", "follow_up")}
    oshio.post(f"/net/referrals/{referral}/room/", {"room": "has_room", "left": NAME})
    oshio.post(f"/net/referrals/{referral}/room/", {"room": "has_room"})
    miki.post(f"/net/slips/{slip}/consents/{place}/answers/", {"how": NAME, "until": "3", **cells})
    assert miki.post(f"/net/referrals/{referral}/sending/", {})[0] == 302
    assert NAME in oshio.get(f"/net/referrals/{referral}/sheet/")[2]
    oshio.post(f"/net/referrals/{referral}/refusal/", {"reason": NAME})
    assert oshio.post(f"/net/referrals/{referral}/acceptance/", {})[0] == 302
    when = {"on": (date.today() + timedelta(days=2)).isoformat(), "time": "10:00"}
    status, meeting, text = oshio.post(
        f"/net/referrals/{referral}/meetings/", {**when, "where": f"{NAME}の家", "companion": NAME}
    )
    assert status == 302, text[:2000]
    assert (
        oshio.post(f"{meeting.split('?')[0]}telling/", {"mood": "good", "sentence": f"{NAME}さんは笑っていた"})[0]
        == 302
    )
    oshio.post(f"/net/referrals/{referral}/attempts/", {"way": NAME, "key": "one"})
    miki.post(f"/net/referrals/{referral}/ending/", {"ending": NAME})
    assert miki.post(f"/net/referrals/{referral}/ending/", {"ending": "wish"})[0] == 302


def test_no_byte_that_is_kept_says_the_name(town: tuple[LiveTown, Path]) -> None:
    living, folder = town
    _type_it_everywhere(living)
    assert living.command("worker", "--batch").returncode == 0
    kept = [folder / "static"]
    assert canary.found_under(folder, *kept) == {}  # database, its log, keys, logs, mail, temporary files: as it runs
    done = living.command("backup", str(folder / "backup"))
    assert done.returncode == 0, done.stderr
    living.stop()
    assert canary.found_under(folder, *kept) == {}
    for dumped in _dumps(living):
        assert canary.found_in(dumped) == []
    looked = {path.name for path in folder.rglob("*") if path.is_file()}
    assert {"web.log", "worker.log"} <= looked


def _dumps(town: LiveTown) -> Iterator[bytes]:
    """What the servers beside would give away: the whole database, the whole cache."""
    if url := town.environment.get("DATABASE_URL", ""):
        words = ["pg_dump", "--inserts", "--enable-row-security", "--dbname", url]
        dumped = subprocess.run(words, check=True, capture_output=True).stdout
        assert b"INSERT INTO public.referrals_slip " in dumped  # it holds the rows, not only the tables
        yield dumped
    if cache := town.environment.get("CACHE_URL", ""):
        import redis

        with redis.Redis.from_url(cache) as server:
            for key in server.scan_iter():
                yield key
                yield server.dump(key) or b""


def test_sessions_lines_and_messages_hold_ids_only(cast: Cast) -> None:
    miki = cast.actor("miki")
    slip = slips.begin(cast.organization("city-welfare"), plain=PLAIN, texts=WORDS, key="k", by=miki)
    slips.edit(slip, plain={}, texts={Item.WISH: NAME}, version=1, by=miki)
    client = cast.client("miki")
    client.get(f"/net/slips/{slip.pk}/")
    kept = [client.session.items(), list(AuditLine.objects.values()), list(Message.objects.values())]
    assert canary.found_in(json.dumps(kept, default=str, ensure_ascii=False).encode()) == []


def test_the_search_would_find_it_in_every_spelling() -> None:
    for how, spelt in canary.spellings().items():
        assert how in canary.found_in(b"xx" + spelt + b"yy")
    assert "utf-8" in canary.found_in(b"head" + zlib.compress(f"a{NAME}".encode()))
