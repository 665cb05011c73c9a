"""Editing entries: nothing typed is lost, nothing is published half, every change can be taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4, uuid5

from django.db import transaction
from django.utils.timezone import localdate, now

from tsunagari.directory import publishing
from tsunagari.directory.models import Closure, FirstVisit, Metadata, Organization, Schedule, Service
from tsunagari.directory.timetable.read import read_text
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor

PLAIN_FIELDS = frozenset(
    "name kana alternate_name description url email status kind interpretation_services application_process"
    " fees_description wait_time accreditations eligibility_description minimum_age maximum_age licenses alert"
    " when_text room source program_id".split()
)
VISIT_FIELDS = frozenset(f.attname for f in FirstVisit._meta.fields if not f.primary_key)


_RULE_FIELDS = (
    "freq", "byday", "bymonthday", "interval", "dtstart", "until", "valid_from", "valid_to", "opens_at", "closes_at",
)  # fmt: skip
_EMPTY = {"freq": "", "byday": "", "bymonthday": ""}


class Conflict(Exception):
    """Somebody else changed it meanwhile. `theirs` is what stands now, `yours` what was about to be saved."""

    def __init__(self, thing: Any, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> None:
        super().__init__("changed meanwhile")
        self.thing, self.theirs, self.yours = thing, theirs, yours


def _locked(service: Service) -> Service:
    return Service.objects.select_for_update(of=("self",)).get(pk=service.pk)


def note_changes(
    thing: Service | Organization, changes: Mapping[str, tuple[Any, Any]], *, kind: str = "update", by: Actor
) -> None:
    """Write HSDS metadata of an entry or an organisation: which field said what before and says what now."""
    who = str(by.account_id or "public")
    Metadata.objects.bulk_create(
        Metadata(
            resource_id=thing.pk,
            resource_type=str(thing._meta.model_name),
            last_action_date=localdate(),
            last_action_type=kind,
            field_name=field,
            previous_value=str(old if old is not None else ""),
            replacement_value=str(new if new is not None else ""),
            updated_by=who,
        )
        for field, (old, new) in changes.items()
    )


def differences(thing: Any, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose value would change: (old, new) by name."""
    return {name: (getattr(thing, name), new) for name, new in values.items() if getattr(thing, name) != new}


@transaction.atomic
def edit(service: Service, *, values: Mapping[str, Any], version: int, by: Actor) -> Service:
    """Save what an editor changed in an entry; editing is also saying that it is true today.

    `version` is what the editor saw: when another was faster, `Conflict` carries both texts."""
    service = _locked(service)
    access.require(by, "entry.edit", service)
    changes = differences(service, {k: v for k, v in values.items() if k in PLAIN_FIELDS})
    if service.version != version and changes:
        raise Conflict(service, {name: old for name, (old, _) in changes.items()}, dict(values))
    for name, (_, new) in changes.items():
        setattr(service, name, new)
    if "room" in changes:
        service.room_at, service.room_by = now(), by.account_id
    service.confirmed_at, service.confirmed_by = now(), by.account_id
    service.version += 1
    service.save()
    if "when_text" in changes:
        _read_when(service)
    _edit_visit(service, {k: v for k, v in values.items() if k in VISIT_FIELDS})
    note_changes(service, changes, by=by)
    publishing.refresh([service.pk])
    audit.record("entry.edited", by=by, about=service, fields=sorted(changes))
    return service


def _read_when(service: Service) -> None:
    """Make rules of the days and hours the editor wrote. What cannot be read for certain stays in the text beside."""
    reading = read_text(service.when_text)
    service.schedules.all().delete()
    service.closures.all().delete()
    Schedule.objects.bulk_create(
        Schedule(
            service=service,
            **{name: getattr(rule, name) or _EMPTY.get(name) for name in _RULE_FIELDS},
            holidays=rule.holidays,
        )
        for rule in reading.rules
    )
    Closure.objects.bulk_create(
        Closure(service=service, kind=c.kind, rule=c.rule, opens_at=c.opens_at, closes_at=c.closes_at, note=c.note)
        for c in reading.closures
    )


def _edit_visit(service: Service, values: Mapping[str, Any]) -> None:
    if values:
        FirstVisit.objects.update_or_create(service=service, defaults=dict(values))


@transaction.atomic
def add(organization: Organization, *, values: Mapping[str, Any], key: str, by: Actor) -> Service:
    """Put a new entry of this organisation into the directory. The same `key` twice (a double click) makes one."""
    access.require(by, "organization.add_entry", organization)
    pk = uuid5(organization.pk, f"{by.account_id}/{key}") if key else uuid4()
    if twin := Service.objects.filter(pk=pk).first():
        return twin
    plain = {k: v for k, v in values.items() if k in PLAIN_FIELDS}
    service = Service.objects.create(
        pk=pk, organization=organization, confirmed_at=now(), confirmed_by=by.account_id, **plain
    )
    _read_when(service)
    _edit_visit(service, {k: v for k, v in values.items() if k in VISIT_FIELDS})
    note_changes(service, {"name": ("", service.name)}, by=by, kind="create")
    publishing.refresh([service.pk])
    audit.record("entry.added", by=by, about=service)
    return service


@transaction.atomic
def withdraw(service: Service, *, by: Actor) -> Service:
    """Take an entry out of the finder and the API; it can be put back."""
    service = _locked(service)
    if service.withdrawn_at:
        return service
    access.require(by, "entry.withdraw", service)
    service.withdrawn_at, service.withdrawn_by = now(), by.account_id
    service.version += 1
    service.save(update_fields=["withdrawn_at", "withdrawn_by", "version", "last_modified"])
    publishing.refresh([service.pk])
    audit.record("entry.withdrawn", by=by, about=service)
    return service


@transaction.atomic
def restore(service: Service, *, by: Actor) -> Service:
    """Put a withdrawn entry back where people find it."""
    service = _locked(service)
    if service.withdrawn_at is None:
        return service
    access.require(by, "entry.restore", service)
    service.withdrawn_at = service.withdrawn_by = None
    service.version += 1
    service.save(update_fields=["withdrawn_at", "withdrawn_by", "version", "last_modified"])
    publishing.refresh([service.pk])
    audit.record("entry.restored", by=by, about=service)
    return service
