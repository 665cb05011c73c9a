"""Asking to take part: the terms, the criteria, the applications."""

import uuid

from django.db import models
from django.db.models import Q

from tsunagari.directory.terms import Sector
from tsunagari.network.models.members import Member
from tsunagari.network.terms import UNDECIDED, ApplicationState


class Terms(models.Model):
    """The terms (規約) as they stood from a day on: a change is a new version. No row in force: nobody can apply."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    in_force_from = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.UUIDField()

    class Meta:
        ordering = ("-in_force_from", "-version")
        verbose_name_plural = "terms"

    class Privacy:
        open = ("id", "version", "text", "in_force_from")
        internal = ("published_at", "published_by")

    def __str__(self) -> str:
        return f"{self.version}"


class Criterion(models.Model):
    """A sentence every applicant ticks. `withdrawn_at` set: it is not asked any more; who ticked it keeps its words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sentence = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("order", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="somebody_answers_for_a_withdrawn_criterion",
            )
        ]

    class Privacy:
        open = ("id", "sentence", "order")
        internal = ("withdrawn_at", "withdrawn_by")

    def __str__(self) -> str:
        return self.sentence


class Application(models.Model):
    """An organisation asks to take part. It agreed to a version of the terms and to the criteria as they were worded.

    `asked_at` set: the secretariat asked something back; `decided_at` set: it was admitted (`member`) or refused.
    The applicant reads it all with the code of her receipt, of which only a hash lies here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    idempotency_key = models.CharField(max_length=64, unique=True)
    receipt = models.CharField(max_length=64, unique=True)
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="applications")
    agreed = models.JSONField(default=list)
    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=100)
    sector = models.CharField(max_length=16, choices=Sector)
    fields = models.JSONField(default=list, blank=True)
    area = models.CharField(max_length=100, blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")
    contact_name = models.CharField(max_length=100)
    contact_mail = models.EmailField()
    published = models.JSONField(default=list, blank=True)
    applied_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=ApplicationState, default=ApplicationState.WAITING)
    question = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.UUIDField(null=True, blank=True)
    reply = models.TextField(blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")

    class Meta:
        ordering = ("applied_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, asked_by__isnull=True)
                | Q(asked_at__isnull=False, asked_by__isnull=False),
                name="somebody_answers_for_a_question",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=UNDECIDED, decided_at__isnull=True, decided_by__isnull=True, decided_on__isnull=True
                )
                | (
                    ~Q(state__in=UNDECIDED)
                    & Q(decided_at__isnull=False, decided_by__isnull=False, decided_on__isnull=False)
                ),
                name="a_decision_has_a_day_and_a_name",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.ADMITTED, member__isnull=False)
                | (~Q(state=ApplicationState.ADMITTED) & Q(member__isnull=True)),
                name="who_was_admitted_is_a_member",
            ),
        ]

    class Privacy:
        internal = (
            "id", "idempotency_key", "receipt", "terms", "agreed", "name", "kana", "sector", "fields", "area", "words",
            "published", "applied_at", "state", "asked_at", "asked_by", "decided_on", "decided_at", "decided_by",
            "member",
        )  # fmt: skip
        personal = {
            "contact_name": "1 year after the decision",
            "contact_mail": "1 year after the decision",
            "question": "1 year after the decision",
            "reply": "1 year after the decision",
            "reason": "1 year after the decision",
        }

    def __str__(self) -> str:
        return self.name
