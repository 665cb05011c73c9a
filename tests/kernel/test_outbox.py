"""News is neither lost nor told twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tsunagari.kernel import outbox, timetable
from tsunagari.kernel.access import PUBLIC, Actor
from tsunagari.kernel.models import Delivery, Message, Slot
from tsunagari.kernel.outbox import Event, announce, reacts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_channels")]
SOMEBODY = Actor(account_id=uuid4())


def _make_due() -> None:
    """Time passes: everything that was put off is due now."""
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def test_everyone_who_subscribed_hears_once(work_off: Callable[[], None]) -> None:
    heard: list[tuple[str, Event]] = []
    reacts("case.closed")(lambda event: heard.append(("one", event)))

    @reacts("case.closed", outside=True)
    def other(event: Event) -> None:
        heard.append(("two", event))

    slot = Slot.objects.create(name="s", next_at=timezone.now())
    announce("case.closed", by=SOMEBODY, about=slot, step=3)
    work_off()
    work_off()
    assert sorted(name for name, _ in heard) == ["one", "two"]
    event = heard[0][1]
    assert (event.name, event.actor_id, event.about_model, event.about_id, event.ids) == (
        "case.closed",
        SOMEBODY.account_id,
        "kernel.slot",
        "s",
        {"step": 3},
    )


def test_an_act_that_was_undone_is_not_announced(work_off: Callable[[], None]) -> None:
    heard: list[Event] = []
    reacts("case.closed")(heard.append)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce("case.closed", by=PUBLIC)
        raise ZeroDivisionError
    work_off()
    assert not heard
    assert not Message.objects.exists()


def test_a_message_holds_ids_and_no_text() -> None:
    with pytest.raises(ValueError, match="ids and field names"):
        announce("case.closed", by=PUBLIC, words="さびしい")


def test_a_failed_delivery_is_tried_again_later_and_each_time_later(work_off: Callable[[], None]) -> None:
    tries: list[int] = []

    @reacts("case.closed", outside=True)
    def server_that_comes_back(event: Event) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise ConnectionError("hanako@example.jp was refused")

    announce("case.closed", by=PUBLIC)
    work_off()
    first = Delivery.objects.get()
    wait = first.next_at - timezone.now()
    assert (first.attempts, first.last_error, first.done_at) == (1, "builtins.ConnectionError", None)
    work_off()
    assert len(tries) == 1, "not before its time"
    _make_due()
    work_off()
    assert Delivery.objects.get().next_at - timezone.now() > wait
    _make_due()
    work_off()
    assert Delivery.objects.get().done_at is not None
    assert len(tries) == 3


def test_after_the_last_attempt_a_human_must_look_and_may_try_again(work_off: Callable[[], None]) -> None:
    broken = [True]

    @reacts("case.closed", outside=True)
    def server(event: Event) -> None:
        if broken:
            raise ConnectionError

    announce("case.closed", by=PUBLIC)
    for _ in range(outbox.ATTEMPTS + 3):
        work_off()
        _make_due()
    condition = outbox.condition()
    assert Delivery.objects.get().attempts == outbox.ATTEMPTS
    assert [one["event"] for one in condition["given_up"]] == ["case.closed"]
    broken.clear()
    outbox.try_again(Delivery.objects.get())
    work_off()
    assert outbox.condition()["given_up"] == []


def test_an_effect_and_its_tick_stand_or_fall_together(work_off: Callable[[], None]) -> None:
    killed = [True]

    @reacts("case.closed")
    def make_a_row(event: Event) -> None:
        Slot.objects.create(name=str(event.key), next_at=timezone.now())
        if killed:
            raise SystemExit  # the worker is killed between the effect and its end

    announce("case.closed", by=PUBLIC)
    with pytest.raises(SystemExit):
        outbox.deliver.call(str(Delivery.objects.get().pk))
    assert not Slot.objects.exists()
    killed.clear()
    _make_due()
    work_off()
    work_off()
    assert Slot.objects.count() == 1


def test_eight_workers_on_one_delivery_make_one_effect() -> None:
    @reacts("case.closed")
    def make_a_row(event: Event) -> None:
        Slot.objects.create(name=str(uuid4()), next_at=timezone.now())

    announce("case.closed", by=PUBLIC)
    key = str(Delivery.objects.get().pk)

    def work(_: int) -> None:
        outbox.deliver.call(key)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert Slot.objects.count() == 1


def test_a_killed_workers_task_is_given_to_another(work_off: Callable[[], None]) -> None:
    heard: list[Event] = []
    reacts("case.closed")(heard.append)
    announce("case.closed", by=PUBLIC)
    task = DBTaskResult.objects.get()
    task.claim("a-worker-that-was-killed")
    outbox._claim(str(Delivery.objects.get().pk))
    work_off()
    assert not heard
    later = timezone.now() + timedelta(minutes=2)
    assert timetable.reap(later) == 1
    _make_due()
    work_off()
    assert len(heard) == 1


def test_a_living_workers_task_is_left_alone() -> None:
    announce_to_nobody = reacts("case.closed")(lambda event: None)
    assert announce_to_nobody
    announce("case.closed", by=PUBLIC)
    task = DBTaskResult.objects.get()
    task.claim("alive")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    timetable.turn("alive")
    assert DBTaskResult.objects.get(pk=task.pk).status == "RUNNING"


def test_a_delivery_whose_task_was_lost_gets_a_new_one(work_off: Callable[[], None]) -> None:
    heard: list[Event] = []
    reacts("case.closed")(heard.append)
    announce("case.closed", by=PUBLIC)
    DBTaskResult.objects.all().delete()
    Delivery.objects.update(next_at=timezone.now() - timedelta(minutes=5))
    timetable._wake_overdue(timezone.now())
    timetable._wake_overdue(timezone.now())
    assert DBTaskResult.objects.count() == 1
    work_off()
    assert len(heard) == 1
