"""The slip (つなぎシート): what a person wishes, in her words, and who may be told what."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from tsunagari.directory.models import Organization
from tsunagari.kernel.promises import FIELDS, Promise, held_while_open
from tsunagari.referrals.terms import (
    AgeBand,
    AskedHow,
    Asker,
    Daypart,
    Item,
    Origin,
    Purpose,
    SlipEnding,
    SlipState,
    Way,
)

_KEPT = "1 year after the contact was closed"


class Slip(Promise):
    """One contact with a person who wishes for something, held by the organisation that she spoke to.

    Her words are sealed with that organisation's key; what is plain says what is sought, never for whom. `named` off:
    family or a neighbour asks for advice and does not say who it is about. `protected_at` set: only the people who
    handle it can know that it exists. Closed: nobody waits any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="slips")
    asker = models.CharField(max_length=16, choices=Asker, default=Asker.SELF)
    origin = models.CharField(max_length=16, choices=Origin, default=Origin.COUNTER)
    named = models.BooleanField(default=True)
    # What is sought: enough to ask for room, not enough to know who it is.
    worry = models.CharField(max_length=32, blank=True, default="")
    category = models.CharField(max_length=32, blank=True, default="")
    area = models.CharField(max_length=64, blank=True, default="")
    age_band = models.CharField(max_length=16, choices=AgeBand, default=AgeBand.UNKNOWN)
    daypart = models.CharField(max_length=16, choices=Daypart, default=Daypart.ANY)
    # Her words, sealed; one column an Item.
    name = models.BinaryField(null=True, blank=True)
    contact = models.BinaryField(null=True, blank=True)
    wish = models.BinaryField(null=True, blank=True)
    strengths = models.BinaryField(null=True, blank=True)
    meeting = models.BinaryField(null=True, blank=True)
    safe_times = models.BinaryField(null=True, blank=True)
    circle = models.BinaryField(null=True, blank=True)
    name_index = models.BinaryField(null=True, blank=True, max_length=16)
    follow_way = models.CharField(max_length=16, choices=Way, default=Way.PHONE)

    state = models.CharField(max_length=16, choices=SlipState, default=SlipState.OPEN)
    ending = models.CharField(max_length=16, choices=SlipEnding, blank=True, default="")
    receipt_hash = models.CharField(max_length=64, unique=True)
    idempotency_key = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    protected_at = models.DateTimeField(null=True, blank=True)
    protected_by = models.UUIDField(null=True, blank=True)

    stays_between = Q(protected_at__isnull=False)

    class Meta:
        ordering = ("due_on", "id")
        indexes = [
            models.Index(fields=["sender", "state"]),
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="slips_due"),
            models.Index(fields=["promised_on"], condition=Q(promised_on__isnull=False), name="slips_promised"),
            models.Index(fields=["held_for", "promised_on"]),
            models.Index(fields=["climbed", "promised_on"]),
            models.Index(fields=["holder", "state"]),
            models.Index(fields=["name_index"]),
        ]
        constraints = [
            held_while_open("an_open_slip_has_a_holder_and_a_date", ~Q(state=SlipState.CLOSED)),
            models.CheckConstraint(
                condition=Q(state=SlipState.CLOSED, closed_at__isnull=False, closed_by__isnull=False) & ~Q(ending="")
                | ~Q(state=SlipState.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True, ending=""),
                name="a_closed_slip_says_why_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(protected_at__isnull=True, protected_by__isnull=True)
                | Q(protected_at__isnull=False, protected_by__isnull=False, name_index__isnull=True),
                name="a_protected_person_is_found_by_no_name",
            ),
            models.CheckConstraint(
                condition=Q(named=True) | Q(name__isnull=True, contact__isnull=True, name_index__isnull=True),
                name="who_is_not_named_has_no_name",
            ),
        ]

    class Privacy:
        internal = (
            "id", "sender", "asker", "origin", "named", "worry", "category", "area", "age_band", "daypart", "state",
            "ending", "receipt_hash", "idempotency_key", "version", "made_at", "made_by", "closed_at", "closed_by",
            *FIELDS,
        )  # fmt: skip
        confidential = {
            "name": _KEPT, "contact": _KEPT, "wish": _KEPT, "strengths": _KEPT, "meeting": _KEPT, "safe_times": _KEPT,
            "circle": _KEPT, "name_index": _KEPT, "follow_way": _KEPT, "protected_at": _KEPT, "protected_by": _KEPT,
        }  # fmt: skip


class Switches(models.QuerySet["Switch"]):
    def current(self, day: date) -> "Switches":
        """Switches that stand on "yes" on this day."""
        return self.filter(allowed=True, until__gte=day, replaced_at=None, withdrawn_at=None)


class Switch(models.Model):
    """One answer of consent: this recipient × this item × this purpose × until when. No row: it was never asked.

    A later answer replaces it and leaves it in the history. Taken back: `withdrawn_at`; from then on it opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="switches")
    recipient = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=16, choices=Item)
    purpose = models.CharField(max_length=16, choices=Purpose)
    allowed = models.BooleanField()
    until = models.DateField()
    how = models.CharField(max_length=16, choices=AskedHow)
    answered_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True, blank=True)  # who asked; empty: the person herself, with her receipt
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.UUIDField(null=True, blank=True)  # the switch that took its place
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)  # empty: the person herself, with her receipt

    objects = Switches.as_manager()

    class Meta:
        ordering = ("answered_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["slip", "recipient", "item", "purpose"],
                condition=Q(replaced_at__isnull=True),
                name="one_standing_answer_per_switch",
            )
        ]

    class Privacy:
        internal = (
            "id", "slip", "recipient", "item", "purpose", "allowed", "until", "how", "answered_at", "answered_by",
            "replaced_at", "replaced_by", "withdrawn_at", "withdrawn_by",
        )  # fmt: skip


class Unprotecting(models.Model):
    """Somebody asked to lift a protection. It needs a second person, and 72 hours in which others may object.

    Attack: an abuser's friend in the office, or one signature under pressure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="unprotectings")
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    asked_of = models.UUIDField()  # the colleague who looks at it with her
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_of=models.F("asked_by"))
                & (Q(lifted_by__isnull=True) | ~Q(lifted_by=models.F("asked_by"))),
                name="a_second_person_lifts_protection",
            ),
            models.UniqueConstraint(
                fields=["slip"],
                condition=Q(lifted_at__isnull=True, dropped_at__isnull=True),
                name="one_open_wish_to_lift_protection",
            ),
        ]

    class Privacy:
        internal = (
            "id", "slip", "asked_at", "asked_by", "asked_of", "lifted_at", "lifted_by", "dropped_at", "dropped_by",
        )  # fmt: skip
