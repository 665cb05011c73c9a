"""What the directory says now about some entries, in the same flat form that lists are read into."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Model

from tsunagari.directory import models as tables
from tsunagari.directory.importing.values import ADDRESS, GROUPS, LOCATION, ORGANIZATION, SCALARS, Values, filled, plain
from tsunagari.directory.terms import Answer

TABLES: dict[str, type[Model]] = {
    "phones": tables.Phone,
    "urls": tables.Url,
    "contacts": tables.Contact,
    "costs": tables.CostOption,
    "documents": tables.RequiredDocument,
    "languages": tables.Language,
    "areas": tables.ServiceArea,
    "schedules": tables.Schedule,
    "closures": tables.Closure,
}
VISIT = tuple(f.attname for f in tables.FirstVisit._meta.fields if not f.primary_key)
_CHUNK = 900  # SQLite takes no more ids in one query on older builds


def chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Ids in portions that one query takes."""
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]


def services(ids: Collection[UUID]) -> dict[UUID, Values]:
    """Values of these services; those that do not exist are missing from the answer."""
    found: dict[UUID, Values] = {}
    for some in chunks(ids):
        found.update(_some(some))
    return found


def _some(ids: list[UUID]) -> dict[UUID, Values]:
    rows = tables.Service.objects.filter(pk__in=ids).values("id", "organization__name", *SCALARS)
    found: dict[UUID, Values] = {}
    for row in rows:
        values = {name: plain(row[name]) for name in SCALARS}
        values["organization"] = row["organization__name"]
        found[row["id"]] = values
    for group, columns in GROUPS.items():
        for owner, items in _grouped(group, columns, ids).items():
            found[owner][group] = items
    _add_terms(found, ids)
    _add_occurrences(found, ids)
    _add_visits_and_texts(found, ids)
    _add_locations(found, ids)
    return {pk: filled(values) for pk, values in found.items()}


def _grouped(group: str, columns: tuple[str, ...], ids: list[UUID]) -> dict[UUID, list[list[Any]]]:
    found: dict[UUID, list[list[Any]]] = defaultdict(list)
    rows = TABLES[group]._default_manager.filter(service_id__in=ids).order_by("pk")
    for row in rows.values_list("service_id", *columns):
        found[row[0]].append(trimmed([plain(value) for value in row[1:]]))
    return found


def trimmed(row: list[Any]) -> list[Any]:
    """Without empty values at the end, so that a row from a list and one from the table compare equal."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _add_terms(found: dict[UUID, Values], ids: list[UUID]) -> None:
    rows = tables.Attribute.objects.filter(link_entity="service", link_id__in=ids)
    for pk, taxonomy, code in rows.values_list("link_id", "taxonomy_term__taxonomy__code", "taxonomy_term__code"):
        if pk in found:
            found[pk].setdefault("terms", []).append(f"{taxonomy}:{code}")
    for values in found.values():
        if "terms" in values:
            values["terms"].sort()


def _add_occurrences(found: dict[UUID, Values], ids: list[UUID]) -> None:
    rows = tables.Occurrence.objects.filter(service_id__in=ids).order_by("starts_at", "label")
    for row in rows.values_list("service_id", "starts_at", "ends_at", "all_day", "label", "note", "state"):
        item = [plain(value) for value in row[1:]]
        found[row[0]].setdefault("occurrences", []).append(item)


def _add_visits_and_texts(found: dict[UUID, Values], ids: list[UUID]) -> None:
    for row in tables.FirstVisit.objects.filter(service_id__in=ids).values("service_id", *VISIT):
        said = {name: row[name] for name in VISIT if row[name] not in ("", Answer.ASK)}
        found[row["service_id"]]["first_visit"] = said
    texts = tables.ServiceText.objects.filter(service_id__in=ids).order_by("language")
    for pk, language, name, description, when in texts.values_list(
        "service_id", "language", "name", "description", "when_text"
    ):
        found[pk].setdefault("texts", {})[language] = [name, description, when]


def _add_locations(found: dict[UUID, Values], ids: list[UUID]) -> None:
    """The first location of each entry; further ones are kept by HSDS packages, not by lists."""
    for pk, location in first_locations(ids).items():
        for name in LOCATION:
            found[pk][f"location.{name}"] = plain(location[name])
    owners: dict[UUID, list[UUID]] = defaultdict(list)
    for pk, location in first_locations(ids).items():
        owners[location["id"]].append(pk)
    for row in (
        tables.Address.objects.filter(location_id__in=list(owners)).order_by("-pk").values("location_id", *ADDRESS)
    ):
        for pk in owners[row["location_id"]]:
            found[pk]["location.address"] = {name: row[name] for name in ADDRESS if row[name]}
    for group, table, columns in (("location.accessibility", tables.Accessibility, ("description", "details", "url")),):
        for row in (
            table.objects.filter(location_id__in=list(owners)).order_by("pk").values_list("location_id", *columns)
        ):
            for pk in owners[row[0]]:
                found[pk].setdefault(group, []).append(trimmed([plain(value) for value in row[1:]]))


def first_locations(ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """The location each entry is shown at."""
    rows = (
        tables.ServiceAtLocation.objects.filter(service_id__in=ids).order_by("-pk").values("service_id", "location_id")
    )
    of_service = {row["service_id"]: row["location_id"] for row in rows}
    places = tables.Location.objects.filter(pk__in=set(of_service.values())).values("id", *LOCATION)
    by_id = {row["id"]: row for row in places}
    return {pk: by_id[location] for pk, location in of_service.items()}


def organizations(ids: Collection[UUID]) -> dict[UUID, Values]:
    """Values of these organisations."""
    found: dict[UUID, Values] = {}
    for some in chunks(ids):
        for row in tables.Organization.objects.filter(pk__in=some).values("id", *ORGANIZATION):
            found[row["id"]] = {name: plain(row[name]) for name in ORGANIZATION}
        for row in tables.Phone.objects.filter(organization_id__in=some).order_by("pk"):
            item = trimmed([plain(getattr(row, name)) for name in GROUPS["phones"]])
            found[row.organization_id].setdefault("phones", []).append(item)  # type: ignore[index]
        numbers = tables.OrganizationIdentifier.objects.filter(organization_id__in=some, identifier_type="法人番号")
        for number in numbers:
            found[number.organization_id]["corporate_number"] = number.identifier
    return {pk: filled(values) for pk, values in found.items()}
