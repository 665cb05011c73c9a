"""Everything the finder wants to know of a service, read for many services in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from tsunagari.directory.bulk import Among
from tsunagari.directory.finder.taxonomies import label
from tsunagari.directory.models import (
    Attribute,
    Closure,
    Location,
    Occurrence,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceText,
)
from tsunagari.directory.search.entries import Said
from tsunagari.directory.terms import LocationType

T = TypeVar("T")
_SUMMARY = 120


@dataclass
class Source:
    """A service with what hangs on it."""

    service: Service
    locations: list[Location] = field(default_factory=list)
    texts: list[ServiceText] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    @cached_property
    def terms(self) -> list[str]:
        """Every term the index filters by. A price of nothing is the feature "free"."""
        found = [*self.tags, f"kind:{self.service.kind}"]
        found += [f"area:{location.area}" for location in self.locations if location.area]
        if any(location.location_type == LocationType.VIRTUAL for location in self.locations):
            found.append("feature:online")
        return sorted(set(found))

    @property
    def points(self) -> list[tuple[float, float]]:
        """Where it stands. A hidden address gives no point: distances from three points would find it."""
        return [
            (location.latitude, location.longitude)
            for location in self.locations
            if location.latitude is not None and location.longitude is not None and not location.address_hidden
        ]

    @property
    def said(self) -> Said:
        """The texts by their weight; see `search.entries.FIELDS`. A term such as 「手芸・囲碁」 is one or the other, so
        its name is not among the entry's words; the term itself is found through the thesaurus."""
        service = self.service
        labels = [label(term) for term in self.tags]
        places = [loc.area if loc.address_hidden else f"{loc.name}\n{loc.area}" for loc in self.locations]
        fields = {
            "name": "\n".join([service.name, service.kana, service.alternate_name, *(t.name for t in self.texts)]),
            "terms": "\n".join(name for name in labels if "・" not in name),
            "summary": "\n".join([service.description[:_SUMMARY], *places]),
            "body": "\n".join([
                service.description[_SUMMARY:], service.eligibility_description, service.application_process,
                service.organization.name, service.when_text, *(text.description for text in self.texts),
            ]),
        }  # fmt: skip
        return Said(fields, self.terms, service.name, service.kana)

    @property
    def meaning_text(self) -> str:
        labels = "、".join(label(term) for term in self.tags if term.startswith(("category:", "audience:")))
        return f"{self.service.name}。{labels}。{self.service.description[:400]}"

    def card(self) -> dict[str, Any]:
        service = self.service
        return {
            "name": {"ja": service.name} | {text.language: text.name for text in self.texts},
            "kana": service.kana,
            "kind": service.kind,
            "summary": {"ja": service.description[:_SUMMARY]}
            | {text.language: text.description[:_SUMMARY] for text in self.texts},
            "where": next((loc.name for loc in self.locations if loc.name and not loc.address_hidden), ""),
            "area": next((loc.area for loc in self.locations if loc.area), ""),
            "organization": service.organization.name,
            "when": service.when_text,
            "room": service.room,
            "points": self.points,
        }


def sources(services: QuerySet[Service]) -> list[Source]:
    """The sources of these services, in the order of their ids."""
    rows = list(services.select_related("organization").order_by("pk"))
    ids = [service.pk for service in rows]
    at = ServiceAtLocation.objects.filter(Among("service_id", ids)).select_related("location").order_by("location_id")
    locations = _grouped(at)
    of_place = {found.pk: found.service_id for found in at}
    texts = _grouped(ServiceText.objects.filter(Among("service_id", ids)))
    closures = _grouped(Closure.objects.filter(Among("service_id", ids)))
    occurrences = _grouped(Occurrence.objects.filter(Among("service_id", ids)).order_by("starts_at"))
    tags: dict[UUID, list[str]] = defaultdict(list)
    named = Attribute.objects.filter(Among("link_id", ids)).order_by("taxonomy_term__order")
    for link_id, taxonomy, code in named.values_list("link_id", "taxonomy_term__taxonomy__code", "taxonomy_term__code"):
        tags[link_id].append(f"{taxonomy}:{code}")
    schedules = _schedules(ids, of_place)
    return [
        Source(
            service,
            [found.location for found in locations[service.pk]],
            texts[service.pk],
            schedules[service.pk],
            closures[service.pk],
            occurrences[service.pk],
            tags[service.pk],
        )
        for service in rows
    ]


def _grouped(rows: Iterable[T]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        found[row.service_id].append(row)  # type: ignore[attr-defined]
    return found


def _schedules(ids: list[UUID], of_place: dict[UUID, UUID]) -> dict[UUID, list[Schedule]]:
    """Rules of a service itself and rules of one of its places count alike."""
    found: dict[UUID, list[Schedule]] = defaultdict(list)
    for rule in Schedule.objects.filter(Among("service_id", ids)):
        if rule.service_id is not None:
            found[rule.service_id].append(rule)
    for rule in Schedule.objects.filter(Among("service_at_location_id", of_place), service=None):
        if rule.service_at_location_id is not None:
            found[of_place[rule.service_at_location_id]].append(rule)
    return found
