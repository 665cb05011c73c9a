"""Where a list and our own edits disagree, a person decides."""

from django.db import transaction
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.actions.entries import PLAIN_FIELDS, note_changes
from tsunagari.directory.models import ImportConflict, Service
from tsunagari.directory.terms import ConflictState
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor


@transaction.atomic
def decide(conflict: ImportConflict, *, take: bool, by: Actor) -> ImportConflict:
    """Keep what staff wrote, or take what the list says now. Either way the list will not ask again for this value."""
    conflict = ImportConflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if conflict.state != ConflictState.OPEN:
        return conflict
    access.require(by, "conflict.decide", conflict)
    if take:
        _take(conflict, by=by)
    conflict.state = ConflictState.TAKEN if take else ConflictState.KEPT
    conflict.decided_at, conflict.decided_by = now(), by.account_id
    conflict.save(update_fields=["state", "decided_at", "decided_by"])
    audit.record("conflict.decided", by=by, about=conflict, taken=take)
    return conflict


def _take(conflict: ImportConflict, *, by: Actor) -> None:
    service = Service.objects.select_for_update(of=("self",)).get(pk=conflict.service_id)
    if conflict.field in PLAIN_FIELDS:
        setattr(service, conflict.field, conflict.theirs)
        service.version += 1
        service.save()
    elif conflict.field == "phone":
        service.phones.all().delete()
        service.phones.create(number=conflict.theirs, type="voice")
    note_changes(service, {conflict.field: (conflict.ours, conflict.theirs)}, by=by)
    publishing.refresh([service.pk])
