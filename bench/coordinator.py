"""The coordinator's page over 100,000 referrals against the same page over 1,000: `python bench/coordinator.py`.

Both towns run at once, each in a process and a database of its own, and are asked in turn, so that a noisy machine is
noisy for both. Prints one line of JSON a database with the ratio of the medians of every view; 3 is the limit.
Options: --databases sqlite,postgres --small 1000 --large 100000 --rounds 15
"""

import argparse
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PAGES = {
    "late": "/net/town/",
    "one_place": "/net/town/?place={place}",
    "climbed": "/net/town/?view=climbed",
    "refused": "/net/town/?view=refused",
    "open": "/net/town/?view=open",
    "tenth": "/net/town/?page=10",
}
OPEN, LATE, AT_THE_TOWN, PROTECTED = 0.4, 0.12, 0.1, 0.02  # shares: of all, of the open, of the late, of all
DONE = ("declined", "ended", "still_going", "withdrawn")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", default="sqlite,postgres")
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child)
        return
    with tempfile.TemporaryDirectory(prefix="tsunagari-bench-") as name:
        for database in given.databases.split(","):
            found = compare(database, Path(name) / database, given)
            print(json.dumps({"bench": "coordinator", "database": database, **found}), flush=True)


def compare(database: str, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Both towns, asked in turn."""
    folder.mkdir()
    folder.chmod(0o755)
    folder.parent.chmod(0o755)
    with contextlib.ExitStack() as stack:
        addresses = stack.enter_context(_addresses(database, folder))
        towns = [
            stack.enter_context(_town(size, folder / label, addresses[label]))
            for label, size in (("small", given.small), ("large", given.large))
        ]
        rounds = [[_ask(town) for town in towns] for _ in range(given.rounds)]
    found = {}
    for page in PAGES:
        small, large = (statistics.median(one[side][page] for one in rounds) for side in (0, 1))
        found[page] = {"small_ms": round(small, 1), "large_ms": round(large, 1), "ratio": round(large / small, 2)}
    return {
        "small": given.small,
        "large": given.large,
        "pages": found,
        "worst": max(f["ratio"] for f in found.values()),
    }


@contextlib.contextmanager
def _addresses(database: str, folder: Path) -> Iterator[dict[str, str]]:
    if database == "sqlite":
        yield {"small": "", "large": ""}
        return
    import psycopg

    from tests.servers import postgres

    with postgres(folder) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            for label in ("small", "large"):
                connection.execute(f"CREATE DATABASE {label}")
        yield {label: url.rpartition("/")[0] + f"/{label}" for label in ("small", "large")}


@contextlib.contextmanager
def _town(size: int, folder: Path, url: str) -> Iterator["subprocess.Popen[str]"]:
    folder.mkdir()
    environment = {**os.environ, "TSUNAGARI_DATA": str(folder), **({"DATABASE_URL": url} if url else {})}
    command = [sys.executable, __file__, "--child", str(size)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "ready\n", "the town could not be built"
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _ask(town: "subprocess.Popen[str]") -> dict[str, float]:
    assert town.stdin
    assert town.stdout
    town.stdin.write("go\n")
    town.stdin.flush()
    found: dict[str, float] = json.loads(town.stdout.readline())
    return found


# --- inside one town ----------------------------------------------------------------------------------------------


def child(size: int) -> None:
    """Build the town, then time every view once for each line that comes in."""
    from tsunagari.cli import django_ready

    django_ready()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    client, place = build(size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    pages = {name: path.format(place=place) for name, path in PAGES.items()}
    for path in [*pages.values()] * 2:
        assert client.get(path).status_code == 200, path
    print("ready", flush=True)
    for _line in sys.stdin:
        print(json.dumps({name: _milliseconds(client, path) for name, path in pages.items()}), flush=True)


def _milliseconds(client: Any, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200
    return (time.perf_counter() - begun) * 1000


def build(size: int) -> tuple[Any, uuid.UUID]:
    """A town of this many referrals, the same each time; the coordinator's browser, and an organisation with many."""
    from tests.cast import make
    from tsunagari.directory.models import Organization
    from tsunagari.network.models import Member

    cast, chance = make(), random.Random(7)
    places = [Organization(name=f"団体{n}（架空）", uri=f"https://example.jp/id/bench{n}") for n in range(40)]
    Organization.objects.bulk_create(places)
    Member.objects.bulk_create([Member(organization=one) for one in places])
    people = [cast.account(name).pk for name in ("miki", "yumesaki", "saeki", "oshio", "shosha")]
    for start in range(0, size, 5000):
        _some(min(5000, size - start), chance, cast, places, people)
    return cast.client("miki"), places[0].pk


def _some(count: int, chance: random.Random, cast: Any, places: list[Any], people: list[uuid.UUID]) -> None:
    import datetime as dt

    from django.utils import timezone

    from tsunagari.referrals.models import Referral, Slip, Step, UnmetNeed, Wipe

    now, today, sender = timezone.now(), timezone.localdate(), cast.organization("city-welfare")
    slips, referrals, steps, wipes, needs = [], [], [], [], []
    for _ in range(count):
        running, receiver = chance.random() < OPEN, chance.choice(places)
        late = running and chance.random() < LATE
        up = late and chance.random() < AT_THE_TOWN
        day = today + dt.timedelta(days=-chance.randint(1, 60) if late else chance.randint(0, 90))
        held = {"holder_id": people[0] if up else chance.choice(people), "held_for": None if up else receiver.pk,
                "promised_on": day, "due_on": max(day, today), "climbed": 3 if up else int(late)}  # fmt: skip
        state = chance.choice(("asked", "sent", "accepted", "met", "came")) if running else chance.choice(DONE)
        guarded = {"protected_at": now, "protected_by": people[0]} if chance.random() < PROTECTED else {}
        said = now - dt.timedelta(days=chance.randint(0, 900))
        slip = Slip(
            sender=sender, category="talk_partner", area="飾磨", age_band="senior", wish=chance.randbytes(160),
            name=chance.randbytes(60), state="open" if running else "closed", receipt_hash=uuid.uuid4().hex,
            idempotency_key=uuid.uuid4().hex, made_at=said, made_by=people[0], **guarded,
            **({**held, "held_for": sender.pk} if running else
               {"ending": "tied", "closed_at": now, "closed_by": people[0]}),
        )  # fmt: skip
        referral = Referral(
            slip=slip, sender=sender, receiver=receiver, state=state, idempotency_key=uuid.uuid4().hex, made_at=said,
            made_by=people[0], cared_by=people[3], reason="no_room" if state == "declined" else "",
            ending="goal" if state == "ended" else "", **(held if running else {}),
        )  # fmt: skip
        slips.append(slip)
        referrals.append(referral)
        steps += [Step(referral=referral, state=one, at=said, by=people[0]) for one in {"drafted", "asked", state}]
        if state in ("ended", "withdrawn"):
            wipes.append(Wipe(referral=referral, asked_at=said, answer="deleted", answered_at=said))
        if state == "declined":
            needs.append(UnmetNeed(category="talk_partner", area=chance.choice("飾網広白"), age_band="senior",
                                   daypart="any", why="declined", month=said.date().replace(day=1)))  # fmt: skip
    for model, rows in ((Slip, slips), (Referral, referrals), (Step, steps), (Wipe, wipes), (UnmetNeed, needs)):
        model._default_manager.bulk_create(rows, batch_size=1000)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
