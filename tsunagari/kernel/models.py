"""What the kernel keeps: the audit chain, the outbox with its timetable, and wrapped data keys."""

import uuid
from typing import Any, NoReturn

from django.db import models


class AppendOnly(RuntimeError):
    """A line of the audit was to be changed or deleted through the ORM."""


class AuditLine(models.Model):
    """One act or one look at something confidential, chained to the line before by its hash.

    Holds ids and field names, never a name or a text. A missing `seq` means that somebody removed a line.
    Database triggers refuse UPDATE and DELETE (`kernel/append_only.py`).
    """

    seq = models.BigIntegerField(primary_key=True)
    event = models.CharField(max_length=64)
    actor_id = models.UUIDField(null=True, blank=True)
    about_model = models.CharField(max_length=64, blank=True, default="")
    about_id = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    ids = models.JSONField(default=dict, blank=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("seq",)
        indexes = [models.Index(fields=["about_model", "about_id"]), models.Index(fields=["actor_id"])]

    class Privacy:
        internal = ("seq", "event", "actor_id", "about_model", "about_id", "at", "ids", "prev", "hash")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(str(self.seq))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(str(self.seq))


class Message(models.Model):
    """Something that happened and that others may want to hear of, written with the act. Ids only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.CharField(max_length=160)
    actor_id = models.UUIDField(null=True, blank=True)
    about_model = models.CharField(max_length=64, blank=True, default="")
    about_id = models.CharField(max_length=64, blank=True, default="")
    ids = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["at"])]

    class Privacy:
        internal = ("id", "event", "actor_id", "about_model", "about_id", "ids", "at")


class Delivery(models.Model):
    """One message on its way to one channel. `done_at` empty: not yet; `gave_up_at` set: a human must look."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=128)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    last_error = models.CharField(max_length=128, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="one_effect_per_channel")]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(done_at__isnull=True, gave_up_at__isnull=True),
                name="deliveries_open",
            )
        ]

    class Privacy:
        internal = ("id", "message", "channel", "attempts", "next_at", "last_error", "done_at", "gave_up_at")


class Slot(models.Model):
    """The next time a recurring job is due. No row: the job never ran and is due now."""

    name = models.CharField(max_length=128, primary_key=True)
    next_at = models.DateTimeField()

    class Privacy:
        internal = ("name", "next_at")


class WorkerBeat(models.Model):
    """A worker said that it is alive. A row that grows old: it was killed, and its tasks are given to others."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    class Privacy:
        internal = ("worker_id", "at")


class DataKey(models.Model):
    """A key for one organisation's class 2 texts, wrapped by the key in KEY_DIR. Deleted row: those texts are gone.

    `retired_at` set: old texts still open with it, new ones are sealed with a younger version.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_id = models.UUIDField()
    version = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "version"], name="one_key_per_owner_and_version"),
            models.UniqueConstraint(
                fields=["owner_id"], condition=models.Q(retired_at__isnull=True), name="one_living_key_per_owner"
            ),
        ]

    class Privacy:
        internal = ("id", "owner_id", "version", "made_at", "retired_at")
        confidential = {"wrapped": "until the organisation's last text is erased"}
