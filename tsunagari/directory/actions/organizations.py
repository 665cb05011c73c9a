"""Organisations in the hands of staff: added, edited, with their numbers and their places."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from tsunagari.directory import publishing
from tsunagari.directory.actions.details import replace_phones, write_place
from tsunagari.directory.actions.entries import Conflict, note_changes
from tsunagari.directory.models import Location, Organization, OrganizationIdentifier, ServiceAtLocation
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor

FIELDS = ("name", "kana", "alternate_name", "sector", "legal_status", "description", "website", "email")
# 法人番号: the number under which the State knows a body (13 digits).
NUMBER = {"identifier_type": "法人番号", "identifier_scheme": "JP-JCN"}


def standing(organization: Organization) -> dict[str, Any]:
    """What the organisation says of itself now, as the form shows it."""
    number = organization.organization_identifiers.filter(identifier_type=NUMBER["identifier_type"]).first()
    own = {name: getattr(organization, name) for name in FIELDS}
    return own | {"corporate_number": number.identifier if number else ""}


def _set_number(organization: Organization, number: str) -> None:
    organization.organization_identifiers.filter(identifier_type=NUMBER["identifier_type"]).delete()
    if number:
        OrganizationIdentifier.objects.create(organization=organization, identifier=number, **NUMBER)


@transaction.atomic
def add(*, values: Mapping[str, Any], key: str, by: Actor) -> Organization:
    """Put a new organisation into the directory. The same `key` twice (a double click) makes one."""
    access.require_any(by, "organization.add")
    pk = uuid5(by.who, f"organization/{key}") if key else uuid4()
    if twin := Organization.objects.filter(pk=pk).first():
        return twin
    organization = Organization.objects.create(pk=pk, **{name: values[name] for name in FIELDS if name in values})
    _set_number(organization, values.get("corporate_number", ""))
    note_changes(organization, {"name": ("", organization.name)}, kind="create", by=by)
    publishing.refresh(organizations=[organization.pk])
    audit.record("organization.added", by=by, about=organization)
    return organization


@transaction.atomic
def edit(organization: Organization, *, values: Mapping[str, Any], version: int, by: Actor) -> Organization:
    """Save what an editor changed; its entries say the new name at once.

    `version` is what the editor saw: when another was faster, `Conflict` carries both texts."""
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    access.require(by, "organization.edit", organization)
    now = standing(organization)
    changes = {name: (now[name], new) for name, new in values.items() if name in now and now[name] != new}
    if not changes:
        return organization
    if organization.version != version:
        raise Conflict(organization, {name: old for name, (old, _) in changes.items()}, dict(values))
    for name, (_, new) in changes.items():
        if name in FIELDS:
            setattr(organization, name, new)
    if "corporate_number" in changes:
        _set_number(organization, changes["corporate_number"][1])
    _changed(organization, "organization.edited", changes, by=by)
    return organization


def _changed(organization: Organization, event: str, changes: Mapping[str, tuple[Any, Any]], *, by: Actor) -> None:
    organization.version += 1
    organization.save()
    note_changes(organization, changes, by=by)
    publishing.refresh(organizations=[organization.pk])
    audit.record(event, by=by, about=organization, fields=sorted(changes))


@transaction.atomic
def set_phones(organization: Organization, *, phones: Iterable[tuple[str, str]], by: Actor) -> None:
    """The numbers of an organisation, each with who answers."""
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    access.require(by, "organization.edit", organization)
    if change := replace_phones(organization, phones):
        _changed(organization, "organization.phones_set", {"phones": change}, by=by)


@transaction.atomic
def set_place(organization: Organization, *, location: UUID | None, values: Mapping[str, Any], by: Actor) -> Location:
    """Where the organisation sits. Entries that stand at the same place are published anew with it."""
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    access.require(by, "organization.edit", organization)
    known = organization.locations.filter(pk=location).first() if location else None
    place = known or Location(organization=organization)
    changes = write_place(place, values)
    _changed(organization, "organization.place_set", changes, by=by)
    publishing.refresh(ServiceAtLocation.objects.filter(location=place).values_list("service_id", flat=True))
    return place
