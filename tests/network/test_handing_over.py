"""Who leaves, moves on or stops: what she holds has a named holder in the same transaction."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.accounts import actions as accounts
from tsunagari.accounts.actions import LastCoordinator, StillHolds
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.kernel import promises
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import AuditLine
from tsunagari.network import actions, standing
from tsunagari.network.actions import leaving
from tsunagari.network.actions.leaving import NotThere
from tsunagari.network.models import Posting

pytestmark = pytest.mark.django_db


def _held(cast: Cast, name: str) -> int:
    return len(promises.held_by(cast.account(name).pk))


@pytest.fixture
def other_secretary(cast: Cast) -> Any:
    """Somebody else of the secretariat, who may let miki go."""
    account, now = cast.account("shirahama"), timezone.now()
    DutyTerm.objects.create(
        account=account, duty=Duty.SECRETARIAT, since=timezone.localdate(), given_at=now, given_by=account.pk
    )
    return cast.actor("shirahama")


@pytest.fixture
def held(cast: Cast) -> Cast:
    """Miki holds something at the town, oshio something at her member; yumesaki is coordinator too."""
    Story(cast).slip()
    Story(cast).sent()
    account, now = cast.account("yumesaki"), timezone.now()
    DutyTerm.objects.create(
        account=account, duty=Duty.COORDINATOR, since=timezone.localdate(), given_at=now, given_by=account.pk
    )
    assert _held(cast, "miki")
    assert _held(cast, "oshio")
    return cast


def test_who_leaves_hands_over_and_is_out_in_one_act(held: Cast, other_secretary: Any) -> None:
    miki, before = held.account("miki"), _held(held, "miki")
    for _ in range(2):
        actions.let_go(miki, to=held.account("yumesaki"), by=other_secretary)
    assert (_held(held, "miki"), _held(held, "yumesaki")) == (0, before)
    assert Account.objects.get(pk=miki.pk).deactivated_by == other_secretary.account_id
    assert not miki.postings.filter(ended_at=None).exists()
    assert AuditLine.objects.filter(event="promise.handed_over").count() == before
    assert AuditLine.objects.filter(event="person.deactivated").count() == 1


def test_the_dates_that_were_promised_stay(held: Cast, other_secretary: Any) -> None:
    before = [row.promised_on for row in promises.held_by(held.account("miki").pk)]
    actions.let_go(held.account("miki"), to=held.account("yumesaki"), by=other_secretary)
    assert [row.promised_on for row in promises.held_by(held.account("yumesaki").pk)] == before


def test_nobody_who_holds_something_leaves_without_a_successor(held: Cast, other_secretary: Any) -> None:
    for act in (
        lambda: actions.let_go(held.account("miki"), by=other_secretary),
        lambda: accounts.deactivate(held.account("miki"), by=other_secretary),
        lambda: actions.end_posting(held.account("miki").postings.get(), by=other_secretary),
        lambda: actions.leave_on(held.account("miki"), on=timezone.localdate(), by=other_secretary),
        lambda: actions.end_duty(held.account("oshio").duty_terms.get(), by=other_secretary),
    ):
        with pytest.raises(StillHolds):
            act()
    assert Account.objects.get(pk=held.account("miki").pk).deactivated_at is None
    assert Posting.objects.filter(account=held.account("miki"), ended_at=None).exists()


def test_when_something_fails_nothing_of_it_happened(held: Cast, other_secretary: Any, monkeypatch: Any) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError

    before = _held(held, "miki")
    monkeypatch.setattr(accounts, "deactivate", broken)
    with pytest.raises(RuntimeError):
        actions.let_go(held.account("miki"), to=held.account("yumesaki"), by=other_secretary)
    assert (_held(held, "miki"), _held(held, "yumesaki")) == (before, 0)
    assert Posting.objects.filter(account=held.account("miki"), ended_at=None).exists()


def test_the_last_coordinator_stays_until_another_is_named(cast: Cast, other_secretary: Any) -> None:
    miki = cast.account("miki")
    term = miki.duty_terms.get(duty=Duty.COORDINATOR)
    for act in (
        lambda: actions.let_go(miki, to=cast.account("yumesaki"), by=other_secretary),
        lambda: actions.leave_on(miki, on=timezone.localdate(), by=other_secretary),
        lambda: actions.end_duty(term, to=cast.account("yumesaki"), by=other_secretary),
        lambda: actions.end_posting(miki.postings.get(), by=other_secretary),
        lambda: accounts.keep_a_coordinator(miki),
    ):
        with pytest.raises(LastCoordinator):
            act()
    accounts.give_duty(
        cast.account("yumesaki"), duty=Duty.COORDINATOR, since=timezone.localdate(), by=cast.actor("miki")
    )
    actions.end_duty(term, by=other_secretary)
    assert standing.coordinators() == {cast.account("yumesaki").pk}


def test_what_the_successor_may_not_hold_goes_to_who_stands_in_there(held: Cast) -> None:
    """Yumesaki works at the town, so what oshio holds for her member climbs to the town, in nobody else's name."""
    actions.let_go(held.account("oshio"), to=held.account("saeki"), by=held.actor("miki"))
    assert _held(held, "saeki") == 0
    row = next(row for row in promises.held_by(standing.coordinator()) if row.held_for is None)
    assert row.holder_id == standing.coordinator()


