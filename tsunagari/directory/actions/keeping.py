"""Keeping entries true: one tap by the keeper, a second person for a changed number, a date that somebody confirmed."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.actions.entries import note_changes
from tsunagari.directory.models import Keeper, KeeperLink, PendingChange, Phone, Service
from tsunagari.directory.terms import ChangeState, Room
from tsunagari.kernel import access, audit, outbox
from tsunagari.kernel.access import PUBLIC, Actor

LINK_LIVES = timedelta(days=45)
# Attack: anybody may report, and each report writes to the keeper. The link she has already shows the new report too.
MOST_AN_HOUR = 3
# Attack: whoever holds a keeper's link sends callers in trouble to a number of their own. These two wait.
WAITING_FIELDS = ("phone", "url")


def link_hash(token: str) -> str:
    """What the table keeps of a link: the token itself is only in the keeper's mail."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(link: KeeperLink) -> str:
    """The word in the keeper's mail. It comes from the link's id and this installation's key file, so the table alone
    (which holds only its hash) opens nothing, and a mail can be sent again without storing the word."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"keeper-link|" + link.pk.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


@transaction.atomic
def ask(keeper: Keeper, *, by: Actor) -> KeeperLink:
    """Ask the keeper, by a fresh link, whether the entry is still true; mail goes out through the outbox."""
    access.require(by, "keeper.ask", keeper)
    return _new_link(keeper, by=by)


def _new_link(keeper: Keeper, *, by: Actor) -> KeeperLink:
    link = KeeperLink(keeper=keeper, made_at=now(), expires_at=now() + LINK_LIVES)
    link.token_hash = link_hash(token_of(link))
    link.save(force_insert=True)
    keeper.asked_at = now()
    keeper.save(update_fields=["asked_at"])
    audit.record("keeper.asked", by=by, about=keeper)
    outbox.announce("keeper.asked", by=by, about=link)
    return link


@transaction.atomic
def ask_who_is_due() -> int:
    """The daily round: ask every keeper whose entry will fade soon. Running it twice asks nobody twice."""
    due = list(due_keepers().select_for_update(of=("self",)))
    for keeper in due:
        _new_link(keeper, by=PUBLIC)
    return len(due)


@transaction.atomic
def ask_all(service: Service) -> int:
    """Ask every keeper of this entry now, because somebody said that it is wrong."""
    lately = Count("links", filter=Q(links__made_at__gt=now() - timedelta(hours=1)))
    keepers = list(service.keepers.filter(ended_at=None).exclude(email="").alias(n=lately).filter(n__lt=MOST_AN_HOUR))
    for keeper in keepers:
        _new_link(keeper, by=PUBLIC)
    return len(keepers)


@transaction.atomic
def add_keeper(service: Service, *, name: str, email: str, by: Actor) -> Keeper:
    """Name somebody who will say whether an entry is still true. No account is needed: a link by mail does it."""
    access.require(by, "entry.edit", service)
    keeper, _ = Keeper.objects.get_or_create(service=service, email=email, ended_at=None, defaults={"name": name})
    audit.record("keeper.added", by=by, about=keeper)
    return keeper


@transaction.atomic
def end_keeper(keeper: Keeper, *, by: Actor) -> Keeper:
    """The keeper no longer keeps this entry; the links die with it."""
    access.require(by, "keeper.ask", keeper)
    keeper.ended_at, keeper.ended_by = now(), by.account_id
    keeper.save(update_fields=["ended_at", "ended_by"])
    audit.record("keeper.ended", by=by, about=keeper)
    return keeper


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
