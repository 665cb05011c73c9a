"""Recurring jobs run once for each time they are due, whoever is there to run them."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tsunagari.kernel import audit, timetable
from tsunagari.kernel.models import Delivery, Message, Slot
from tsunagari.kernel.timetable import Job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_channels")]
TOKYO = ZoneInfo("Asia/Tokyo")


def test_a_due_job_runs_once_however_many_workers_there_are(work_off: Callable[[], None]) -> None:
    runs: list[int] = []
    timetable._jobs.clear()
    timetable.every(hours=1)(lambda: runs.append(1))
    for worker in ("one", "two", "three"):
        timetable.turn(worker)
    work_off()
    assert len(runs) == 1
    Slot.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    timetable.turn("one")
    work_off()
    assert len(runs) == 2


def test_a_nightly_job_does_not_run_in_the_middle_of_the_first_day(work_off: Callable[[], None]) -> None:
    runs: list[int] = []
    timetable._jobs.clear()
    timetable.daily("03:40")(lambda: runs.append(1))
    timetable.turn("one")
    work_off()
    assert not runs
    Slot.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    timetable.turn("one")
    work_off()
    assert len(runs) == 1


@pytest.mark.parametrize(
    "now,due",
    [
        (datetime(2026, 11, 23, 3, 0, tzinfo=TOKYO), datetime(2026, 11, 23, 3, 40, tzinfo=TOKYO)),
        (datetime(2026, 11, 23, 3, 40, tzinfo=TOKYO), datetime(2026, 11, 24, 3, 40, tzinfo=TOKYO)),
        (datetime(2026, 11, 22, 18, 50, tzinfo=ZoneInfo("UTC")), datetime(2026, 11, 24, 3, 40, tzinfo=TOKYO)),
    ],
)
def test_a_daily_time_is_a_local_time(now: datetime, due: datetime) -> None:
    assert Job("x", timedelta(days=1), time(3, 40)).after(now) == due


def test_the_audit_is_signed_every_hour(work_off: Callable[[], None]) -> None:
    assert audit.latest_checkpoint() is None
    timetable.turn("one")
    work_off()
    assert audit.latest_checkpoint() is not None


def test_old_news_is_cleared_away_but_nothing_that_still_waits() -> None:
    long_ago = timezone.now() - timedelta(days=40)
    done, waiting = (Message.objects.create(event="a.b", at=long_ago) for _ in range(2))
    Delivery.objects.create(message=done, channel="x", next_at=long_ago, done_at=long_ago)
    Delivery.objects.create(message=waiting, channel="x", next_at=long_ago)
    timetable.clear_away()
    assert list(Message.objects.all()) == [waiting]
