"""Keeping entries true: keepers, their links, reports of mistakes, and changes that wait for a second person."""

import uuid

from django.db import models
from django.db.models import Q

from tsunagari.directory.models.service import Service
from tsunagari.directory.terms import ChangeState, ReportKind


class Keeper(models.Model):
    """The person who says, for an entry, that it is still true. No account is needed: a link does it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="keepers")
    name = models.TextField(blank=True, default="")
    email = models.EmailField(blank=True, default="")
    account_id = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    class Privacy:
        open = ("id", "service")
        internal = ("account_id", "asked_at", "ended_at", "ended_by")
        personal = {"name": "until the keeper ends, then 1 year", "email": "until the keeper ends, then 1 year"}


class KeeperLink(models.Model):
    """A link that lets its holder confirm or mend one entry. Only a hash is stored: the table opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        internal = ("id", "keeper", "token_hash", "made_at", "expires_at", "last_used_at")


class Report(models.Model):
    """Somebody said 「情報がちがう」. Open until answered: `answered_at` empty means it waits for us."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=ReportKind, default=ReportKind.OTHER)
    text = models.TextField(blank=True, default="")
    receipt = models.CharField(max_length=64, unique=True)  # hash of the code the reporter keeps, to read the answer
    idempotency_key = models.CharField(max_length=64, unique=True)
    reported_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "reported_at")

    class Privacy:
        internal = (
            "id", "service", "kind", "receipt", "idempotency_key", "reported_at", "due_on", "answer", "answered_at",
            "answered_by",
        )  # fmt: skip
        personal = {"text": "1 year after the answer"}


class PendingChange(models.Model):
    """A keeper's change of phone or web address: nobody is called at a new number before a second person looked.

    Attack: whoever gets hold of a keeper's link sends callers in trouble to a number of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="pending_changes")
    field = models.CharField(max_length=32)
    old_value = models.TextField(blank=True, default="")
    new_value = models.TextField(blank=True, default="")
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    state = models.CharField(max_length=8, choices=ChangeState, default=ChangeState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("proposed_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="a_second_person_decides",
            ),
            models.UniqueConstraint(
                fields=["service", "field"], condition=Q(state="waiting"), name="one_waiting_change_per_field"
            ),
        ]

    class Privacy:
        internal = (
            "id", "service", "field", "old_value", "new_value", "proposed_at", "proposed_by", "state", "decided_at",
            "decided_by",
        )  # fmt: skip
