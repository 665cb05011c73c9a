"""Composes HSDS documents: the short row of a list and the full record, for services, places and organisations."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tsunagari.directory import models as tables
from tsunagari.directory.bulk import Among
from tsunagari.directory.documents import rows
from tsunagari.directory.documents.shapes import FIELDS, shown

Document = dict[str, Any]
Row = dict[str, Any]
_NESTED_IN_SERVICE = ("phone", "schedule", "service_area", "language", "funding", "contact")
_PLURAL = {
    "phone": "phones", "schedule": "schedules", "service_area": "service_areas", "language": "languages",
    "funding": "funding", "cost_option": "cost_options", "required_document": "required_documents",
    "contact": "contacts", "url": "additional_urls", "address": "addresses", "accessibility": "accessibility",
}  # fmt: skip


@dataclass
class Built:
    """One document ready to be stored: `summary` for lists, `full` for the record, and what filters need."""

    entity: str
    id: UUID
    summary: Document
    full: Document
    modified: Any
    organization_id: UUID | None = None
    service_id: UUID | None = None
    words: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Builder:
    """Holds what a batch of services needs; every method below only composes, none asks the database."""

    def __init__(self, service_ids: Iterable[UUID]) -> None:
        services = tables.Service.objects.filter(Among("id", service_ids), withdrawn_at=None).order_by("pk")
        self.services = {row["id"]: row for row in services.values(*FIELDS["service"])}
        sals = tables.ServiceAtLocation.objects.filter(Among("service_id", self.services)).order_by("pk")
        self.sals = list(sals.values(*FIELDS["service_at_location"]))
        location_ids = list({sal["location_id"] for sal in self.sals})
        organization_ids = list({row["organization_id"] for row in self.services.values()})
        places = tables.Location.objects.filter(Among("id", location_ids))
        self.locations = {row["id"]: row for row in places.values(*FIELDS["location"], "address_hidden", "area")}
        organizations = tables.Organization.objects.filter(Among("id", organization_ids))
        self.organizations = {
            row["id"]: organization_summary(row) for row in organizations.values(*FIELDS["organization"])
        }
        self.found = rows.gather(list(self.services), [s["id"] for s in self.sals], location_ids, organization_ids)
        self.programs = {
            UUID(p["id"]): p for o in organization_ids for p in self.found.of("program", "organization_id", o)
        }
        self.terms = rows.all_terms()
        self.attributes = rows.attributes_of([*self.services, *location_ids], self.terms)
        self.capacities = _capacities(self.services)
        self.sals_of: dict[UUID, list[Row]] = {}
        for sal in self.sals:
            self.sals_of.setdefault(sal["service_id"], []).append(sal)
        # Said in several documents, composed once.
        self.summaries = {pk: self._summary(row) for pk, row in self.services.items()}
        self.places = {pk: self._place(row) for pk, row in self.locations.items()}
        self.full_places = {pk: self._full_place(row) for pk, row in self.locations.items()}
        self.full_sals = {sal["id"]: self._full_sal(sal) for sal in self.sals}

    def _dependants(self, entities: Iterable[str], column: str, owner: UUID) -> Document:
        found = {_PLURAL[entity]: self.found.of(entity, column, owner) for entity in entities}
        return {name: rows_ for name, rows_ in found.items() if rows_}

    def _place(self, row: Row) -> Document:
        """A location. Attack: a shelter's house is found by its name, the stop before it, its own telephone or the
        steps at its door as well as by its address; where that is hidden, only the area leaves."""
        if row["address_hidden"]:
            return shown("location", {"id": row["id"], "location_type": row["location_type"], "name": row["area"]})
        return shown("location", row)

    def _full_place(self, row: Row) -> Document:
        pk = row["id"]
        if row["address_hidden"]:
            return self.places[pk]
        nested = ("phone", "schedule", "language", "contact", "accessibility", "address")
        document = self.places[pk] | self._dependants(nested, "location_id", pk)
        _only_whole_addresses(document)
        if tags := self.attributes.get(pk):
            document["attributes"] = tags
        return document

    def _summary(self, row: Row) -> Document:
        document = shown("service", row)
        document["organization"] = self.organizations[row["organization_id"]]
        if row["program_id"] in self.programs:
            document["program"] = self.programs[row["program_id"]]
        return document

    def _service(self, pk: UUID) -> Document:
        """The full record, still without its places."""
        nested = (*_NESTED_IN_SERVICE, "cost_option", "required_document", "url")
        document = self.summaries[pk] | self._dependants(nested, "service_id", pk)
        if capacities := self.capacities.get(pk):
            document["capacities"] = capacities
        if tags := self.attributes.get(pk):
            document["attributes"] = tags
        return document

    def _own(self, sal: Row) -> Document:
        """The row itself; what is said about a hidden place may say where it is."""
        hidden = self.locations[sal["location_id"]]["address_hidden"]
        return shown("service_at_location", {**sal, "description": ""} if hidden else sal)

    def _full_sal(self, sal: Row) -> Document:
        hidden = self.locations[sal["location_id"]]["address_hidden"]
        document = self._own(sal)
        document["location"] = self.full_places[sal["location_id"]]
        nested = ("schedule", "service_area") if hidden else ("phone", "schedule", "contact", "service_area")
        return document | self._dependants(nested, "service_at_location_id", sal["id"])

    def build(self) -> Iterable[Built]:
        """Every service and every service_at_location of the batch."""
        for pk, row in self.services.items():
            full = self._service(pk)
            sals = self.sals_of.get(pk, [])
            for sal in sals:
                yield self._built_sal(sal, row, full)
            if sals:
                full = {**full, "service_at_locations": [self.full_sals[sal["id"]] for sal in sals]}
            summary = self.summaries[pk]
            yield Built("service", pk, summary, full, row["last_modified"], row["organization_id"], pk, _words(summary))

    def _built_sal(self, sal: Row, service: Row, full_service: Document) -> Built:
        place, summary = self.places[sal["location_id"]], self.summaries[service["id"]]
        return Built(
            "service_at_location", sal["id"], {**self._own(sal), "location": place, "service": summary},
            {**self.full_sals[sal["id"]], "service": full_service}, service["last_modified"],
            service["organization_id"], service["id"], _words(summary, place), place.get("latitude"),
            place.get("longitude"),
        )  # fmt: skip


def organization_summary(row: Row) -> Document:
    """HSDS wants a description of every organisation: without one, the name stands in."""
    document = shown("organization", row)
    document.setdefault("description", document["name"])
    return document


def organizations(ids: Iterable[UUID]) -> Iterable[Built]:
    """Organisations that have not withdrawn, with everything of their own (services come by `full_service`)."""
    wanted = tables.Organization.objects.filter(Among("id", ids), withdrawn_at=None).order_by("pk")
    listed = {row["id"]: row for row in wanted.values(*FIELDS["organization"], "last_modified")}
    places = tables.Location.objects.filter(organization__in=list(listed), address_hidden=False).order_by("pk")
    standing = list(places.values(*FIELDS["location"]))
    found = rows.gather([], [], [row["id"] for row in standing], list(listed))
    tags = rows.attributes_of(listed, rows.all_terms())
    names = {"phone": "phones", "contact": "contacts", "funding": "funding", "program": "programs",
             "url": "additional_websites", "organization_identifier": "organization_identifiers"}  # fmt: skip
    for pk, row in listed.items():
        summary = organization_summary(row)
        full = dict(summary)
        for entity, plural in names.items():
            if nested := found.of(entity, "organization_id", pk):
                full[plural] = nested
        if own := [_seat(row, found) for row in standing if row["organization_id"] == pk]:
            full["locations"] = own
        if pk in tags:
            full["attributes"] = tags[pk]
        yield Built("organization", pk, summary, full, row["last_modified"], pk, None, _words(summary))


def _seat(row: dict[str, Any], found: rows.Gathered) -> Document:
    """A place where the organisation itself sits; a hidden one does not come here at all."""
    document = shown("location", row)
    if addresses := found.of("address", "location_id", row["id"]):
        document["addresses"] = addresses
    _only_whole_addresses(document)
    return document


def _only_whole_addresses(location: Document) -> None:
    """HSDS wants a postcode in every address. One nobody is sure of is not made up: it is said in words."""
    addresses = location.pop("addresses", [])
    whole = [one for one in addresses if {"postal_code", "address_1", "city", "state_province"} <= one.keys()]
    if whole:
        location["addresses"] = whole
    elif addresses:
        one = addresses[0]
        words = "".join(one.get(name, "") for name in ("state_province", "city", "address_1", "address_2"))
        location["description"] = " ".join(filter(None, (location.get("description"), words)))


def _capacities(services: Iterable[UUID]) -> dict[UUID, list[Document]]:
    found: dict[UUID, list[Document]] = {}
    capacities = tables.ServiceCapacity.objects.filter(Among("service_id", services))
    for capacity in capacities.select_related("unit").order_by("pk"):
        document = shown("service_capacity", vars(capacity))
        document["unit"] = shown("unit", vars(capacity.unit))
        found.setdefault(capacity.service_id, []).append(document)
    return found


def _words(*documents: Document) -> str:
    """What the API's `search` looks through: names and descriptions, folded in width and case."""
    parts = []
    for document in documents:
        parts += [document.get(name, "") for name in ("name", "alternate_name", "description")]
        parts.append(document.get("organization", {}).get("name", ""))
    return unicodedata.normalize("NFKC", "\n".join(filter(None, parts))).casefold()
