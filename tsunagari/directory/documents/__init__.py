"""HSDS documents, written when something changes and served as they are (decision 0007)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tsunagari.directory import bulk
from tsunagari.directory.documents.build import Builder, Built, organizations
from tsunagari.directory.models import HsdsDocument, Service

_BATCH = 2000
_NAMES = (
    "entity", "object_id", "organization_id", "service_id", "summary", "full", "words", "latitude", "longitude",
    "modified_at", "etag",
)  # fmt: skip
dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # compact, in readable letters


def _row(built: Built) -> list[Any]:
    full = dumps(built.full)
    return [
        built.entity, built.id, built.organization_id, built.service_id, dumps(built.summary), full, built.words,
        built.latitude, built.longitude, built.modified, blake2b(full.encode(), digest_size=12).hexdigest(),
    ]  # fmt: skip


def _write(built: Iterable[Built], standing: QuerySet[HsdsDocument]) -> None:
    """Put these documents in the place of those that stand."""
    there = set(standing.values_list("entity", "object_id"))
    gone = {pk for _, pk in there}

    def rows() -> Iterator[list[Any]]:
        for one in built:
            gone.discard(one.id)
            yield _row(one)

    bulk.store(HsdsDocument, _NAMES, rows(), unique=("entity", "object_id"), there=there)
    if gone:
        standing.filter(bulk.Among("object_id", gone)).delete()


def refresh_services(ids: Sequence[UUID]) -> None:
    """Write the documents of these services anew; those that are gone or withdrawn leave the API."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        _write(Builder(batch).build(), HsdsDocument.objects.filter(bulk.Among("service_id", batch)))


def refresh_organizations(ids: Sequence[UUID]) -> None:
    """Write these organisations anew, and every service that carries their name."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        standing = HsdsDocument.objects.filter(bulk.Among("object_id", batch), entity="organization")
        _write(organizations(batch), standing)


def services_of(organization_ids: Iterable[UUID]) -> list[UUID]:
    """The services whose documents name one of these organisations."""
    return list(Service.objects.filter(organization_id__in=list(organization_ids)).values_list("pk", flat=True))
