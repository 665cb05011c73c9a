"""Posting people to members and ending it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tsunagari.accounts import actions as accounts
from tsunagari.accounts.models import Account, Invitation
from tsunagari.kernel import access, audit, nudge, outbox
from tsunagari.kernel.access import Actor
from tsunagari.network.models import Member, Posting


@transaction.atomic
def invite(member: Member, *, email: str, duties: Iterable[str] = (), by: Actor) -> Invitation:
    """Ask somebody by mail to act for a member: once she accepts, the posting is made by itself."""
    access.require(by, "member.post", member)
    return accounts.invite(email, duties=duties, organization_id=member.organization_id, by=by)


@transaction.atomic
def post(
    member: Member, *, account: Account, duty: str = "", since: date, until: date | None = None, by: Actor
) -> Posting:
    """Let somebody act for a member from a day on; posting her twice changes nothing."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    access.require(by, "member.post", member)
    return _post(member, account, duty, since, until, by)


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
    member = Member.objects.filter(organization_id=invitation.organization_id, until=None).first()
    if member is None:
        return None
    inviter = Actor(account_id=invitation.invited_by)
    return _post(member, invitation.accepted_by, "", timezone.localdate(), None, inviter)


@transaction.atomic
def end_posting(posting: Posting, *, by: Actor) -> Posting:
    """From now on she does not act for this member; her open pages are closed at once."""
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.ended_at:
        return posting
    access.require(by, "posting.end", posting)
    _end(Posting.objects.filter(pk=posting.pk), by)
    audit.record("posting.ended", by=by, about=posting)
    outbox.announce("posting.ended", by=by, about=posting)
    nudge.close_account(posting.account_id)
    posting.refresh_from_db()
    return posting


@transaction.atomic
def end_all(account: Account, *, by: Actor) -> None:
    """She left: every posting of hers ends. Called when her account was closed, by whom it was closed."""
    _end(account.postings.filter(ended_at=None), by)
    audit.record("postings.ended", by=by, about=account)


def _end(postings: QuerySet[Posting], by: Actor) -> None:
    """Yesterday was the last day; a posting that began today keeps no day by moving its beginning back."""
    yesterday = timezone.localdate() - timedelta(days=1)
    postings.filter(since__gt=yesterday).update(since=yesterday)
    postings.update(until=yesterday, ended_at=timezone.now(), ended_by=by.account_id)
