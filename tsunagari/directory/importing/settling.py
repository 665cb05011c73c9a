"""Where a list and staff disagree: one of the two is taken, by a person."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.exporting.tables import MODELS, WITHOUT_ID, as_text
from tsunagari.directory.importing.applying import organizations_named
from tsunagari.directory.importing.changing import change
from tsunagari.directory.importing.fields import Unfit, converter
from tsunagari.directory.importing.writing import Writer
from tsunagari.directory.models import ImportConflict, Service, ServiceAtLocation, SourceRecord
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
        service = Service.objects.select_for_update(of=("self",)).get(pk=conflict.service_id)
        if conflict.batch.kind == ImportKind.HSDS:
            _take_cell(conflict, service, by=by)
        else:
            _take_value(conflict, service, by=by)
    audit.record("conflict.settled", by=by, about=conflict, field=conflict.field, taken=take_theirs)
    return conflict


def _take_value(conflict: ImportConflict, service: Service, *, by: Actor) -> None:
    """From a list: the value stands in the record of its row, in its own shape."""
    record = SourceRecord.objects.filter(object_id=service.pk, source=conflict.batch.source).first()
    value = record.values.get(conflict.field) if record else conflict.theirs
    named = [value] if conflict.field == "organization" and value else []
    organizations, made = organizations_named(named)
    writer = Writer(organizations, now(), by.account_id, service.source)
    change({service.pk: {conflict.field: value}}, writer)
    publishing.refresh([service.pk], made)


def _take_cell(conflict: ImportConflict, service: Service, *, by: Actor) -> None:
    """From an HSDS package: one column of the entry, or of the row of it that still says what it said then."""
    entity, _, name = conflict.field.rpartition(".")
    entity = entity or "service"
    if name in WITHOUT_ID:
        return  # whole groups of closures or texts: staff mend them in the entry itself
    row = _row(conflict, service, entity, name)
    if row is None:
        return
    try:
        value = converter(MODELS[entity], name)(conflict.theirs)
    except Unfit:
        return
    setattr(row, name, value)
    row.save()
    service.refresh_from_db()
    service.version += 1
    service.confirmed_at, service.confirmed_by = now(), by.account_id
    service.save(update_fields=["version", "confirmed_at", "confirmed_by", "last_modified"])
    publishing.refresh([service.pk])


def _row(conflict: ImportConflict, service: Service, entity: str, name: str) -> Any:
    model: Any = MODELS[entity]
    columns = {column.attname for column in model._meta.fields}
    places = ServiceAtLocation.objects.filter(service=service).values_list("location_id", flat=True)
    if entity == "service":
        return service
    if entity == "location":
        found = model._default_manager.filter(pk__in=places)
    elif "service_id" in columns and model._default_manager.filter(service_id=service.pk).exists():
        found = model._default_manager.filter(service_id=service.pk)
    elif "location_id" in columns:
        found = model._default_manager.filter(location_id__in=places)
    else:
        return None
    return next((row for row in found if as_text(getattr(row, name)) == conflict.ours), None)
