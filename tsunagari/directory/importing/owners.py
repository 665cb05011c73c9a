"""Which service or organisation a row of an HSDS package belongs to, and which of them a change touches."""

from typing import Any
from uuid import UUID

from tsunagari.directory.exporting.tables import MODELS, WITHOUT_ID
from tsunagari.directory.importing.comparing import Difference
from tsunagari.directory.importing.current import chunks
from tsunagari.directory.importing.tables import Fitting
from tsunagari.directory.models import ServiceAtLocation

Owner = tuple[str, UUID]


class Owners:
    """Which service (or organisation) a row of the package belongs to."""

    def __init__(self, fittings: dict[str, Fitting]) -> None:
        self.service_at: dict[UUID, UUID] = {}
        self.at_location: dict[UUID, UUID] = {}
        self.contact: dict[UUID, tuple[str, UUID]] = {}
        self.phone: dict[UUID, tuple[str, UUID]] = {}
        self._learn(fittings.get("service_at_location"))
        for name, held in (("contact", self.contact), ("phone", self.phone)):
            fitting = fittings.get(name)
            if fitting:
                at = fitting.names.index("id")
                for row in fitting.rows:
                    owner = self.of(fitting, row)
                    if owner:
                        held[row[at]] = owner

    def _learn(self, fitting: Fitting | None) -> None:
        if fitting:
            one, service, place = (fitting.names.index(name) for name in ("id", "service_id", "location_id"))
            for row in fitting.rows:
                self.service_at[row[one]] = row[service]
                self.at_location.setdefault(row[place], row[service])

    def of(self, fitting: Fitting, row: list[Any]) -> tuple[str, UUID] | None:
        """("service", id) or ("organization", id), or None for what belongs to nobody (words, units)."""
        if fitting.entity in ("service", "organization"):
            return fitting.entity, row[fitting.names.index("id")]
        if fitting.entity == "location" and (service := self.at_location.get(row[fitting.names.index("id")])):
            return "service", service
        for at, name in enumerate(fitting.names):
            value = row[at]
            if value is None:
                continue
            if name == "service_id" or (name == "link_id" and row[fitting.names.index("link_entity")] == "service"):
                return "service", value
            if name == "service_at_location_id" and value in self.service_at:
                return "service", self.service_at[value]
            if name == "location_id" and value in self.at_location:
                return "service", self.at_location[value]
            if name == "organization_id":
                return "organization", value
            if name in ("contact_id", "phone_id"):
                found = (self.contact if name == "contact_id" else self.phone).get(value)
                if found:
                    return found
        return None


def touched(difference: Difference, fittings: dict[str, Fitting], owners: Owners) -> tuple[list[UUID], list[UUID]]:
    """Services and organisations to publish anew. Asked before anything is written, while removed rows still stand."""
    found: dict[str, dict[UUID, None]] = {"service": {}, "organization": {}}
    places: set[UUID] = set()
    for entity, rows in difference.new.items():
        fitting = fittings[entity]
        for row in rows:
            owner = owners.of(fitting, row)
            if owner:
                found[owner[0]][owner[1]] = None
            elif entity == "location":
                places.add(row[fitting.names.index("id")])
    for entity in {*difference.changed, *difference.removed}:
        keys = [*difference.changed.get(entity, {}), *difference.removed.get(entity, [])]
        if entity in found or entity in WITHOUT_ID:
            found["organization" if entity == "organization" else "service"].update(dict.fromkeys(keys))
        elif entity == "location":
            places.update(keys)
        else:
            _add_standing(entity, keys, found, places)
    for some in chunks(places):
        here = ServiceAtLocation.objects.filter(location_id__in=some).values_list("service_id", flat=True)
        found["service"].update(dict.fromkeys(here))
    return list(found["service"]), list(found["organization"])


def _add_standing(entity: str, keys: list[Any], found: dict[str, dict[UUID, None]], places: set[UUID]) -> None:
    model: Any = MODELS[entity]
    names = {column.attname for column in model._meta.fields}
    for some in chunks(keys):
        rows = model._default_manager.filter(pk__in=some)
        for name, held in (("service_id", found["service"]), ("organization_id", found["organization"])):
            if name in names:
                held.update(dict.fromkeys(pk for pk in rows.values_list(name, flat=True) if pk))
        if "service_at_location_id" in names:
            through = rows.values_list("service_at_location__service_id", flat=True)
            found["service"].update(dict.fromkeys(pk for pk in through if pk))
        if "location_id" in names:
            places.update(pk for pk in rows.values_list("location_id", flat=True) if pk)
        if entity == "attribute":
            tagged = rows.filter(link_entity="service").values_list("link_id", flat=True)
            found["service"].update(dict.fromkeys(tagged))
