"""Where a list and staff disagree: one of the two is taken, by a person."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.exporting.tables import MODELS, WITHOUT_ID, as_text
from tsunagari.directory.importing import bodies
from tsunagari.directory.importing.applying import organizations_named
from tsunagari.directory.importing.changing import change
from tsunagari.directory.importing.fields import Unfit, converter
from tsunagari.directory.importing.writing import Writer
from tsunagari.directory.models import ImportConflict, Organization, Service, ServiceAtLocation, SourceRecord
from tsunagari.directory.terms import ConflictState, ImportKind
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor


@transaction.atomic
def settle(conflict: ImportConflict, *, take_theirs: bool, by: Actor) -> ImportConflict:
    """Decide a conflict: keep what staff wrote, or take what the list says. Deciding twice changes nothing more."""
    conflict = ImportConflict.objects.select_for_update(of=("self",)).select_related("batch").get(pk=conflict.pk)
    if conflict.decided_at:
        return conflict
    access.require(by, "conflict.decide", conflict)
    conflict.state = ConflictState.TAKEN if take_theirs else ConflictState.KEPT
    conflict.decided_at, conflict.decided_by = now(), by.account_id
    conflict.save(update_fields=["state", "decided_at", "decided_by"])
    if take_theirs:
        thing = _locked(conflict)
        if conflict.batch.kind == ImportKind.HSDS:
            _take_cell(conflict, thing, by=by)
        elif isinstance(thing, Organization):
            bodies.change({thing.pk: {conflict.field: _said(conflict, thing)}}, at=now())
            publishing.refresh(organizations=[thing.pk])
        else:
            _take_value(conflict, thing, by=by)
    audit.record("conflict.settled", by=by, about=conflict, field=conflict.field, taken=take_theirs)
    return conflict


def _locked(conflict: ImportConflict) -> Service | Organization:
    """The entry or the organisation that the conflict is about."""
    if conflict.organization_id:
        return Organization.objects.select_for_update(of=("self",)).get(pk=conflict.organization_id)
    return Service.objects.select_for_update(of=("self",)).get(pk=cast(UUID, conflict.service_id))


def _said(conflict: ImportConflict, thing: Service | Organization) -> Any:
    """What the list says: the value stands in the record of its row, in its own shape."""
    record = SourceRecord.objects.filter(object_id=thing.pk, source=conflict.batch.source).first()
    return record.values.get(conflict.field) if record else conflict.theirs


def _take_value(conflict: ImportConflict, service: Service, *, by: Actor) -> None:
    value = _said(conflict, service)
    named = [value] if conflict.field == "organization" and value else []
    organizations, made = organizations_named(named)
    writer = Writer(organizations, now(), by.account_id, service.source)
    change({service.pk: {conflict.field: value}}, writer)
    publishing.refresh([service.pk], made)


def _take_cell(conflict: ImportConflict, thing: Service | Organization, *, by: Actor) -> None:
    """From an HSDS package: one column of the entry or organisation, or of the row of it that still says what it
    said then."""
    entity, _, name = conflict.field.rpartition(".")
    entity = entity or str(thing._meta.model_name)
    if name in WITHOUT_ID:
        return  # whole groups of closures or texts: staff mend them in the entry itself
    row = _row(conflict, thing, entity, name)
    if row is None:
        return
    try:
        value = converter(MODELS[entity], name)(conflict.theirs)
    except Unfit:
        return
    setattr(row, name, value)
    row.save()
    thing.refresh_from_db()
    thing.version += 1
    if isinstance(thing, Organization):
        thing.save(update_fields=["version", "last_modified"])
        publishing.refresh(organizations=[thing.pk])
        return
    thing.confirmed_at, thing.confirmed_by = now(), by.account_id
    thing.save(update_fields=["version", "confirmed_at", "confirmed_by", "last_modified"])
    publishing.refresh([thing.pk])


def _row(conflict: ImportConflict, thing: Service | Organization, entity: str, name: str) -> Any:
    if entity == thing._meta.model_name:
        return thing
    model: Any = MODELS[entity]
    columns = {column.attname for column in model._meta.fields}
    link = f"{thing._meta.model_name}_id"
    if entity != "location" and link in columns and model._default_manager.filter(**{link: thing.pk}).exists():
        found = model._default_manager.filter(**{link: thing.pk})
    else:
        found = _rows_of_places(thing, entity)
    return next((row for row in found if as_text(getattr(row, name)) == conflict.ours), None)


def _rows_of_places(thing: Service | Organization, entity: str) -> Iterable[Any]:
    """The places of an entry or an organisation, or what hangs on them."""
    places: Iterable[UUID]
    if isinstance(thing, Organization):
        places = thing.locations.values_list("pk", flat=True)
    else:
        places = ServiceAtLocation.objects.filter(service=thing).values_list("location_id", flat=True)
    model: Any = MODELS[entity]
    if entity == "location":
        return model._default_manager.filter(pk__in=places)  # type: ignore[no-any-return]
    has_place = any(column.attname == "location_id" for column in model._meta.fields)
    return model._default_manager.filter(location_id__in=places) if has_place else []
