"""Keeping entries true: one tap by the keeper, a second person for a changed number, a date that somebody confirmed."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.actions.entries import note_changes
from tsunagari.directory.models import Keeper, KeeperLink, PendingChange, Phone, Service
from tsunagari.directory.terms import ChangeState, Room
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import PUBLIC, Actor

LINK_LIVES = timedelta(days=45)
# Attack: whoever holds a keeper's link sends callers in trouble to a number of their own. These two wait.
WAITING_FIELDS = ("phone", "url")


def link_hash(token: str) -> str:
    """What the table keeps of a link: the token itself is only in the keeper's mail."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(keeper: Keeper, *, by: Actor) -> str:
    """A fresh link for this keeper; it comes back once and is stored only as a hash. Older links still work."""
    access.require(by, "keeper.ask", keeper)
    return _new_link(keeper, by=by)


def _new_link(keeper: Keeper, *, by: Actor) -> str:
    token = secrets.token_urlsafe(24)
    KeeperLink.objects.create(keeper=keeper, token_hash=link_hash(token), made_at=now(), expires_at=now() + LINK_LIVES)
    keeper.asked_at = now()
    keeper.save(update_fields=["asked_at"])
    audit.record("keeper.asked", by=by, about=keeper)
    return token


def due_keepers() -> QuerySet[Keeper]:
    """Keepers whose entry fades within two weeks and who were not asked in the last two."""
    soon = now() - timedelta(days=settings.ENTRY_FADES_AFTER_DAYS - 14)
    lately = now() - timedelta(days=14)
    return (
        Keeper.objects.filter(ended_at=None, service__withdrawn_at=None)
        .exclude(email="")
        .filter(Q(service__confirmed_at=None) | Q(service__confirmed_at__lt=soon))
        .filter(Q(asked_at=None) | Q(asked_at__lt=lately))
        .select_related("service")
    )


def _confirm(service: Service, *, who: UUID | None, room: str = "") -> Service:
    service.confirmed_at, service.confirmed_by = now(), who
    if room in Room.values:
        service.room, service.room_at, service.room_by = room, now(), who
    service.version += 1
    service.save()
    publishing.refresh([service.pk])
    return service


@transaction.atomic
def confirm(service: Service, *, room: str = "", by: Actor) -> Service:
    """Say that an entry is still true: 「変わりありません」. It stays fresh for another ninety days."""
    service = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    access.require(by, "entry.confirm", service)
    service = _confirm(service, who=by.account_id, room=room)
    audit.record("entry.confirmed", by=by, about=service)
    return service


def open_link(token: str) -> KeeperLink:
    """The link of this token while it is good; otherwise `NotVisible`, the same for used up, forwarded and guessed."""
    link: KeeperLink = access.fetch(PUBLIC, "link.use", token_hash=link_hash(token))
    return link


@transaction.atomic
def confirm_by_link(link: KeeperLink, *, room: str = "", by: Actor) -> Service:
    """The keeper's one tap, without signing in. The audit line names the keeper, not an account."""
    access.require(by, "link.use", link)
    keeper = link.keeper
    service = Service.objects.select_for_update(of=("self",)).get(pk=keeper.service_id)
    service = _confirm(service, who=keeper.pk, room=room)
    link.last_used_at = now()
    link.save(update_fields=["last_used_at"])
    audit.record("entry.confirmed", by=Actor(account_id=keeper.pk), about=service, by_link=True)
    return service


def current_value(service: Service, field: str) -> str:
    """What the entry says now for a field that waits for a second person."""
    if field == "phone":
        return service.phones.order_by("pk").values_list("number", flat=True).first() or ""
    return str(getattr(service, field))


@transaction.atomic
def propose_changes(link: KeeperLink, *, values: Mapping[str, str], by: Actor) -> list[PendingChange]:
    """The keeper gives a new phone or web address: it is kept and shown to a second person, not yet to the public."""
    access.require(by, "link.use", link)
    service, keeper = link.keeper.service, link.keeper
    made = []
    for field in WAITING_FIELDS:
        new, old = values.get(field, "").strip(), current_value(service, field)
        if not new or new == old:
            continue
        change, _ = PendingChange.objects.update_or_create(
            service=service,
            field=field,
            state=ChangeState.WAITING,
            defaults={"old_value": old, "new_value": new, "proposed_at": now(), "proposed_by": keeper.pk},
        )
        made.append(change)
        audit.record("change.proposed", by=Actor(account_id=keeper.pk), about=change, field=field)
    return made


@transaction.atomic
def accept_change(change: PendingChange, *, by: Actor) -> PendingChange:
    """The second person has looked (called the old number, opened the new page): now the public sees it."""
    change = PendingChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.state != ChangeState.WAITING:
        return change
    access.require(by, "change.decide", change)
    service = Service.objects.select_for_update(of=("self",)).get(pk=change.service_id)
    _apply(service, change)
    note_changes(service, {change.field: (change.old_value, change.new_value)}, by=by)
    return _decided(change, ChangeState.ACCEPTED, by=by)


def _apply(service: Service, change: PendingChange) -> None:
    if change.field == "phone":
        phone = service.phones.order_by("pk").first() or Phone(service=service)
        phone.number = change.new_value
        phone.save()
    else:
        setattr(service, change.field, change.new_value)
    service.version += 1
    service.save()
    publishing.refresh([service.pk])


@transaction.atomic
def decline_change(change: PendingChange, *, by: Actor) -> PendingChange:
    """The second person does not trust the change: the entry stays as it was."""
    change = PendingChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.state != ChangeState.WAITING:
        return change
    access.require(by, "change.decide", change)
    return _decided(change, ChangeState.DECLINED, by=by)


def _decided(change: PendingChange, state: ChangeState, *, by: Actor) -> PendingChange:
    change.state, change.decided_at, change.decided_by = state, now(), by.account_id
    change.save(update_fields=["state", "decided_at", "decided_by"])
    audit.record(f"change.{state.value}", by=by, about=change)
    return change


def waiting_for(service_ids: Iterable[UUID]) -> QuerySet[PendingChange]:
    """The changes of these entries that nobody has decided yet."""
    return PendingChange.objects.filter(service_id__in=list(service_ids), state=ChangeState.WAITING)
