"""What is derived for speed: the finder's rows and the HSDS documents. Both can be rebuilt at any time."""

from django.db import models

from tsunagari.directory.models.service import Service


class FinderEntry(models.Model):
    """One entry as the finder needs it. No row: the entry is not in the finder (withdrawn, left, not yet indexed)."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, primary_key=True, related_name="finder_entry")
    generation = models.BigIntegerField(db_index=True)
    tokens = models.BinaryField()  # packed (hash u8, weight) pairs, see search.index
    columns = models.JSONField()  # point, bits of worry, audience, category, feature, week, dates, room …
    card = models.JSONField()  # what a result card shows, by language
    embedding = models.BinaryField(null=True, blank=True)  # 384 × float16, filled by a job
    embedded_text_hash = models.CharField(max_length=32, blank=True, default="")

    class Privacy:
        open = ("service", "generation", "tokens", "columns", "card", "embedding", "embedded_text_hash")


class FinderGeneration(models.Model):
    """One row: the number of the last change, so that each process knows when its index is old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)

    class Privacy:
        internal = ("id", "number")


class HsdsDocument(models.Model):
    """An HSDS object as it leaves the API, written when it changes: serialising per request was 40 times slower."""

    id = models.BigAutoField(primary_key=True)
    entity = models.CharField(max_length=24)
    object_id = models.UUIDField()
    organization_id = models.UUIDField(null=True, blank=True, db_index=True)
    service_id = models.UUIDField(null=True, blank=True, db_index=True)
    summary = models.TextField()  # JSON text of a list row
    full = models.TextField()  # JSON text of the full record
    words = models.TextField(blank=True, default="")  # folded text for the API's `search`
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    modified_at = models.DateTimeField()
    etag = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "object_id"], name="one_document_per_object")]
        indexes = [models.Index(fields=["entity", "modified_at"]), models.Index(fields=["entity", "id"])]

    class Privacy:
        open = (
            "id", "entity", "object_id", "organization_id", "service_id", "summary", "full", "words", "latitude",
            "longitude", "modified_at", "etag",
        )  # fmt: skip


class ReadingOverride(models.Model):
    """A reviewer's correction of a furigana reading; it holds everywhere at once."""

    surface = models.CharField(max_length=64, unique=True)
    reading = models.CharField(max_length=128)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()

    class Privacy:
        open = ("id", "surface", "reading", "set_at")
        internal = ("set_by",)