def test_a_posting_ends_with_a_colleague_who_takes_over_there(held: Cast, other_secretary: Any) -> None:
    posting = held.account("miki").postings.get()
    for wrong in ("tonomura", "oshio", "miki"):
        with pytest.raises(NotThere):
            actions.end_posting(posting, to=held.account(wrong), by=other_secretary)
    actions.end_posting(posting, to=held.account("saeki"), by=other_secretary)
    assert _held(held, "miki") == 0
    assert _held(held, "saeki")


def test_a_transfer_in_april_hands_over_on_the_day_after_by_itself(
    held: Cast, other_secretary: Any, monkeypatch: Any
) -> None:
    miki, last = held.account("miki"), timezone.localdate() + timedelta(7)
    before = _held(held, "miki")
    actions.leave_on(miki, on=last, to=held.account("saeki"), by=other_secretary)
    assert leaving.pass_on_what_ended() == 0
    assert miki.postings.get().until == last
    assert set(miki.duty_terms.values_list("until", flat=True)) == {last}
    monkeypatch.setattr(timezone, "localdate", lambda *a: last + timedelta(1))
    assert leaving.pass_on_what_ended() == before
    assert leaving.pass_on_what_ended() == 0
    assert (_held(held, "miki"), _held(held, "saeki")) == (0, before)


def test_what_a_closed_account_still_holds_is_passed_on(held: Cast) -> None:
    oshio = held.account("oshio")
    Account.objects.filter(pk=oshio.pk).update(deactivated_at=timezone.now(), deactivated_by=oshio.pk)
    assert (oshio.pk, held.organization("npo-hidamari").pk) in leaving.ended_holdings()
    assert leaving.pass_on_what_ended() > 0
    assert _held(held, "oshio") == 0


def test_a_coordinator_who_is_none_any_more_keeps_nothing_of_the_town(held: Cast, other_secretary: Any) -> None:
    row = promises.held_by(held.account("miki").pk)[0]
    promises.hand_over_one(row, to=held.account("yumesaki").pk, held_for=None, by=other_secretary)
    DutyTerm.objects.filter(account=held.account("yumesaki"), duty=Duty.COORDINATOR).update(
        since=timezone.localdate() - timedelta(2), until=timezone.localdate() - timedelta(1)
    )
    assert leaving.pass_on(held.account("saeki").pk, None, wanted=None, by=other_secretary) == 0
    assert leaving.pass_on_what_ended() == 1
    assert _held(held, "yumesaki") == 0


def test_everything_is_passed_on_place_by_place(held: Cast, other_secretary: Any) -> None:
    count = _held(held, "miki")
    assert (
        leaving.pass_on_everything(held.account("miki"), wanted=held.account("saeki").pk, by=other_secretary) == count
    )
    assert leaving.end_now(Posting.objects.none(), by=other_secretary) == 0


def test_a_substitute_is_named_among_colleagues_who_may_hold(cast: Cast) -> None:
    posting = cast.account("miki").postings.get()
    actions.name_substitute(posting, account=cast.account("saeki"), by=cast.actor("miki"))
    assert (
        standing.substitute_of(cast.account("miki").pk, cast.organization("city-welfare").pk)
        == cast.account("saeki").pk
    )
    actions.name_substitute(posting, account=None, by=cast.actor("miki"))
    for wrong in ("miki", "oshio", "shirahama"):
        with pytest.raises(NotThere):
            actions.name_substitute(posting, account=cast.account(wrong), by=cast.actor("miki"))
    with pytest.raises(Forbidden):
        actions.name_substitute(posting, account=None, by=cast.actor("oshio"))


@pytest.mark.parametrize("name", ["saeki", "oshio", "aga", "tonomura", "yumesaki"])
def test_nobody_but_the_secretariat_lets_somebody_go(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        actions.let_go(cast.account("miki"), by=cast.actor(name))
    with pytest.raises(Forbidden):
        actions.leave_on(cast.account("miki"), on=timezone.localdate(), by=cast.actor(name))


def test_duties_get_a_last_day(cast: Cast) -> None:
    last = timezone.localdate() + timedelta(3)
    accounts.limit_duties(cast.account("oshio"), until=last, by=cast.actor("miki"))
    assert cast.account("oshio").duty_terms.get().until == last
    assert AuditLine.objects.filter(event="duty.ending").count() == 1
