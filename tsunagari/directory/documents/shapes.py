"""Which fields of each HSDS 3.1 object leave the API, in the order of the specification. One table serves the
documents, the OpenAPI description and the tabular export, so the three cannot drift apart."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

FIELDS: dict[str, tuple[str, ...]] = {
    "organization": (
        "id", "name", "alternate_name", "description", "email", "website", "tax_status", "tax_id", "year_incorporated",
        "legal_status", "logo", "uri", "parent_organization_id",
    ),
    "program": ("id", "organization_id", "name", "alternate_name", "description"),
    "service": (
        "id", "organization_id", "program_id", "name", "alternate_name", "description", "url", "email", "status",
        "interpretation_services", "application_process", "fees_description", "wait_time", "accreditations",
        "eligibility_description", "minimum_age", "maximum_age", "assured_date", "assurer_email", "licenses", "alert",
        "last_modified",
    ),
    "service_at_location": ("id", "service_id", "location_id", "description"),
    "location": (
        "id", "location_type", "url", "organization_id", "name", "alternate_name", "description", "transportation",
        "latitude", "longitude", "external_identifier", "external_identifier_type",
    ),
    "address": (
        "id", "location_id", "attention", "address_1", "address_2", "city", "region", "state_province", "postal_code",
        "country", "address_type",
    ),
    "phone": (
        "id", "location_id", "service_id", "organization_id", "contact_id", "service_at_location_id", "number",
        "extension", "type", "description",
    ),
    "contact": (
        "id", "organization_id", "service_id", "service_at_location_id", "location_id", "name", "title", "department",
        "email",
    ),
    "schedule": (
        "id", "service_id", "location_id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "timezone",
        "until", "count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "description",
        "opens_at", "closes_at", "schedule_link", "attending_type", "notes",
    ),
    "service_area": (
        "id", "service_id", "service_at_location_id", "name", "description", "extent", "extent_type", "uri",
    ),
    "language": ("id", "service_id", "location_id", "phone_id", "name", "code", "note"),
    "accessibility": ("id", "location_id", "description", "details", "url"),
    "funding": ("id", "organization_id", "service_id", "source"),
    "cost_option": (
        "id", "service_id", "valid_from", "valid_to", "option", "currency", "amount", "amount_description",
    ),
    "required_document": ("id", "service_id", "document", "uri"),
    "service_capacity": ("id", "service_id", "available", "maximum", "description", "updated", "unit_id"),
    "unit": ("id", "name", "scheme", "identifier", "uri"),
    "url": ("id", "label", "url", "organization_id", "service_id"),
    "organization_identifier": ("id", "organization_id", "identifier_scheme", "identifier_type", "identifier"),
    "attribute": ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label"),
    "taxonomy": ("id", "name", "description", "uri", "version"),
    "taxonomy_term": ("id", "code", "name", "description", "parent_id", "language", "taxonomy_id", "term_uri"),
}  # fmt: skip

TOKYO = "+09:00"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_WRITERS: dict[type, Callable[[Any], Any]] = {
    UUID: str,
    datetime: _moment,
    date: date.isoformat,
    time: lambda value: value.strftime("%H:%M") + TOKYO,
    Decimal: lambda value: int(value) if value == value.to_integral_value() else float(value),
}


def plain(value: Any) -> Any:
    """A value as JSON says it: times with the offset HSDS asks for, moments in UTC, whole decimals as integers."""
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else value


def shown(entity: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with the entity's fields that have a value: an empty one is left out, so nothing is ever null."""
    found = {}
    for name in FIELDS[entity]:
        value = row.get(name)
        if type(value) is str:
            if value:
                found[name] = value
        elif value is not None:
            found[name] = plain(value)
    return found
