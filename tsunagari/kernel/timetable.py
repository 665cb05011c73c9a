"""Recurring jobs, and the care of workers that were killed. One loop in every worker; the database decides who acts."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tsunagari.kernel import audit, outbox
from tsunagari.kernel.models import Delivery, Message, Slot, WorkerBeat

logger = logging.getLogger(__name__)

DEAD_AFTER = timedelta(seconds=30)
_OVERDUE = timedelta(minutes=1)
_KEEP = timedelta(days=30)
_PREFIX = "timetable."


@dataclass(frozen=True, slots=True)
class Job:
    """A function to run every `interval`, or daily at a local time of day."""

    name: str
    interval: timedelta
    at: time | None

    def after(self, now: datetime) -> datetime:
        """The next time this job is due."""
        if self.at is None:
            return now + self.interval
        local = timezone.localtime(now)
        due = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return due if due > local else due + self.interval


_jobs: dict[str, Job] = {}


def _book(function: Callable[[], None], job: Job) -> Callable[[], None]:
    def run(event: outbox.Event) -> None:
        function()

    run.__module__, run.__qualname__ = function.__module__, function.__qualname__
    outbox.reacts(_PREFIX + job.name, outside=True)(run)
    _jobs[job.name] = job
    return function


def every(**interval: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run this function again and again: `@every(hours=1)`. It must bear being run twice."""

    def book(function: Callable[[], None]) -> Callable[[], None]:
        return _book(function, Job(f"{function.__module__}.{function.__qualname__}", timedelta(**interval), None))

    return book


def daily(at: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run this function once a day at a local time: `@daily("03:10")`. It must bear being run twice."""

    def book(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}.{function.__qualname__}"
        return _book(function, Job(name, timedelta(days=1), time.fromisoformat(at)))

    return book


def jobs() -> list[Job]:
    """The whole timetable, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def turn(worker_id: str) -> None:
    """One round of the loop: say that this worker lives, start what is due, take back what was left lying."""
    now = timezone.now()
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"at": now})
    _start_due(now)
    reap(now)
    _wake_overdue(now)


def _start_due(now: datetime) -> None:
    planned = dict(Slot.objects.values_list("name", "next_at"))
    for job in jobs():
        due = planned.get(job.name)
        if due is None or due <= now:
            _start(job, now)


@transaction.atomic
def _start(job: Job, now: datetime) -> None:
    """Start one job unless another worker just did: the row of its slot is the lock."""
    slot, first_time = Slot.objects.select_for_update().get_or_create(name=job.name, defaults={"next_at": now})
    if slot.next_at > now:
        return
    slot.next_at = job.after(now)
    slot.save(update_fields=["next_at"])
    if first_time and job.at is not None:
        return  # a job for the night does not run in the middle of the first day
    message = Message.objects.create(event=_PREFIX + job.name, at=now)
    outbox.post(message, [job.name])


@transaction.atomic
def reap(now: datetime) -> int:
    """Give back the tasks of workers that were killed: RUNNING, and no beat of their worker for half a minute."""
    living = set(WorkerBeat.objects.filter(at__gt=now - DEAD_AFTER).values_list("worker_id", flat=True))
    running = DBTaskResult.objects.select_for_update().filter(
        status=TaskResultStatus.RUNNING, started_at__lt=now - DEAD_AFTER
    )
    left = [row for row in running if not living.intersection(row.worker_ids[-1:])]
    for row in left:
        row.status = TaskResultStatus.READY
        row.save(update_fields=["status"])
        logger.warning("task %s was left by a killed worker; given back", str(row.pk))
    if left:
        _free(left, now)
    WorkerBeat.objects.filter(at__lt=now - timedelta(days=1)).delete()
    return len(left)


def _free(left: list[Any], now: datetime) -> None:
    """The deliveries those tasks held are due again at once."""
    held = [row.args_kwargs["args"][0] for row in left if row.task_path == outbox.deliver.module_path]
    Delivery.objects.filter(pk__in=held, done_at=None).update(next_at=now)


@transaction.atomic
def _wake_overdue(now: datetime) -> None:
    """A delivery whose task was lost (its own failure, a restored backup) gets a new one."""
    late = Delivery.objects.select_for_update().filter(done_at=None, gave_up_at=None, next_at__lt=now - _OVERDUE)
    waiting = (
        {
            args["args"][0]
            for args in DBTaskResult.objects.filter(
                status=TaskResultStatus.READY, task_path=outbox.deliver.module_path
            ).values_list("args_kwargs", flat=True)
        }
        if late.exists()
        else set()
    )
    for delivery in late:
        if str(delivery.pk) not in waiting:
            outbox.deliver.enqueue(str(delivery.pk))


@every(hours=1)
def sign_the_audit() -> None:
    """A checkpoint an hour, so that a cut tail shows."""
    audit.checkpoint()


@daily("03:40")
def clear_away() -> None:
    """Delivered messages and finished tasks go after 30 days."""
    before = timezone.now() - _KEEP
    open_ones = Delivery.objects.filter(done_at=None).values("message_id")
    Message.objects.filter(at__lt=before).exclude(pk__in=open_ones).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
