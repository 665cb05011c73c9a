"""No way of stopping leaves an open promise with somebody who may not hold it; protected ones stay at their side."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.accounts import actions as accounts
from tsunagari.accounts.actions import StillHolds
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.kernel import promises, rows
from tsunagari.kernel.access import Actor
from tsunagari.network import standing
from tsunagari.network.actions import leaving, membership
from tsunagari.network.models import Posting
from tsunagari.referrals.actions import referring, slips
from tsunagari.referrals.models import Referral

pytestmark = pytest.mark.django_db


def _yesterday() -> dict[str, object]:
    day = timezone.localdate() - timedelta(days=1)
    return {"since": day, "until": day}


def _posting(cast: Cast, by: Actor) -> None:
    Posting.objects.filter(account=cast.account("oshio")).update(**_yesterday())


def _duty(cast: Cast, by: Actor) -> None:
    DutyTerm.objects.filter(account=cast.account("oshio")).update(**_yesterday())


def _member(cast: Cast, by: Actor) -> None:
    membership.leave(cast.members["npo-hidamari"], on=timezone.localdate() - timedelta(days=1), by=by)


def _account(cast: Cast, by: Actor) -> None:
    mine = Account.objects.filter(pk=cast.account("oshio").pk)
    mine.update(deactivated_at=timezone.now(), deactivated_by=by.who)


@pytest.mark.parametrize("stop", [_posting, _duty, _member, _account])
@pytest.mark.parametrize("protected", [False, True])
def test_whatever_ends_her_time_somebody_who_may_holds_it_then(
    cast: Cast, story: Story, stop: Callable[[Cast, Actor], None], protected: bool
) -> None:
    referral, taken_back = story.accepted(), story.accepted()
    referring.withdraw(taken_back, by=story.miki)
    if protected:
        for one in (referral, taken_back):
            slips.protect(one.slip, by=story.miki)
    stop(cast, story.miki)
    leaving.pass_on_what_ended()
    oshio = cast.account("oshio").pk
    assert promises.held_by(oshio) == []
    assert leaving.ended_holdings() == []
    assert Referral.objects.get(pk=referral.pk).holder_id in standing.able()


def test_the_last_way_past_handing_over_is_shut_for_protected_people_too(cast: Cast, story: Story) -> None:
    slips.protect(story.accepted().slip, by=story.miki)
    with pytest.raises(StillHolds):
        accounts.deactivate(cast.account("oshio"), by=story.miki)


def _outside(cast: Cast) -> Actor:
    return Actor(account_id=cast.account("aga").pk, duties=frozenset({Duty.SECRETARIAT}), second_factor=True)


def test_a_duty_that_somebody_from_outside_ends_is_handed_on_in_the_same_moment(cast: Cast, story: Story) -> None:
    """The database shows the secretariat no referral of others; it must be handed on all the same."""
    referral, oshio, by = story.accepted(), cast.account("oshio"), _outside(cast)
    term = DutyTerm.objects.get(account=oshio, duty=Duty.LINK_WORKER)
    values = {"since": timezone.localdate(), "given_at": timezone.now(), "given_by": story.miki.who}
    DutyTerm.objects.create(account=oshio, duty=Duty.SECRETARIAT, **values)
    with rows.seen_by(by):
        leaving.end_duty(term, by=by)
    referral.refresh_from_db()
    assert (referral.holder_id, referral.held_for) != (oshio.pk, story.receiver.pk)
    assert leaving.ended_holdings() == []


def test_ending_a_duty_asks_nobody_about_protected_people(cast: Cast, story: Story) -> None:
    referral, by = story.accepted(), _outside(cast)
    slips.protect(referral.slip, by=story.miki)
    term = DutyTerm.objects.get(account=cast.account("oshio"), duty=Duty.LINK_WORKER)
    with rows.seen_by(by):
        leaving.end_duty(term, by=by)
    referral.refresh_from_db()
    assert referral.holder_id != cast.account("oshio").pk
