"""Lists that came in: what each row said last time, so that a new list changes only what changed in it."""

import uuid

from django.db import models
from django.db.models import Q

from tsunagari.directory.models.organization import Organization
from tsunagari.directory.models.service import Service
from tsunagari.directory.terms import ConflictState, ImportKind


class ImportBatch(models.Model):
    """One list taken in, whole or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16, choices=ImportKind)
    source = models.TextField()
    file_name = models.TextField(blank=True, default="")
    file_hash = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.UUIDField(null=True, blank=True)
    counts = models.JSONField(default=dict)  # new, changed, unchanged, rejected, conflicts
    rejects = models.JSONField(default=list)  # [row, column, reason]

    class Meta:
        ordering = ("-imported_at",)

    class Privacy:
        internal = (
            "id", "kind", "source", "file_name", "file_hash", "imported_at", "imported_by", "counts", "rejects",
        )  # fmt: skip


class ImportMapping(models.Model):
    """How staff mapped the columns of a list with this header, remembered for the next time."""

    header_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=ImportKind)
    mapping = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["header_hash", "kind"], name="one_mapping_per_header")]

    class Privacy:
        internal = ("id", "header_hash", "kind", "mapping", "saved_at", "saved_by")


class SourceRecord(models.Model):
    """A row of a list and the entry or organisation it became, with the values as last imported."""

    source = models.TextField()
    row_key = models.TextField()
    kind = models.CharField(max_length=16, choices=ImportKind)
    object_id = models.UUIDField(db_index=True)
    values = models.JSONField(default=dict)
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.SET_NULL, related_name="records")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "row_key"], name="one_record_per_row")]

    class Privacy:
        internal = ("id", "source", "row_key", "kind", "object_id", "values", "batch")


class ImportConflict(models.Model):
    """The list changed a field that staff had edited: both values stand here until somebody decides.

    It is about one entry or about one organisation, never both."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="conflicts")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="import_conflicts"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="import_conflicts"
    )
    field = models.CharField(max_length=64)
    ours = models.TextField(blank=True, default="")
    theirs = models.TextField(blank=True, default="")
    state = models.CharField(max_length=8, choices=ConflictState, default=ConflictState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(service__isnull=True, organization__isnull=False)
                | Q(service__isnull=False, organization__isnull=True),
                name="a_conflict_is_about_one_thing",
            )
        ]

    class Privacy:
        internal = (
            "id", "batch", "service", "organization", "field", "ours", "theirs", "state", "decided_at", "decided_by",
        )  # fmt: skip
