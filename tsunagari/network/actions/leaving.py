"""Somebody stops: what she holds is held by a named person in the same transaction."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tsunagari.accounts import actions as accounts
from tsunagari.accounts.actions import LastCoordinator, StillHolds
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.kernel import access, audit, nudge, outbox, promises, rows
from tsunagari.kernel.access import Actor
from tsunagari.network import standing
from tsunagari.network.models import Member, Posting


class NotThere(ValueError):
    """The named person does not act there today, or may not hold a person's matter."""


@transaction.atomic
def end_posting(posting: Posting, *, on: dt.date | None = None, to: Account | None = None, by: Actor) -> Posting:
    """She stops acting for this member: at once, or after the last day `on`. `to` takes over what she holds there.

    `StillHolds`: she holds something and nobody was named. Ending at once closes her open pages. What she holds of
    protected people is asked of nobody: it goes to who stands in for her, in the same transaction.
    """
    posting = Posting.objects.select_for_update(of=("self",)).select_related("member").get(pk=posting.pk)
    if posting.ended_at:
        return posting
    access.require(by, "posting.end", posting)
    _check(posting, to)
    if on is not None and on >= timezone.localdate():
        return _end_later(posting, on, to, by)
    organization = posting.member.organization_id
    pass_on(posting.account_id, organization, wanted=to.pk if to else None, by=by)
    end_now(Posting.objects.filter(pk=posting.pk), by=by)
    audit.record("posting.ended", by=by, about=posting)
    outbox.announce("posting.ended", by=by, about=posting)
    nudge.close_account(posting.account_id)
    posting.refresh_from_db()
    return posting


def _check(posting: Posting, to: Account | None) -> None:
    account, organization = posting.account_id, posting.member.organization_id
    if to is not None and (to.pk == account or to.pk not in standing.holders(organization)):
        raise NotThere(to.pk)
    if to is None and promises.held_by(account, organization, shown=True):
        raise StillHolds(account)
    others = Posting.objects.on(timezone.localdate()).filter(account_id=account).exclude(pk=posting.pk)
    if standing.coordinators() == {account} and not others.exists():
        raise LastCoordinator(account)


def _end_later(posting: Posting, on: dt.date, to: Account | None, by: Actor) -> Posting:
    """The last day stands; on the day after, the timetable hands over what she still holds (`pass_on_what_ended`)."""
    posting.until = max(on, posting.since)
    posting.substitute = to or posting.substitute
    posting.save(update_fields=["until", "substitute"])
    audit.record("posting.ending", by=by, about=posting, until=posting.until, to=to.pk if to else None)
    return posting


@transaction.atomic
def end_duty(term: DutyTerm, *, to: Account | None = None, by: Actor) -> DutyTerm:
    """She does not do this task any more; what only this task let her hold goes to `to`, or to who stands in for her.

    `LastCoordinator`: name another one first, so that what gets stuck always climbs to somebody.
    """
    if not term.ended_at:
        access.require(by, "duty.end", term)
        if to is not None:
            pass_on_everything(term.account, wanted=to.pk, by=by)
    try:
        term = accounts.end_duty(term, by=by)
    except StillHolds:
        # Of protected people nobody is asked: what she holds of them goes to who stands in for her.
        if promises.held_by(term.account_id, shown=True):
            raise
        pass_on_everything(term.account, wanted=None, by=by)
        term = accounts.end_duty(term, by=by)
    for holder, where in ended_holdings():
        if holder == term.account_id:
            pass_on(holder, where, wanted=None, by=by)
    return term


@transaction.atomic
def let_go(account: Account, *, to: Account | None = None, by: Actor) -> Account:
    """She leaves now: what she holds is handed over, every posting and duty ends, the account closes. All or nothing.

    `to` takes what she may hold; the rest goes to who stands in for her there, else to the coordinator of the town.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.deactivated_at:
        return account
    access.require(by, "person.deactivate", account)
    accounts.keep_a_coordinator(account)
    if to is None and promises.held_by(account.pk, shown=True):
        raise StillHolds(account.pk)
    if to is not None and (to.deactivated_at or to.pk == account.pk):
        raise NotThere(to.pk)
    pass_on_everything(account, wanted=to.pk if to else None, by=by)
    end_all(account, by=by)
    return accounts.deactivate(account, by=by)


@transaction.atomic
def leave_on(account: Account, *, on: dt.date, to: Account | None = None, by: Actor) -> Account:
    """She leaves or moves on after this day: her postings and duties have their last day, `to` takes over then.

    The account itself stays open until it is closed (`let_go`); without a posting and a duty it opens nothing.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.require(by, "person.deactivate", account)
    accounts.keep_a_coordinator(account)
    if to is None and promises.held_by(account.pk, shown=True):
        raise StillHolds(account.pk)
    for posting in account.postings.select_for_update().filter(ended_at=None):
        if posting.until is None or posting.until > on:
            _end_later(posting, on, to, by)
    accounts.limit_duties(account, until=on, by=by)
    return account


