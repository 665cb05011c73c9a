"""Organisations from lists."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from tsunagari.directory.importing.current import chunks
from tsunagari.directory.importing.planning import Plan
from tsunagari.directory.importing.values import GROUPS, ORGANIZATION, Values
from tsunagari.directory.importing.writing import BATCH, child_id, default_of
from tsunagari.directory.models import Organization, OrganizationIdentifier, Phone


def write(plan: Plan, *, at: datetime) -> list[UUID]:
    """Create new organisations and change changed ones; the ids of both come back."""
    new = [entry for entry in plan.entries if entry.state == "new"]
    changes = {
        entry.id: entry.merged.changes for entry in plan.entries if entry.state == "changed" and entry.merged.changes
    }
    Organization.objects.bulk_create(
        [Organization(id=entry.id, last_modified=at, **_own(entry.draft.values)) for entry in new], batch_size=BATCH
    )
    _add_children({entry.id: entry.draft.values for entry in new})
    change(changes, at=at)
    return [*(entry.id for entry in new), *changes]


def change(changes: dict[UUID, Values], *, at: datetime) -> None:
    """Write these changes of organisations: only the fields and numbers that differ are touched."""
    for pk, values in changes.items():
        own = {name: _value(name, values[name]) for name in ORGANIZATION if name in values}
        Organization.objects.filter(pk=pk).update(last_modified=at, version=F("version") + 1, **own)
    replaced = {pk: values for pk, values in changes.items() if values.keys() & {"phones", "corporate_number"}}
    for some in chunks(pk for pk, values in replaced.items() if "phones" in values):
        Phone.objects.filter(organization_id__in=some).delete()
    for some in chunks(pk for pk, values in replaced.items() if "corporate_number" in values):
        OrganizationIdentifier.objects.filter(organization_id__in=some, identifier_type="法人番号").delete()
    _add_children(replaced)


def _own(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in ORGANIZATION if values.get(name) is not None}


def _value(name: str, value: Any) -> Any:
    if value is not None or name == "year_incorporated":
        return value
    return default_of(Organization, name)


def _add_children(wanted: dict[UUID, Values]) -> None:
    Phone.objects.bulk_create(
        [
            Phone(
                id=child_id(pk, "phones", index),
                organization_id=pk,
                **{name: value for name, value in zip(GROUPS["phones"], item, strict=False) if value is not None},
            )
            for pk, values in wanted.items()
            for index, item in enumerate(values.get("phones") or [])
        ],
        batch_size=BATCH,
    )
    OrganizationIdentifier.objects.bulk_create(
        [
            OrganizationIdentifier(
                id=child_id(pk, "corporate_number", 0),
                organization_id=pk,
                identifier_type="法人番号",
                identifier_scheme="JP-JCN",
                identifier=values["corporate_number"],
            )
            for pk, values in wanted.items()
            if values.get("corporate_number")
        ],
        batch_size=BATCH,
    )
