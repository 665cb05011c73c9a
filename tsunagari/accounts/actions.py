"""Coming, being asked to do something, and leaving."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tsunagari.accounts.models import Account, DutyTerm, Invitation, Session
from tsunagari.accounts.terms import ANSWERS_FOR, Duty
from tsunagari.kernel import access, audit, nudge, outbox, promises
from tsunagari.kernel.access import PUBLIC, Actor

INVITATION_LIVES = timedelta(days=14)
# Stands in the record where the act was a command on the server.
SERVER = UUID("00000000-0000-4000-8000-000000000001")


class LastCoordinator(ValueError):
    """She is the only one to whom what got stuck climbs: somebody else must be named first."""


class StillHolds(ValueError):
    """She answers for something that others wait for: it must be handed over first."""


class AlreadyHere(ValueError):
    """Somebody with this mail address has an account already."""


def token_of(invitation: Invitation) -> str:
    """The word in the mail: from the row's id and our key, so that the table alone opens nothing."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"invitation|" + invitation.pk.bytes, hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()


def token_hash(token: str) -> str:
    """What the table keeps of that word."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(email: str, *, duties: Iterable[str] = (), organization_id: UUID | None = None, by: Actor) -> Invitation:
    """Ask somebody by mail to come. An open invitation to the same address is used again, so nobody gets two."""
    access.require(by, "person.invite", Account.objects.get(pk=by.who))
    return _invite(email, duties, organization_id, by)


@transaction.atomic
def invite_from_server(email: str, *, duties: Iterable[str] = ()) -> Invitation:
    """Whoever may run commands on the server invites the first person of a town; the link goes by hand, not by mail."""
    return _invite(email, duties, None, Actor(account_id=SERVER), mailed=False)


def _invite(
    email: str, duties: Iterable[str], organization_id: UUID | None, by: Actor, *, mailed: bool = True
) -> Invitation:
    email = email.strip().lower()
    if Account.objects.filter(email__iexact=email).exists():
        raise AlreadyHere
    now = timezone.now()
    open_one = access.visible(PUBLIC, "invitation_link.accept").filter(email=email).first()
    invitation = open_one or Invitation(email=email, invited_at=now, invited_by=by.who)
    invitation.duties = sorted({Duty(duty).value for duty in duties})
    invitation.organization_id = organization_id
    invitation.expires_at = now + INVITATION_LIVES
    invitation.token_hash = token_hash(token_of(invitation))
    invitation.save()
    audit.record("person.invited", by=by, about=invitation, duties=invitation.duties)
    if mailed:
        outbox.announce("person.invited", by=by, about=invitation)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Actor) -> Invitation:
    """Take an invitation back: its link opens nothing from here."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.withdrawn_at:
        return invitation
    access.require(by, "invitation.withdraw", invitation)
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by.account_id
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("invitation.withdrawn", by=by, about=invitation)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, name: str, kana: str, password: str, by: Actor) -> Account:
    """Come: the account is made, with the duties that were meant for it. The link is used up."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    access.require(by, "invitation_link.accept", invitation)
    account = Account.objects.create_account(invitation.email, password, name=name, kana=kana)
    now = timezone.now()
    invitation.accepted_at, invitation.accepted_by = now, account
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    for duty in invitation.duties:
        DutyTerm.objects.create(
            account=account, duty=duty, since=timezone.localdate(), given_at=now, given_by=invitation.invited_by
        )
    audit.record("invitation.accepted", by=Actor(account_id=account.pk), about=invitation)
    outbox.announce("invitation.accepted", by=Actor(account_id=account.pk), about=invitation)
    return account


@transaction.atomic
def give_duty(account: Account, *, duty: Duty, since: date, until: date | None = None, by: Actor) -> DutyTerm:
    """Ask somebody to do a task for the town, from a day on; asking twice does no harm."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.require(by, "person.give_duty", account)
    running = account.duty_terms.filter(duty=duty, until=None).first()
    if running:
        return running
    term = DutyTerm.objects.create(
        account=account, duty=duty, since=since, until=until, given_at=timezone.now(), given_by=by.who
    )
    audit.record("duty.given", by=by, about=account, duty=duty.value, term=term.pk)
    return term


@transaction.atomic
def end_duty(term: DutyTerm, *, by: Actor) -> DutyTerm:
    """From now on she does not do this task any more; her open pages are closed."""
    term = DutyTerm.objects.select_for_update().get(pk=term.pk)
    if term.ended_at:
        return term
    access.require(by, "duty.end", term)
    _may_end(term)
    _end(DutyTerm.objects.filter(pk=term.pk), by)
    audit.record("duty.ended", by=by, about=term)
    nudge.close_account(term.account_id)
    term.refresh_from_db()
    return term


def _may_end(term: DutyTerm) -> None:
    if term.duty == Duty.COORDINATOR:
        keep_a_coordinator(term.account)
    today = DutyTerm.objects.on(timezone.localdate()).filter(account_id=term.account_id).exclude(pk=term.pk)
    if (
        term.duty in ANSWERS_FOR
        and not today.filter(duty__in=ANSWERS_FOR).exists()
        and promises.held_by(term.account_id)
    ):
        raise StillHolds(term.account_id)


def keep_a_coordinator(account: Account) -> None:
    """Refuse when without her nobody would be coordinator of the town."""
    named = DutyTerm.objects.on(timezone.localdate()).filter(duty=Duty.COORDINATOR, account__deactivated_at=None)
    if set(named.values_list("account_id", flat=True)) == {account.pk}:
        raise LastCoordinator(account.pk)


@transaction.atomic
def limit_duties(account: Account, *, until: date, by: Actor) -> None:
    """Everything the town asks of her has this last day. For leaving on a day; who calls it has asked the rule."""
    for term in account.duty_terms.select_for_update().filter(ended_at=None):
        if term.until is None or term.until > until:
            term.until = max(until, term.since)
            term.save(update_fields=["until"])
            audit.record("duty.ending", by=by, about=account, term=term.pk, until=term.until)


def _end(terms: QuerySet[DutyTerm], by: Actor) -> None:
    """Yesterday was the last day; a term that began today is left with no day at all by moving it back."""
    yesterday = timezone.localdate() - timedelta(days=1)
    terms.filter(since__gt=yesterday).update(since=yesterday)
    terms.update(until=yesterday, ended_at=timezone.now(), ended_by=by.account_id)


@transaction.atomic
def deactivate(account: Account, *, by: Actor) -> Account:
    """She left: sessions, sockets, second factors, the password and every duty end in this one act."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.deactivated_at:
        return account
    access.require(by, "person.deactivate", account)
    keep_a_coordinator(account)
    if promises.held_by(account.pk):
        raise StillHolds(account.pk)
    account.deactivated_at, account.deactivated_by = timezone.now(), by.account_id
    account.set_unusable_password()
    account.save(update_fields=["deactivated_at", "deactivated_by", "password"])
    _end(account.duty_terms.filter(ended_at=None), by)
    Session.objects.filter(account_id=account.pk).delete()
    Authenticator.objects.filter(user=account).delete()
    audit.record("person.deactivated", by=by, about=account)
    outbox.announce("person.deactivated", by=by, about=account)
    nudge.close_account(account.pk)
    return account
