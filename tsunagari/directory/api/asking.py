"""What a consumer may ask of a list, read from the address: mistakes are explained, never guessed away."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

MOST_PER_PAGE = 500
USUAL_PER_PAGE = 20
_TRUE, _FALSE = {"true", "1", "yes"}, {"", "false", "0", "no"}


class BadRequest(ValueError):
    """A parameter that cannot be read; `str()` names it and says what it takes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One list request, every value checked."""

    search: str
    page: int
    per_page: int
    full: bool
    minimal: bool
    full_service: bool
    ndjson: bool
    taxonomy_term_id: UUID | None
    taxonomy_id: UUID | None
    organization_id: UUID | None
    parent_id: UUID | None
    top_only: bool
    modified_after: datetime | None
    postcode: str
    proximity: int | None


def _number(query: QueryDict, name: str, usual: int, most: int) -> int:
    text = query.get(name, "")
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:10]) <= 10**9:
        raise BadRequest(f"{name} takes a whole number from 1")
    return min(int(text), most)


def _flag(query: QueryDict, name: str) -> bool:
    text = query.get(name, "").casefold()
    if text not in _TRUE | _FALSE:
        raise BadRequest(f"{name} takes true or false")
    return text in _TRUE


def _id(query: QueryDict, name: str) -> UUID | None:
    text = query.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise BadRequest(f"{name} takes a UUID") from error


def _moment(query: QueryDict, name: str) -> datetime | None:
    text = query.get(name, "").replace(" ", "+")
    if not text:
        return None
    try:
        found = parse_datetime(text)
        if found is None and (day := parse_date(text)):
            found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    except ValueError:
        found = None
    if found is None:
        raise BadRequest(f"{name} takes a date or a date and time in ISO 8601")
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError as error:
        raise BadRequest(f"{name} takes a moment within the calendar") from error


def _proximity(query: QueryDict) -> int | None:
    text = query.get("proximity", "").strip().casefold().removesuffix("m")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise BadRequest("proximity takes a distance in metres")
    return int(text)


def asked(query: QueryDict) -> Asked:
    """Read the whole query string; the first mistake is told."""
    if query.get("format", "json") not in ("json", "ndjson"):
        raise BadRequest("format takes json or ndjson")
    return Asked(
        search=query.get("search", "")[:200],
        page=_number(query, "page", 1, 10**9),
        per_page=_number(query, "per_page", USUAL_PER_PAGE, MOST_PER_PAGE),
        full=_flag(query, "full"),
        minimal=_flag(query, "minimal"),
        full_service=_flag(query, "full_service"),
        ndjson=query.get("format") == "ndjson",
        taxonomy_term_id=_id(query, "taxonomy_term_id"),
        taxonomy_id=_id(query, "taxonomy_id"),
        organization_id=_id(query, "organization_id"),
        parent_id=_id(query, "parent_id"),
        top_only=_flag(query, "top_only"),
        modified_after=_moment(query, "modified_after"),
        postcode=query.get("postcode", "").strip()[:16],
        proximity=_proximity(query),
    )
