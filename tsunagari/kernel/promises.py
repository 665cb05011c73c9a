"""Promises: what somebody waits for has one holder and one next date, and climbs to a named human by itself.

A table that inherits `Promise` and carries `held_while_open` cannot hold an open row without a name and a date: the
database refuses it. When the date passes, the holder is reminded; a working day later her substitute holds it; then
the coordinator of the town. Who those are is told by the module that `settings.STANDING` names.
"""

import logging
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any, ClassVar, Protocol, cast
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from tsunagari.kernel import audit, outbox, rows
from tsunagari.kernel.access import Actor
from tsunagari.kernel.timetable import every
from tsunagari.kernel.workdays import working_days_after

# Stands in the record where the clock acted, not a person.
CLOCK = Actor(account_id=UUID("00000000-0000-4000-8000-000000000002"))
FIELDS = ("holder", "held_for", "promised_on", "due_on", "climbed")
_BATCH = 500
logger = logging.getLogger(__name__)


class Climb(models.IntegerChoices):
    """How far an overdue promise has climbed."""

    NOT = 0
    REMINDED = 1
    SUBSTITUTE = 2
    COORDINATOR = 3


class Promise(models.Model):
    """Something a person waits for. Open: `holder` answers for it, `due_on` is its next date. Closed: neither is set.

    `held_for`: the organisation in whose name she holds it; empty for the coordinator of the town. `promised_on`: the
    day that was promised; climbing moves only `due_on`.
    """

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_for = models.UUIDField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    climbed = models.PositiveSmallIntegerField(choices=Climb, default=Climb.NOT)

    # Rows for which this holds never climb to the town: only those who know already may hold them.
    stays_between: ClassVar[Q] = Q(pk__in=[])

    class Meta:
        abstract = True

    def wait_for(self, holder_id: UUID, *, held_for: UUID | None, until: date) -> None:
        """From here this person answers for it, until that day. The caller saves."""
        self.holder_id, self.held_for = holder_id, held_for
        self.promised_on = self.due_on = until
        self.climbed = Climb.NOT

    def rest(self) -> None:
        """Nobody waits any more. The caller saves."""
        self.holder, self.held_for = None, None
        self.promised_on = self.due_on = None
        self.climbed = Climb.NOT


def held_while_open(name: str, opened: Q) -> CheckConstraint:
    """The constraint of a promise table: rows that are `opened` have a holder and a date, the others have neither."""
    held = Q(holder__isnull=False, promised_on__isnull=False, due_on__isnull=False)
    free = Q(holder__isnull=True, held_for__isnull=True, promised_on__isnull=True, due_on__isnull=True, climbed=0)
    return CheckConstraint(condition=(opened & held) | (~opened & free), name=name)


class Standing(Protocol):
    """Who stands in for whom, as the network knows it."""

    def substitute_of(self, account_id: UUID, organization_id: UUID | None) -> UUID | None: ...
    def coordinator(self) -> UUID: ...


def standing() -> Standing:
    """The module that knows who stands in for whom."""
    return cast(Standing, import_module(settings.STANDING))


def tables() -> Iterator[type[Promise]]:
    """Every table of promises, in a fixed order."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if issubclass(model, Promise):
            yield model


def held_by(account_id: UUID, organization_id: UUID | None = None, *, shown: bool = False) -> list[Promise]:
    """What this person answers for today, oldest promise first; only what she holds for one organisation if named.

    `shown`: only what others may hear of. Rows that stay between those who know are handed over all the same.
    """
    found: list[Promise] = []
    with rows.for_the_house():
        for model in tables():
            held = model._default_manager.filter(holder_id=account_id)
            held = held.exclude(model.stays_between) if shown else held
            found += held if organization_id is None else held.filter(held_for=organization_id)
    return sorted(found, key=lambda row: (row.promised_on or date.max, str(row.pk)))


@transaction.atomic
def hand_over(account_id: UUID, *, to: UUID, organization_id: UUID | None = None, by: Actor) -> int:
    """Everything she holds (for one organisation, if named) is held by somebody else from here; returns how much.

    The dates stay: who takes over keeps what was promised. Whoever calls this has asked the rule of the leaving.
    """
    moved = 0
    with rows.for_the_house():
        for model in tables():
            held = model._default_manager.select_for_update(of=("self",)).filter(holder_id=account_id)
            for row in held if organization_id is None else held.filter(held_for=organization_id):
                _give(row, to, row.held_for, by)
                moved += 1
    return moved


@transaction.atomic
def hand_over_one(promise: Promise, *, to: UUID, held_for: UUID | None, by: Actor) -> bool:
    """This one promise is held by somebody else from here, in the name of this organisation; False: it is closed."""
    with rows.for_the_house():  # who lets somebody go has no part in what she holds
        row = type(promise)._default_manager.select_for_update(of=("self",)).filter(pk=promise.pk).first()
        if row is None or row.holder_id is None:
            return False
        _give(row, to, held_for, by)
    return True


def _give(row: Promise, to: UUID, held_for: UUID | None, by: Actor) -> None:
    row.holder_id, row.held_for = to, held_for
    row.save(update_fields=["holder", "held_for"])
    audit.record("promise.handed_over", by=by, about=row, holder=to)
    outbox.announce("promise.handed_over", by=by, about=row, holder=to)


@every(minutes=10)
def climb() -> None:
    """Move every promise whose date has passed one step up. Running twice on one day moves nothing twice."""
    today = timezone.localdate()
    for model in tables():
        late = model._default_manager.filter(due_on__lt=today).order_by("due_on").values_list("pk", flat=True)
        for pk in list(late[:_BATCH]):
            try:
                _climb_one(model, pk, today)
            except LookupError:  # nobody is named in this town: the others climb all the same, and a human is told
                logger.exception("a promise found nobody to climb to")


@transaction.atomic
def _climb_one(model: type[Promise], pk: Any, today: date) -> None:
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=pk, due_on__lt=today).first()
    if row is None or row.holder_id is None:
        return
    row.climbed, row.holder_id, row.held_for = _next_step(row)
    row.due_on = working_days_after(today, 1)
    row.save(update_fields=["climbed", "holder", "held_for", "due_on"])
    event = "promise.reminded" if row.climbed == Climb.REMINDED else "promise.climbed"
    audit.record(event, by=CLOCK, about=row, holder=row.holder_id, step=int(row.climbed))
    outbox.announce(event, by=CLOCK, about=row, holder=row.holder_id)


def _next_step(row: Promise) -> tuple[int, UUID, UUID | None]:
    """How far it climbs now, who holds it then, and for which organisation."""
    holder: UUID = row.holder_id  # type: ignore[assignment]
    if row.climbed == Climb.NOT:
        return Climb.REMINDED, holder, row.held_for
    if row.climbed == Climb.REMINDED:
        substitute = standing().substitute_of(holder, row.held_for)
        if substitute and substitute != holder:
            return Climb.SUBSTITUTE, substitute, row.held_for
    if type(row)._default_manager.filter(row.stays_between, pk=row.pk).exists():
        return Climb.SUBSTITUTE, holder, row.held_for
    return Climb.COORDINATOR, standing().coordinator(), None
