"""Posting people to members."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tsunagari.accounts import actions as accounts
from tsunagari.accounts.models import Account, Invitation
from tsunagari.kernel import access, audit, outbox
from tsunagari.kernel.access import Actor
from tsunagari.network.models import Member, Posting


@transaction.atomic
def invite(member: Member, *, email: str, duties: Iterable[str] = (), by: Actor) -> Invitation:
    """Ask somebody by mail to act for a member: once she accepts, the posting is made by itself."""
    access.require(by, "member.post", member)
    return accounts.invite(email, duties=duties, organization_id=member.organization_id, by=by)


@transaction.atomic
def post(
    member: Member,
    *,
    account: Account,
    duty: str = "",
    since: date,
    until: date | None = None,
    substitute: Account | None = None,
    by: Actor,
) -> Posting:
    """Let somebody act for a member from a day on; posting her twice changes nothing."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    access.require(by, "member.post", member)
    posting = _post(member, account, duty, since, until, by)
    if substitute and substitute.pk != account.pk:
        posting.substitute = substitute
        posting.save(update_fields=["substitute"])
    return posting


def _post(member: Member, account: Account, duty: str, since: date, until: date | None, by: Actor) -> Posting:
    running = member.postings.filter(account=account, until=None).first()
    if running:
        return running
    posting = Posting.objects.create(
        account=account,
        member=member,
        duty=duty,
        since=since,
        until=until,
        posted_at=timezone.now(),
        posted_by=by.who,
    )
    audit.record("person.posted", by=by, about=posting, account=account.pk, member=member.pk)
    outbox.announce("person.posted", by=by, about=posting)
    return posting


@transaction.atomic
def post_the_invited(invitation: Invitation) -> Posting | None:
    """She accepted: she acts for the organisation that the invitation named, in the name of who invited her."""
    if invitation.organization_id is None or invitation.accepted_by is None:
        return None
    member = _member_today(invitation.organization_id)
    if member is None:
        return None
    inviter = Actor(account_id=invitation.invited_by)
    return _post(member, invitation.accepted_by, "", timezone.localdate(), None, inviter)


def _member_today(organization_id: UUID) -> Member | None:
    return Member.objects.on(timezone.localdate()).filter(organization_id=organization_id).first()