def pass_on_everything(account: Account, *, wanted: UUID | None, by: Actor) -> int:
    """What she holds goes, organisation by organisation, to whom she wants or to who stands in for her there."""
    wheres = {row.held_for for row in promises.held_by(account.pk)}
    return sum(pass_on(account.pk, one, wanted=wanted, by=by) for one in sorted(wheres, key=str))


def pass_on(account_id: UUID, organization_id: UUID | None, *, wanted: UUID | None, by: Actor) -> int:
    """What she holds for this organisation (None: as coordinator of the town) is held by somebody else from here."""
    held = [row for row in promises.held_by(account_id) if row.held_for == organization_id]
    if not held:
        return 0
    to = standing.next_holder(account_id, organization_id, wanted=wanted)
    there = organization_id if organization_id and to in standing.holders(organization_id) else None
    return sum(promises.hand_over_one(row, to=to, held_for=there, by=by) for row in held)


@transaction.atomic
def end_all(account: Account, *, by: Actor) -> None:
    """She left: every posting of hers ends. Called when her account was closed, by whom it was closed."""
    if end_now(account.postings.filter(ended_at=None), by=by):
        audit.record("postings.ended", by=by, about=account)


def end_for_a_member(member: Member, *, on: dt.date, by: Actor) -> None:
    """The member leaves: nobody acts for it after this day; what is held in its name goes to the town's coordinator."""
    for posting in member.postings.select_for_update().filter(ended_at=None):
        if on >= timezone.localdate():
            _end_later(posting, on, None, by)
            continue
        above = [one for one in standing.above() if one != posting.account_id]
        pass_on(posting.account_id, member.organization_id, wanted=above[0] if above else None, by=by)
        end_now(Posting.objects.filter(pk=posting.pk), by=by)
        audit.record("posting.ended", by=by, about=posting)
        outbox.announce("posting.ended", by=by, about=posting)
        nudge.close_account(posting.account_id)


def end_now(postings: QuerySet[Posting], *, by: Actor) -> int:
    """Yesterday was the last day; a posting that began today keeps no day by moving its beginning back."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    postings.filter(since__gt=yesterday).update(since=yesterday)
    return postings.update(until=yesterday, ended_at=timezone.now(), ended_by=by.account_id)


def ended_holdings() -> list[tuple[UUID, UUID | None]]:
    """(holder, organisation) of promises that the holder may not hold any more: posting, duty or account ended."""
    with rows.for_the_house():  # whoever ends a duty in her request has no part in what it lets somebody hold
        held = {pair for table in promises.tables() for pair in table._default_manager.filter(holder__isnull=False)
                .order_by().values_list("holder_id", "held_for").distinct()}  # fmt: skip
    holders = {holder for holder, _where in held}
    able = standing.pairs_today()
    closed = set(Account.objects.filter(pk__in=holders).exclude(deactivated_at=None).values_list("pk", flat=True))
    above = set(standing.above())
    were_above = set(DutyTerm.objects.filter(duty__in=standing.ABOVE).values_list("account_id", flat=True))
    over = [
        (holder, where)
        for holder, where in held
        if holder in closed
        or (where is not None and (holder, where) not in able)
        or (where is None and holder in were_above - above)
    ]
    return sorted(over, key=str)


@transaction.atomic
def pass_on_what_ended() -> int:
    """What somebody still holds whose time there is over goes to who stands in for her. Twice does no harm."""
    return sum(pass_on(holder, where, wanted=None, by=promises.CLOCK) for holder, where in ended_holdings())


@transaction.atomic
def name_substitute(posting: Posting, *, account: Account | None, by: Actor) -> Posting:
    """Say who steps in when she does not answer; None: a colleague in a fixed order."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("member").get(pk=posting.pk)
    access.require(by, "posting.name_substitute", posting)
    if account and (
        account.pk == posting.account_id or account.pk not in standing.holders(posting.member.organization_id)
    ):
        raise NotThere(account.pk)
    posting.substitute = account
    posting.save(update_fields=["substitute"])
    audit.record("posting.substitute_named", by=by, about=posting, substitute=account.pk if account else None)
    return posting
