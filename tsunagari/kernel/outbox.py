"""News that must not be lost: written with the act, delivered after it, each once to each who asked for it.

`announce` stores a message and one delivery per reaction in the caller's transaction and puts a job on
`django_tasks` there too; a worker runs it after commit. What the job queue lacks stands here and in `timetable`:
retry with back-off, recurring jobs, and taking back what a killed worker left lying.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks import task

from tsunagari.kernel.access import Actor
from tsunagari.kernel.audit import plain_ids
from tsunagari.kernel.models import Delivery, Message

logger = logging.getLogger(__name__)

ATTEMPTS = 12
ALARM_AFTER = 300  # seconds: nobody delivers any more
_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(hours=6)
_CLAIM = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Event:
    """What a reaction is told: the dotted name, who, about which row, ids beside. `key` is the same at every retry."""

    name: str
    actor_id: UUID | None
    about_model: str
    about_id: str
    ids: dict[str, Any]
    at: datetime
    key: UUID


Reaction = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Channel:
    """A function that wants to hear of an event. `outside`: it talks to the world, so no transaction is held open."""

    name: str
    reaction: Reaction
    outside: bool


_channels: dict[str, Channel] = {}
_subscribed: dict[str, list[str]] = {}


def reacts(*events: str, outside: bool = False) -> Callable[[Reaction], Reaction]:
    """Subscribe a function in an app's `reactions.py` to events of its own app or of one below.

    Without `outside` the effect and its tick share one transaction: exactly once, whatever is killed when. With it
    (mail, other people's servers) the effect comes first: once, and again only if killed between it and the tick;
    `event.key` lets the other side recognise that.
    """

    def subscribe(function: Reaction) -> Reaction:
        name = f"{function.__module__}.{function.__qualname__}"
        _channels[name] = Channel(name, function, outside)
        for event in events:
            if name not in _subscribed.setdefault(event, []):
                _subscribed[event].append(name)
        return function

    return subscribe


def subscriptions() -> dict[str, list[str]]:
    """Which channels hear of which event."""
    return {event: list(names) for event, names in sorted(_subscribed.items())}


@transaction.atomic(savepoint=False)
def announce(event: str, *, by: Actor, about: Model | None = None, **ids: Any) -> Message:
    """Tell everyone who subscribed, once the caller's transaction commits; ids and code words only."""
    message = Message.objects.create(
        event=event,
        actor_id=by.account_id,
        about_model=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        ids=plain_ids(ids),
        at=timezone.now(),
    )
    post(message, _subscribed.get(event, []))
    return message


def post(message: Message, channels: list[str]) -> None:
    """Put a stored message on its way to these channels."""
    for name in channels:
        delivery = Delivery.objects.create(message=message, channel=name, next_at=timezone.now())
        deliver.enqueue(str(delivery.pk))


@task()
def deliver(delivery_id: str) -> None:
    """Let one channel take one message, unless it already did or another worker is at it."""
    delivery = _claim(delivery_id)
    if delivery is None:
        return
    try:
        channel = _channels[delivery.channel]
        if channel.outside:
            channel.reaction(_event(delivery.message))
            _tick(delivery)
        else:
            with transaction.atomic():
                if _tick(delivery):
                    channel.reaction(_event(delivery.message))
    except Exception as fault:
        # The kind only: the text of an exception may quote what people wrote.
        _put_off(delivery, f"{type(fault).__module__}.{type(fault).__qualname__}")
        logger.warning("delivery to %s failed, attempt %s", delivery.channel, delivery.attempts, exc_info=True)


@transaction.atomic
def _claim(delivery_id: str) -> Delivery | None:
    """This delivery, when it is due and nobody holds it. Holding it pushes `next_at` ahead, so it frees itself."""
    now = timezone.now()
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id, done_at=None, gave_up_at=None).first()
    if delivery is None or delivery.next_at > now:
        return None
    delivery.attempts += 1
    delivery.next_at = now + _CLAIM
    delivery.save(update_fields=["attempts", "next_at"])
    return delivery


def _event(message: Message) -> Event:
    return Event(
        message.event,
        message.actor_id,
        message.about_model,
        message.about_id,
        message.ids,
        message.at,
        message.pk,
    )


def _tick(delivery: Delivery) -> bool:
    """Mark it done; False when somebody else did meanwhile."""
    return bool(Delivery.objects.filter(pk=delivery.pk, done_at=None).update(done_at=timezone.now(), last_error=""))


@transaction.atomic
def _put_off(delivery: Delivery, kind: str) -> None:
    """Try again later, each time twice as late; after the last attempt a human must look."""
    now = timezone.now()
    wait = min(_FIRST_WAIT * 2 ** (delivery.attempts - 1), _LONGEST_WAIT)
    delivery.last_error = kind[:128]
    if delivery.attempts >= ATTEMPTS:
        delivery.gave_up_at = now
    else:
        delivery.next_at = now + wait
        deliver.using(run_after=delivery.next_at).enqueue(str(delivery.pk))
    delivery.save(update_fields=["last_error", "gave_up_at", "next_at"])


@transaction.atomic
def try_again(delivery: Delivery) -> None:
    """A human looked: give a message that was given up its attempts back."""
    Delivery.objects.filter(pk=delivery.pk, done_at=None).update(attempts=0, gave_up_at=None, next_at=timezone.now())
    deliver.enqueue(str(delivery.pk))


def condition() -> dict[str, Any]:
    """How the outbox is: what waits, how long (seconds), whether that is an alarm, what was given up. No content."""
    now = timezone.now()
    waiting = Delivery.objects.filter(done_at=None, gave_up_at=None)
    oldest = waiting.order_by("message__at").values_list("message__at", flat=True).first()
    waited = int((now - oldest).total_seconds()) if oldest else 0
    stuck = Delivery.objects.filter(gave_up_at__isnull=False, done_at=None)
    return {
        "waiting": waiting.count(),
        "oldest_seconds": waited,
        "alarm": waited > ALARM_AFTER,
        "delivered": Delivery.objects.filter(done_at__isnull=False).count(),
        "given_up": [
            {"delivery": str(one.pk), "event": one.message.event, "channel": one.channel, "error": one.last_error}
            for one in stuck.select_related("message").order_by("next_at")[:100]
        ],
    }
