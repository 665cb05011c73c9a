"""Reads everything that belongs to a set of services in a fixed number of queries, grouped by what it hangs on."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from tsunagari.directory import models as tables
from tsunagari.directory.bulk import Among
from tsunagari.directory.documents.shapes import FIELDS, shown

Rows = dict[UUID, list[dict[str, Any]]]


class Gathered:
    """HSDS objects in JSON shape, by (entity, column, id of the owner): `of("phone", "service_id", id)`."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], Rows] = {}

    def read(self, entity: str, table: type[Model], owners: dict[str, Iterable[UUID]]) -> None:
        """Fetch rows of `table` that hang on any of the owners given by column; each row hangs where it says."""
        wanted = reduce(or_, (Q(Among(column, ids)) for column, ids in owners.items()))
        groups: dict[str, Rows] = {column: defaultdict(list) for column in owners}
        for row in table._default_manager.filter(wanted).order_by("pk").values(*FIELDS[entity]):
            document = shown(entity, row)
            for column in owners:
                if row[column] is not None:
                    groups[column][row[column]].append(document)
        for column, rows in groups.items():
            self._groups[entity, column] = rows

    def of(self, entity: str, column: str, owner: UUID) -> list[dict[str, Any]]:
        return self._groups[entity, column].get(owner, [])


def attributes_of(ids: Iterable[UUID], terms: dict[UUID, dict[str, Any]]) -> Rows:
    """HSDS attributes by the object they tag, each with its taxonomy term inside."""
    found: Rows = defaultdict(list)
    rows = tables.Attribute.objects.filter(Among("link_id", ids)).order_by("pk").values(*FIELDS["attribute"])
    for row in rows:
        found[row["link_id"]].append({**shown("attribute", row), "taxonomy_term": terms[row["taxonomy_term_id"]]})
    return found


def all_terms() -> dict[UUID, dict[str, Any]]:
    """Every taxonomy term in JSON shape, with the name of its taxonomy beside it."""
    taxonomies = {row["id"]: row for row in tables.Taxonomy.objects.values("id", "name")}
    terms = {}
    for row in tables.TaxonomyTerm.objects.values(*FIELDS["taxonomy_term"]):
        document = shown("taxonomy_term", row)
        document["taxonomy"] = taxonomies[row["taxonomy_id"]]["name"]
        terms[row["id"]] = document
    return terms


def gather(
    service_ids: list[UUID], sal_ids: list[UUID], location_ids: list[UUID], organization_ids: list[UUID]
) -> Gathered:
    """All dependants of these four sets: eleven queries, whatever their size."""
    found = Gathered()
    on_services = {"service_id": service_ids}
    anywhere = {"service_id": service_ids, "service_at_location_id": sal_ids, "location_id": location_ids}
    everywhere: dict[str, Iterable[UUID]] = {**anywhere, "organization_id": organization_ids}
    found.read("phone", tables.Phone, everywhere)
    found.read("contact", tables.Contact, everywhere)
    found.read("schedule", tables.Schedule, {**anywhere})
    found.read("service_area", tables.ServiceArea, {"service_id": service_ids, "service_at_location_id": sal_ids})
    found.read("language", tables.Language, {"service_id": service_ids, "location_id": location_ids})
    found.read("funding", tables.Funding, {"service_id": service_ids, "organization_id": organization_ids})
    found.read("url", tables.Url, {"service_id": service_ids, "organization_id": organization_ids})
    found.read("cost_option", tables.CostOption, {**on_services})
    found.read("required_document", tables.RequiredDocument, {**on_services})
    found.read("address", tables.Address, {"location_id": location_ids})
    found.read("accessibility", tables.Accessibility, {"location_id": location_ids})
    found.read("program", tables.Program, {"organization_id": organization_ids})
    found.read("organization_identifier", tables.OrganizationIdentifier, {"organization_id": organization_ids})
    return found
