"""A referral (つなぎ) from one organisation to another, and everything that happens on its way."""

import uuid

from django.db import models
from django.db.models import Q

from tsunagari.directory.models import Organization, Service
from tsunagari.kernel.promises import FIELDS, Promise, held_while_open
from tsunagari.referrals.models.slips import Slip
from tsunagari.referrals.terms import OPEN_STATES, Ending, Later, Mood, Reason, RoomAnswer, State, Way, Wiped

_KEPT = "1 year after the contact was closed"


class Referral(Promise):
    """One receiver is asked to take up one person's wish. At every moment one human holds it and has a next date.

    What was reached when and by whom stands in its steps. `room` empty: the receiver has not said yet whether it has
    any. `paper_code`: what a sheet on paper is typed back with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="referrals")
    sender = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")  # the slip's, for the database
    receiver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="referrals")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.DRAFTED)
    room = models.CharField(max_length=16, choices=RoomAnswer, blank=True, default="")
    room_left = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=24, choices=Reason, blank=True, default="")
    ending = models.CharField(max_length=16, choices=Ending, blank=True, default="")
    paper_code = models.CharField(max_length=16, null=True, blank=True, unique=True)
    cared_by = models.UUIDField(null=True, blank=True)  # who at the receiver looks after it; empty: no account there
    idempotency_key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    stays_between = Q(slip__protected_at__isnull=False)

    class Meta:
        ordering = ("due_on", "id")
        indexes = [
            models.Index(fields=["receiver", "state"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="referrals_due"),
            models.Index(fields=["promised_on"], condition=Q(promised_on__isnull=False), name="referrals_promised"),
            models.Index(fields=["held_for", "promised_on"]),
            models.Index(fields=["climbed", "promised_on"]),
            models.Index(fields=["holder", "state"]),
        ]
        constraints = [
            held_while_open("an_open_referral_has_a_holder_and_a_date", Q(state__in=OPEN_STATES)),
            models.UniqueConstraint(
                fields=["slip", "receiver"],
                condition=Q(state__in=OPEN_STATES),
                name="one_open_referral_per_slip_and_receiver",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.DECLINED) & ~Q(reason="")) | (~Q(state=State.DECLINED) & Q(reason="")),
                name="declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.ENDED) & ~Q(ending="")) | (~Q(state=State.ENDED) & Q(ending="")),
                name="ended_with_a_reason",
            ),
        ]

    class Privacy:
        internal = (
            "id", "slip", "sender", "receiver", "service", "state", "room", "room_left", "reason", "ending",
            "paper_code", "cared_by", "idempotency_key", "made_at", "made_by", *FIELDS,
        )  # fmt: skip


class Step(models.Model):
    """A referral reached a state. Each state is reached once: a double click, a retry or a second tab adds nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=16, choices=State)
    at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)  # empty: the person herself, or a receiver without an account

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["state", "at"])]
        constraints = [models.UniqueConstraint(fields=["referral", "state"], name="each_state_is_reached_once")]

    class Privacy:
        internal = ("id", "referral", "state", "at", "by")


class Handover(models.Model):
    """The first meeting (同行・顔つなぎ): who comes along, when, where. `told_at` empty: not yet known how it went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="handovers")
    at = models.DateTimeField()
    where = models.BinaryField(null=True, blank=True)
    companion = models.BinaryField(null=True, blank=True)
    mood = models.CharField(max_length=16, choices=Mood, blank=True, default="")
    sentence = models.BinaryField(null=True, blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.UUIDField()
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.UUIDField(null=True, blank=True)  # empty: a receiver without an account

    class Meta:
        ordering = ("-at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(told_at__isnull=True), name="one_meeting_is_planned_at_a_time"
            )
        ]

    class Privacy:
        internal = ("id", "referral", "at", "mood", "planned_at", "planned_by", "told_at", "told_by")
        confidential = {"where": _KEPT, "companion": _KEPT, "sentence": _KEPT}


class Attempt(models.Model):
    """Somebody tried to reach the person and did not. Three at different times come before "lost touch"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="attempts")
    way = models.CharField(max_length=16, choices=Way)
    tried_at = models.DateTimeField()
    tried_by = models.UUIDField()
    idempotency_key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("tried_at", "id")

    class Privacy:
        internal = ("id", "referral", "way", "tried_at", "tried_by", "idempotency_key")


class FollowUp(models.Model):
    """The person is gently asked how it is, one and three months after she came. `answer` empty: not asked yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    on = models.DateField()
    answer = models.CharField(max_length=16, choices=Later, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)  # empty: the person herself, with her receipt

    class Meta:
        ordering = ("on", "id")
        constraints = [models.UniqueConstraint(fields=["referral", "months"], name="asked_once_for_each_month")]

    class Privacy:
        internal = ("id", "referral", "months", "on", "answered_at", "answered_by")
        confidential = {"answer": _KEPT}


class Wipe(Promise):
    """Consent was taken back: the receiver is asked to delete what it copied. Open until it answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="wipe")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=16, choices=Wiped, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)  # empty: a receiver without an account

    stays_between = Q(referral__slip__protected_at__isnull=False)

    class Meta:
        indexes = [
            models.Index(fields=["promised_on"], condition=Q(promised_on__isnull=False), name="wipes_promised"),
            models.Index(fields=["held_for", "promised_on"]),
            models.Index(fields=["climbed", "promised_on"]),
            models.Index(fields=["holder", "answer"]),
        ]
        constraints = [held_while_open("an_open_wipe_has_a_holder_and_a_date", Q(answer=""))]

    class Privacy:
        internal = ("id", "referral", "asked_at", "answer", "answered_at", "answered_by", *FIELDS)
