"""HSDS objects as tables: which model, which columns, and each value as text, the same way out and in.

The columns are those of the specification (documents.shapes.FIELDS) and, behind them, what HSDS lacks and we keep:
other programs ignore columns and files they do not know."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model

from tsunagari.directory import models as tables
from tsunagari.directory.documents.shapes import FIELDS

_OURS: dict[str, tuple[str, ...]] = {
    "organization": ("kana", "sector"),
    "service": ("kind", "kana", "when_text", "room", "room_at", "confirmed_at", "source"),
    "location": ("kana", "area", "municipality_code", "address_hidden"),
    "schedule": ("holidays",),
    "taxonomy": ("code",),
    "closure": ("service_id", "kind", "rule", "opens_at", "closes_at", "note"),
    "occurrence": (
        "id", "service_id", "location_id", "starts_at", "ends_at", "all_day", "state", "label", "note", "confirmed_at",
    ),
    "first_visit": tuple(f.attname for f in tables.FirstVisit._meta.fields),
    "service_text": ("service_id", "language", "name", "description", "when_text"),
}  # fmt: skip
# Parents before children: the order of writing.
MODELS: dict[str, type[Model]] = {
    "taxonomy": tables.Taxonomy, "taxonomy_term": tables.TaxonomyTerm, "unit": tables.Unit,
    "organization": tables.Organization, "program": tables.Program, "service": tables.Service,
    "location": tables.Location, "service_at_location": tables.ServiceAtLocation, "contact": tables.Contact,
    "phone": tables.Phone, "address": tables.Address, "schedule": tables.Schedule, "language": tables.Language,
    "accessibility": tables.Accessibility, "service_area": tables.ServiceArea, "funding": tables.Funding,
    "cost_option": tables.CostOption, "required_document": tables.RequiredDocument, "url": tables.Url,
    "organization_identifier": tables.OrganizationIdentifier, "service_capacity": tables.ServiceCapacity,
    "attribute": tables.Attribute, "closure": tables.Closure, "occurrence": tables.Occurrence,
    "first_visit": tables.FirstVisit, "service_text": tables.ServiceText,
}  # fmt: skip
# Rows without an id of their own are replaced as a whole with the entry they belong to.
WITHOUT_ID = frozenset({"closure", "first_visit", "service_text"})


def columns(entity: str) -> tuple[str, ...]:
    """Column names of an entity's table: the specification's, then ours."""
    own = tuple(name for name in FIELDS.get(entity, ()) if name != "last_modified")
    return own + tuple(name for name in _OURS.get(entity, ()) if name not in own)


def as_text(value: Any) -> str:
    """One value as a cell holds it; nothing is ''."""
    if value is None:
        return ""
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else str(value)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: str,
    UUID: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: repr,
    Decimal: lambda value: format(value.normalize(), "f"),
    datetime: lambda value: value.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    date: lambda value: value.isoformat(),
    time: lambda value: value.isoformat("minutes") if not value.second else value.isoformat("seconds"),
}
