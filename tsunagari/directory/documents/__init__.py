"""HSDS documents, written when something changes and served as they are (decision 0007)."""

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from uuid import UUID

from tsunagari.directory import bulk
from tsunagari.directory.documents.build import Builder, Built, organizations
from tsunagari.directory.models import HsdsDocument, Service

_BATCH = 1000
_STORED = (
    "organization_id", "service_id", "summary", "full", "words", "latitude", "longitude", "modified_at", "etag",
)  # fmt: skip


def dumps(document: object) -> str:
    """Compact JSON in readable letters."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _row(built: Built) -> HsdsDocument:
    full = dumps(built.full)
    return HsdsDocument(
        entity=built.entity,
        object_id=built.id,
        organization_id=built.organization_id,
        service_id=built.service_id,
        summary=dumps(built.summary),
        full=full,
        words=built.words,
        latitude=built.latitude,
        longitude=built.longitude,
        modified_at=built.modified,
        etag=blake2b(full.encode(), digest_size=12).hexdigest(),
    )


def _store(built: Iterable[Built]) -> None:
    bulk.store(HsdsDocument, [_row(one) for one in built], unique=["entity", "object_id"], update=_STORED)


def refresh_services(ids: Sequence[UUID]) -> None:
    """Write the documents of these services anew; those that are gone or withdrawn leave the API."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        builder = Builder(batch)
        _store(builder.build())
        kept = [sal["id"] for sal in builder.sals] + list(builder.services)
        HsdsDocument.objects.filter(service_id__in=batch).exclude(object_id__in=kept).delete()


def refresh_organizations(ids: Sequence[UUID]) -> None:
    """Write these organisations anew, and every service that carries their name."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        built = list(organizations(batch))
        _store(built)
        gone = set(batch) - {one.id for one in built}
        HsdsDocument.objects.filter(entity="organization", object_id__in=gone).delete()


def services_of(organization_ids: Iterable[UUID]) -> list[UUID]:
    """The services whose documents name one of these organisations."""
    return list(Service.objects.filter(organization_id__in=list(organization_ids)).values_list("pk", flat=True))
