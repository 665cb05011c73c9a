"""From a wish to "still going after three months": every step has a holder and a date, and counts once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tsunagari.kernel.models import AuditLine
from tsunagari.referrals.actions import arriving, consents, referring
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.models import FollowUp, Referral, Slip, Wipe
from tsunagari.referrals.terms import Later, Mood, Reason, RoomAnswer, SlipState, State


def test_from_a_wish_to_a_tie_that_holds(cast: Cast, slip: Slip, accepted: Referral) -> None:
    miki, oshio = cast.actor("miki"), cast.actor("oshio")
    assert accepted.holder_id == oshio.account_id
    meeting = arriving.plan_meeting(
        accepted, at=timezone.now() + timedelta(days=3), where="公民館の入口", companion="三木さん", by=miki
    )
    arriving.tell_meeting(meeting, mood=Mood.GOOD, sentence="笑っていた", by=oshio)
    referral = arriving.note_arrival(accepted, by=oshio)
    assert referral.state == State.CAME
    assert referral.holder_id == miki.account_id
    one, three = referral.follow_ups.order_by("months")
    assert referral.due_on == one.on
    arriving.answer_follow_up(one, answer=Later.GOING, by=miki)
    referral.refresh_from_db()
    assert (referral.state, referral.due_on) == (State.CAME_AGAIN, three.on)
    arriving.answer_follow_up(three, answer=Later.GOING, by=miki)
    referral.refresh_from_db()
    slip.refresh_from_db()
    assert (referral.state, referral.holder_id, referral.due_on) == (State.STILL_GOING, None, None)
    assert (slip.state, slip.ending) == (SlipState.CLOSED, "tied")


def test_each_act_counts_once(cast: Cast, accepted: Referral) -> None:
    oshio = cast.actor("oshio")
    lines = AuditLine.objects.count()
    referring.accept(accepted, by=oshio)
    referring.send(accepted, by=cast.actor("miki"))
    assert AuditLine.objects.count() == lines
    arriving.note_arrival(accepted, by=oshio)
    arriving.note_arrival(accepted, by=oshio)
    assert FollowUp.objects.filter(referral=accepted).count() == 2


def test_no_slip_leaves_without_room_and_consent(cast: Cast, asked: Referral) -> None:
    miki = cast.actor("miki")
    referring.answer_room(asked, room=RoomAnswer.NUMBER, left=2, by=cast.actor("oshio"))
    with pytest.raises(NotYet, match="no_consent"):
        referring.send(asked, by=miki)


def test_a_refusal_gives_the_turn_back_at_once(cast: Cast, slip: Slip, sent: Referral) -> None:
    referral = referring.decline(sent, reason=Reason.NO_ROOM, by=cast.actor("oshio"))
    slip.refresh_from_db()
    assert (referral.state, referral.holder_id) == (State.DECLINED, None)
    assert slip.holder_id == cast.account("miki").pk
    assert slip.due_on is not None
    assert Wipe.objects.get(referral=referral).holder_id == cast.account("oshio").pk


def test_what_is_taken_back_is_closed_in_the_same_act(cast: Cast, slip: Slip, accepted: Referral) -> None:
    assert consents.allowed_items(slip, accepted.receiver_id, accepted.state)
    consents.withdraw(slip, switches=slip.switches.values_list("pk", flat=True), by=cast.actor("miki"))
    assert consents.allowed_items(slip, accepted.receiver_id, accepted.state) == set()
    assert Wipe.objects.filter(referral=accepted, answer="").exists()
