"""What every HSDS row shares."""

import uuid

from django.db import models


class HsdsRow(models.Model):
    """One object of HSDS 3.1 under its own name; the id is what other systems keep."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


def text(**options: object) -> models.TextField:  # type: ignore[type-arg]
    """A text that may be empty: in HSDS output an empty text is left out, never null."""
    return models.TextField(blank=True, default="", **options)  # type: ignore[arg-type]
