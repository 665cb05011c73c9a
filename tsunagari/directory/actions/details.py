"""What hangs on an entry and is edited part by part: phones, places, tags, texts in other languages."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tsunagari.directory import publishing
from tsunagari.directory.actions.entries import note_changes
from tsunagari.directory.models import (
    Address,
    Attribute,
    Location,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
    ServiceText,
    Taxonomy,
    TaxonomyTerm,
)
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor

PLACE_FIELDS = ("name", "kana", "area", "transportation", "latitude", "longitude", "address_hidden")
ADDRESS_FIELDS = ("address_1", "address_2", "city", "state_province", "postal_code")


def places_of(service: Service) -> list[dict[str, Any]]:
    """The entry's locations, each with its first address, as the editor's form shows them."""
    return shown_places(Location.objects.filter(service_at_locations__service=service))


def shown_places(places: QuerySet[Location]) -> list[dict[str, Any]]:
    """Locations, each with its first address, in a fixed order."""
    found = places.prefetch_related("addresses").order_by("pk")
    return [{"location": one, "address": next(iter(one.addresses.all()), None)} for one in found]


def tags_of(service: Service) -> list[dict[str, Any]]:
    """Every taxonomy with its terms, and which of them this entry wears."""
    worn = set(Attribute.objects.filter(link_id=service.pk).values_list("taxonomy_term_id", flat=True))
    shelves = Taxonomy.objects.prefetch_related("terms").order_by("code")
    return [
        {"taxonomy": shelf, "terms": [{"term": term, "worn": term.pk in worn} for term in shelf.terms.all()]}
        for shelf in shelves
    ]


def texts_of(service: Service) -> list[dict[str, Any]]:
    """The entry's words in each language but Japanese, empty where nobody wrote them."""
    written = {text.language: text for text in service.texts.all()}
    return [
        {"code": code, "language": name, "text": written.get(code)}
        for code, name in settings.LANGUAGES
        if code != settings.LANGUAGE_CODE
    ]


def _published(service: Service, event: str, changes: Mapping[str, tuple[Any, Any]], *, by: Actor) -> None:
    note_changes(service, changes, by=by)
    publishing.refresh([service.pk])
    audit.record(event, by=by, about=service, fields=sorted(changes))


@transaction.atomic
def set_phones(service: Service, *, phones: Iterable[tuple[str, str]], by: Actor) -> None:
    """The numbers of an entry, each with who answers. An editor signed in with a name may change them at once."""
    access.require(by, "entry.edit", service)
    if change := replace_phones(service, phones):
        _published(service, "entry.phones_set", {"phones": change}, by=by)


def replace_phones(owner: Service | Organization, phones: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Put these numbers in the place of the owner's: (before, now), or None when nothing changed. A fax stays one."""
    wanted = [(number, description) for number, description in phones if number]
    before = list(owner.phones.order_by("pk"))
    if wanted == [(phone.number, phone.description) for phone in before]:
        return None
    kinds = {phone.number: phone.type for phone in before}
    owner.phones.all().delete()
    link: dict[str, Any] = {str(owner._meta.model_name): owner}
    Phone.objects.bulk_create(Phone(number=n, description=d, type=kinds.get(n) or "voice", **link) for n, d in wanted)
    return " / ".join(phone.number for phone in before), " / ".join(number for number, _ in wanted)


@transaction.atomic
def set_place(service: Service, *, location: UUID | None, values: Mapping[str, Any], by: Actor) -> Location:
    """Where it is: address and point (a pin set by hand when the address has none). `location` None adds a place."""
    access.require(by, "entry.edit", service)
    known = Location.objects.filter(service_at_locations__service=service)
    place = (known.filter(pk=location).first() if location else None) or Location()
    changes = write_place(place, values)
    ServiceAtLocation.objects.get_or_create(service=service, location=place)
    _published(service, "entry.place_set", changes, by=by)
    return place


def write_place(place: Location, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Store a location and its first address as typed; what changed comes back for the history."""
    old = {name: getattr(place, name) for name in PLACE_FIELDS}
    for name in PLACE_FIELDS:
        setattr(place, name, values[name])
    place.save()
    address = place.addresses.order_by("pk").first() or Address(location=place)
    for name in ADDRESS_FIELDS:
        setattr(address, name, values[name])
    address.save()
    changes = {n: (o, values[n]) for n, o in old.items() if o != values[n] and n != "address_hidden"}
    # Old addresses stay in the history: for a hidden place only the fact of a change is kept, never the place itself.
    return {n: ("", "") if place.address_hidden else pair for n, pair in changes.items()}


@transaction.atomic
def remove_place(service: Service, *, location: UUID, by: Actor) -> None:
    """The entry is no longer offered there; the location stays for others who use it."""
    access.require(by, "entry.edit", service)
    service.service_at_locations.filter(location_id=location).delete()
    _published(service, "entry.place_removed", {}, by=by)


@transaction.atomic
def set_tags(service: Service, *, terms: Iterable[UUID], by: Actor) -> None:
    """Which worries, people, kinds and features the entry is tagged with."""
    access.require(by, "entry.edit", service)
    wanted: QuerySet[TaxonomyTerm] = TaxonomyTerm.objects.filter(pk__in=list(terms))
    worn = Attribute.objects.filter(link_id=service.pk, link_entity="service")
    worn.exclude(taxonomy_term__in=wanted).delete()
    Attribute.objects.bulk_create(
        [Attribute(link_id=service.pk, link_entity="service", taxonomy_term=term) for term in wanted],
        ignore_conflicts=True,
    )
    _published(service, "entry.tags_set", {}, by=by)


@transaction.atomic
def set_text(service: Service, *, language: str, values: Mapping[str, str], by: Actor) -> None:
    """The entry in another language, written by a person; an empty name takes it back."""
    access.require(by, "entry.edit", service)
    if values["name"]:
        ServiceText.objects.update_or_create(service=service, language=language, defaults=dict(values))
    else:
        service.texts.filter(language=language).delete()
    _published(service, "entry.text_set", {}, by=by)
