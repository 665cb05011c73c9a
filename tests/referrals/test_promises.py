"""Nothing open is without a name and a date: the database refuses it, the clock climbs, who leaves hands over."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from tests.cast import Cast
from tests.referrals.proofs.clock import Clock
from tsunagari.accounts.models import DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.kernel import promises
from tsunagari.kernel.access import Actor
from tsunagari.kernel.models import AuditLine
from tsunagari.kernel.promises import Climb
from tsunagari.kernel.workdays import working_days_after
from tsunagari.network.actions import leaving
from tsunagari.referrals.actions import arriving, referring, slips, wiping
from tsunagari.referrals.models import Referral, Slip, Wipe
from tsunagari.referrals.terms import SlipState, State, Wiped

pytestmark = pytest.mark.django_db


def _late(row: Any) -> Any:
    type(row).objects.filter(pk=row.pk).update(due_on=localdate() - timedelta(days=1))
    promises.climb()
    row.refresh_from_db()
    return row


# --- the database --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["holder", "due_on", "promised_on"])
def test_the_database_refuses_an_open_row_without_a_name_or_a_date(cast: Cast, asked: Referral, missing: str) -> None:
    wipe = wiping.ask_to_wipe(asked, by=cast.actor("miki"))
    for row in (asked.slip, asked, wipe):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{missing: None})


def test_the_database_refuses_a_closed_row_that_somebody_still_holds(cast: Cast, asked: Referral) -> None:
    for change in ({"state": State.STILL_GOING}, {"state": State.WITHDRAWN}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=asked.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.filter(pk=asked.slip_id).update(state=SlipState.CLOSED, ending="wish")


def test_every_table_of_promises_is_known(cast: Cast) -> None:
    assert [Referral, Slip, Wipe] == [model for model in promises.tables() if model._meta.app_label == "referrals"]


# --- the clock -----------------------------------------------------------------------------------------------------


def test_it_climbs_from_the_holder_to_her_substitute_to_the_town(cast: Cast, accepted: Referral) -> None:
    oshio, miki = cast.account("oshio").pk, cast.account("miki").pk
    row = _late(accepted)
    assert (row.climbed, row.holder_id, row.held_for) == (Climb.REMINDED, oshio, row.receiver_id)
    assert row.due_on == working_days_after(localdate(), 1)
    row = _late(row)  # Oshio has no colleague
    assert (row.climbed, row.holder_id, row.held_for) == (Climb.COORDINATOR, miki, None)
    slip = _late(_late(Slip.objects.get()))
    assert (slip.climbed, slip.holder_id, slip.held_for) == (
        Climb.SUBSTITUTE, cast.account("yumesaki").pk, slip.sender_id,
    )  # fmt: skip
    assert _late(slip).holder_id == miki


def test_climbing_twice_on_one_day_moves_nothing_twice(cast: Cast, accepted: Referral) -> None:
    row = _late(accepted)
    lines = AuditLine.objects.count()
    promises.climb()
    row.refresh_from_db()
    assert (row.climbed, AuditLine.objects.count()) == (Climb.REMINDED, lines)


def test_what_is_protected_stays_between_the_two_sides(cast: Cast, accepted: Referral) -> None:
    slips.protect(accepted.slip, by=cast.actor("miki"))
    for _ in range(4):
        row = _late(accepted)
    assert (row.holder_id, row.held_for) == (cast.account("oshio").pk, row.receiver_id)


def test_over_new_year_and_the_leap_day_dates_fall_on_working_days(cast: Cast, slip: Slip, clock: Clock) -> None:
    clock.stand_on(date(2027, 12, 28))
    slips.edit(slip, plain={}, texts={}, version=1, by=cast.actor("miki"))
    referral = referring.draft(slip, cast.organization("npo-hidamari"), by=cast.actor("miki"))
    assert referral.due_on == date(2028, 1, 6)
    clock.stand_on(date(2028, 1, 31))
    referral = referring.draft(slip, cast.organization("city-library"), by=cast.actor("miki"))
    Referral.objects.filter(pk=referral.pk).update(state=State.ACCEPTED, cared_by=cast.account("shosha").pk)
    came = arriving.note_arrival(referral, by=cast.actor("shosha"))
    assert [one.on for one in came.follow_ups.all()] == [date(2028, 2, 29), date(2028, 5, 1)]


# --- leaving -------------------------------------------------------------------------------------------------------


def test_held_by_and_hand_over_move_everything_with_its_dates(cast: Cast, accepted: Referral) -> None:
    oshio, miki = cast.account("oshio").pk, cast.account("miki").pk
    assert promises.held_by(oshio) == [accepted]
    assert promises.hand_over(oshio, to=miki, by=promises.CLOCK) == 1
    accepted.refresh_from_db()
    assert accepted.holder_id == miki
    assert promises.held_by(oshio) == []
    assert not promises.hand_over_one(_closed(accepted, cast), to=oshio, held_for=None, by=promises.CLOCK)


def _closed(referral: Referral, cast: Cast) -> Referral:
    return referring.withdraw(referral, by=cast.actor("miki"))


def test_who_left_is_given_nothing_again(cast: Cast, accepted: Referral) -> None:
    oshio = cast.account("oshio")
    leaving.let_go(oshio, to=cast.account("miki"), by=cast.actor("miki"))
    accepted.refresh_from_db()
    assert accepted.holder_id != oshio.pk
    miki = cast.actor("miki")
    at = now() + timedelta(days=1)
    arriving.plan_meeting(accepted, at=at, where="", companion="", by=miki)
    referring.withdraw(accepted, by=miki)
    assert not promises.held_by(oshio.pk)
    assert wiping.answer_wipe(Wipe.objects.get(), answer=Wiped.NOTHING, by=miki).answer


def test_who_lost_the_duty_hands_over_though_she_stays(cast: Cast, slip: Slip) -> None:
    term = DutyTerm.objects.get(account=cast.account("miki"), duty=Duty.LINK_WORKER)
    leaving.end_duty(term, by=Actor(cast.account("saeki").pk, duties=frozenset({Duty.SECRETARIAT}), second_factor=True))
    slip.refresh_from_db()
    assert (slip.holder_id, slip.held_for) == (cast.account("yumesaki").pk, slip.sender_id)


def test_a_duty_that_ran_out_overnight_is_passed_on_by_the_clock(cast: Cast, slip: Slip, clock: Clock) -> None:
    DutyTerm.objects.filter(account=cast.account("miki"), duty=Duty.LINK_WORKER).update(until=localdate())
    clock.go(days=1)
    leaving.pass_on_what_ended()
    slip.refresh_from_db()
    assert slip.holder_id == cast.account("yumesaki").pk


def test_the_last_coordinator_keeps_what_nobody_else_can_hold(cast: Cast) -> None:
    """The only one at her organisation, and the only coordinator of the town: it stays with her, as the town's."""
    cast.account("miki").postings.update(member=cast.members["minsei"])
    miki, minsei = cast.actor("miki"), cast.organization("minsei")
    slip = slips.begin(minsei, plain={}, texts={}, key="k", by=miki)
    DutyTerm.objects.filter(account=cast.account("miki"), duty=Duty.LINK_WORKER).update(
        until=localdate() - timedelta(days=1), since=localdate() - timedelta(days=1)
    )
    leaving.pass_on_what_ended()
    slip.refresh_from_db()
    assert (slip.holder_id, slip.held_for) == (miki.account_id, None)
