"""One entry as a flat dictionary of plain values: what a list says, what the directory holds, and what was imported
last are compared in this form, key by key. Lists inside are in a fixed order, so equal means the same."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

Values = dict[str, Any]

SCALARS = (
    "kind", "name", "kana", "alternate_name", "description", "url", "email", "status", "interpretation_services",
    "application_process", "fees_description", "wait_time", "accreditations", "eligibility_description", "minimum_age",
    "maximum_age", "licenses", "alert", "when_text",
)  # fmt: skip
LOCATION = (
    "location_type", "url", "name", "kana", "alternate_name", "description", "transportation", "latitude", "longitude",
    "area", "municipality_code", "address_hidden",
)  # fmt: skip
ADDRESS = ("attention", "address_1", "address_2", "city", "region", "state_province", "postal_code")
SCHEDULE = (
    "valid_from", "valid_to", "dtstart", "timezone", "until", "count", "wkst", "freq", "interval", "byday", "byweekno",
    "bymonthday", "byyearday", "description", "opens_at", "closes_at", "schedule_link", "attending_type", "notes",
    "holidays",
)  # fmt: skip
# Rows that hang on a service, each group compared and replaced as a whole: columns of one row, in order.
GROUPS: dict[str, tuple[str, ...]] = {
    "phones": ("number", "extension", "type", "description"),
    "urls": ("label", "url"),
    "contacts": ("name", "title", "department", "email"),
    "costs": ("option", "amount", "currency", "amount_description", "valid_from", "valid_to"),
    "documents": ("document", "uri"),
    "languages": ("code", "name", "note"),
    "areas": ("name", "description", "extent", "extent_type", "uri"),
    "schedules": SCHEDULE,
    "closures": ("kind", "rule", "opens_at", "closes_at", "note"),
}
ORGANIZATION = (
    "name", "kana", "alternate_name", "description", "email", "website", "tax_status", "year_incorporated",
    "legal_status", "sector",
)  # fmt: skip
# What a list may leave out without meaning that there is none.
DEFAULTS: Values = {"status": "active", "location.location_type": "physical", "location.address_hidden": False}


@dataclass(slots=True)
class Draft:
    """One row of a list as values, the line it stands on, and remarks for whoever looks at the preview."""

    key: str
    row: int
    values: Values
    notes: list[str] = field(default_factory=list)
    id: UUID | None = None
    name_key: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be taken, with the reason in one sentence; `column` 0 = the row as a whole."""

    row: int
    column: int
    reason: str


def plain(value: Any) -> Any:
    """A column value as JSON holds it; empty and absent are the same."""
    if value is None or value == "":
        return None
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (float, Decimal)):
        return int(value) if value == int(value) else float(value)
    if hasattr(value, "isoformat"):
        text: str = value.isoformat()
        return text[:5] if len(text) == 8 and text[2] == ":" and text.endswith(":00") else text
    return str(value)


def filled(values: Values) -> Values:
    """Without empty values and defaults: the form that is stored and compared."""
    return {
        key: value for key, value in values.items() if value not in (None, "", [], {}) and DEFAULTS.get(key) != value
    }
