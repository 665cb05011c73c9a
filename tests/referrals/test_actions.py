"""Every act of the warm handover keeps its promise: the result, the line in the record, the news to who waits."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from tests.cast import Cast
from tests.referrals.conftest import EVERYTHING, PLAIN, WORDS, consent
from tsunagari.directory.models import Organization
from tsunagari.kernel.models import AuditLine, Message
from tsunagari.referrals import sealing
from tsunagari.referrals.actions import arriving, consents, quotas, referring, slips, wiping
from tsunagari.referrals.actions.holding import NotYet, due
from tsunagari.referrals.models import FollowUp, Handover, Referral, Slip, UnmetNeed, Unprotecting, Wipe
from tsunagari.referrals.terms import (
    AskedHow,
    Ending,
    Item,
    Later,
    Mood,
    Purpose,
    Reason,
    RoomAnswer,
    SlipEnding,
    SlipState,
    State,
    Way,
    Wiped,
)


@contextmanager
def promised(line: str, news: bool = True) -> Iterator[None]:
    """Exactly one line of this name is written, and the news goes out once, or not at all."""
    lines, told = AuditLine.objects.filter(event=line).count(), Message.objects.filter(event=line).count()
    yield
    assert AuditLine.objects.filter(event=line).count() == lines + 1
    assert Message.objects.filter(event=line).count() == told + news


@contextmanager
def nothing_happens(why: str = "") -> Iterator[None]:
    """The act is refused with this word (or, without one, was done before), and leaves no line and no news."""
    before = AuditLine.objects.count(), Message.objects.count()
    if why:
        with pytest.raises(NotYet, match=f"^{why}$"):
            yield
    else:
        yield
    assert (AuditLine.objects.count(), Message.objects.count()) == before


def fresh(row: Any) -> Any:
    """The row as the database has it now."""
    return type(row).objects.get(pk=row.pk)


# --- slips -------------------------------------------------------------------------------------------------------


def test_begin_gives_a_holder_a_date_and_a_receipt_and_counts_once(cast: Cast) -> None:
    key, miki = secrets.token_urlsafe(12), cast.actor("miki")
    with promised("slip.begun"):
        slip = slips.begin(cast.organization("city-welfare"), plain=PLAIN, texts=WORDS, key=key, by=miki)
    assert (slip.holder_id, slip.held_for, slip.due_on) == (miki.account_id, slip.sender_id, due("drafted"))
    assert slips.of_receipt(slips.receipt_of(key)) == slip
    assert sealing.read(slip) == {item.value: text for item, text in WORDS.items()}
    with nothing_happens():
        assert slips.begin(cast.organization("city-welfare"), plain=PLAIN, texts=WORDS, key=key, by=miki) == slip


def test_advice_without_a_name_keeps_no_name_until_the_person_wishes_it(cast: Cast) -> None:
    miki = cast.actor("miki")
    slip = slips.begin(cast.organization("city-welfare"), plain=PLAIN, texts=WORDS, named=False, key="k1", by=miki)
    assert not {Item.NAME, Item.CONTACT} & set(sealing.read(slip))
    slips.edit(slip, plain={}, texts=WORDS, version=1, by=miki)
    assert not {Item.NAME, Item.CONTACT} & set(sealing.read(fresh(slip)))
    with promised("slip.named", news=False):
        slips.name_the_person(slip, texts=WORDS, by=miki)
    assert sealing.read(fresh(slip))[Item.NAME] == WORDS[Item.NAME]


def test_edit_loses_nothing_when_two_write(cast: Cast, slip: Slip) -> None:
    with promised("slip.edited", news=False):
        slips.edit(slip, plain={"area": "網干"}, texts={Item.WISH: "編み物の友だち"}, version=1, by=cast.actor("miki"))
    with pytest.raises(slips.Conflict) as both:
        slips.edit(slip, plain={}, texts={Item.WISH: "静かな場所"}, version=1, by=cast.actor("yumesaki"))
    assert both.value.theirs == {Item.WISH: "編み物の友だち"}
    assert both.value.yours == {Item.WISH: "静かな場所"}
    assert fresh(slip).area == "網干"


def test_watch_and_resume(cast: Cast, slip: Slip) -> None:
    miki, until = cast.actor("miki"), localdate() + timedelta(days=60)
    with nothing_happens("until_past"):
        slips.watch(slip, until=localdate() - timedelta(days=1), by=miki)
    with promised("slip.watched", news=False):
        slips.watch(slip, until=until, by=miki)
    assert (fresh(slip).state, fresh(slip).due_on) == (SlipState.WATCHING, until)
    with promised("slip.resumed", news=False):
        slips.resume(slip, by=miki)
    assert (fresh(slip).state, fresh(slip).due_on) == (SlipState.OPEN, due("drafted"))
    with nothing_happens():
        slips.resume(slip, by=miki)


def test_a_word_about_an_old_meeting_does_not_move_the_day_agreed_for_watching(cast: Cast, accepted: Referral) -> None:
    miki, at = cast.actor("miki"), now() + timedelta(days=1)
    meeting = arriving.plan_meeting(accepted, at=at, where="公民館", companion="", by=miki)
    arriving.end(accepted, ending=Ending.WISH, by=miki)
    slip, until = accepted.slip, localdate() + timedelta(days=60)
    slips.watch(slip, until=until, by=miki)
    arriving.tell_meeting(meeting, mood=Mood.NOT_HELD, by=miki)
    assert fresh(slip).due_on == until


def test_close_only_when_nothing_is_under_way(cast: Cast, slip: Slip, asked: Referral) -> None:
    miki = cast.actor("miki")
    with nothing_happens("referral_open"):
        slips.close(slip, ending=SlipEnding.WISH, by=miki)
    with nothing_happens("referral_open"):
        slips.watch(slip, until=localdate(), by=miki)
    referring.withdraw(asked, by=miki)
    with promised("slip.closed"):
        slips.close(slip, ending=SlipEnding.NOT_MET, by=miki)
    assert (fresh(slip).holder_id, fresh(slip).due_on, fresh(slip).closed_by) == (None, None, miki.account_id)
    assert UnmetNeed.objects.get().why == "nowhere"
    with nothing_happens():
        slips.close(slip, ending=SlipEnding.NOT_MET, by=miki)


def test_hand_over_moves_the_name_and_keeps_the_date(cast: Cast, slip: Slip, accepted: Referral) -> None:
    miki, yumesaki = cast.actor("miki"), cast.account("yumesaki").pk
    before = fresh(slip).due_on
    with promised("promise.handed_over"):
        slips.hand_over(slip, to=yumesaki, by=miki)
    assert (fresh(slip).holder_id, fresh(slip).due_on) == (yumesaki, before)
    with nothing_happens("not_posted"):
        slips.hand_over(slip, to=cast.account("oshio").pk, by=miki)
    with promised("promise.handed_over"):
        referring.hand_over(accepted, to=yumesaki, organization_id=slip.sender_id, by=miki)
    assert fresh(accepted).holder_id == yumesaki
    with nothing_happens("not_posted"):
        referring.hand_over(accepted, to=yumesaki, organization_id=cast.organization("minsei").pk, by=miki)


def test_a_draft_is_not_handed_to_a_receiver_that_was_not_asked(cast: Cast, slip: Slip, receiver: Organization) -> None:
    draft = referring.draft(slip, receiver, by=cast.actor("miki"))
    with nothing_happens("not_posted"):
        to = cast.account("oshio").pk
        referring.hand_over(draft, to=to, organization_id=receiver.pk, by=cast.actor("miki"))


# --- protection --------------------------------------------------------------------------------------------------


def test_protect_takes_back_what_had_climbed_to_the_town(cast: Cast, slip: Slip, sent: Referral) -> None:
    referring.decline(sent, reason=Reason.OTHER, by=cast.actor("oshio"))
    miki, yumesaki = cast.account("miki").pk, cast.actor("yumesaki")
    Slip.objects.update(holder_id=miki, held_for=None)
    Wipe.objects.update(holder_id=miki, held_for=None)
    with promised("slip.protected", news=False):
        slips.protect(slip, by=yumesaki)
    for row in (fresh(slip), Wipe.objects.get()):
        assert (row.holder_id, row.held_for) == (yumesaki.account_id, slip.sender_id)
    assert fresh(slip).name_index is None
    with nothing_happens():
        slips.protect(slip, by=yumesaki)


def test_protection_is_lifted_by_two_people_after_three_days(
    cast: Cast, slip: Slip, monkeypatch: pytest.MonkeyPatch
) -> None:
    miki, yumesaki, saeki = cast.actor("miki"), cast.actor("yumesaki"), cast.account("saeki").pk
    slips.protect(slip, by=miki)
    for wrong in (miki.account_id, cast.account("oshio").pk):
        with nothing_happens("not_posted"):
            slips.ask_unprotect(slip, of=wrong, by=miki)  # type: ignore[arg-type]
    with promised("unprotecting.asked"):
        asked = slips.ask_unprotect(slip, of=saeki, by=miki)
    with nothing_happens():
        assert slips.ask_unprotect(slip, of=saeki, by=miki) == asked
    with promised("unprotecting.dropped", news=False):
        slips.drop(asked, by=miki)
    asked = slips.ask_unprotect(slip, of=yumesaki.account_id, by=miki)  # type: ignore[arg-type]
    Unprotecting.objects.filter(pk=asked.pk).update(asked_at=now() - timedelta(hours=72, seconds=1))
    with promised("unprotecting.lifted", news=False):
        slips.lift(asked, by=yumesaki)
    assert fresh(slip).protected_at is None
    assert bytes(fresh(slip).name_index) == sealing.name_index(slip.sender_id, WORDS[Item.NAME])
    with nothing_happens():
        slips.lift(asked, by=yumesaki)


# --- consent -----------------------------------------------------------------------------------------------------


def test_ask_keeps_a_no_like_a_yes_and_asks_nothing_twice(cast: Cast, slip: Slip, receiver: Organization) -> None:
    answers = {(Item.WISH, Purpose.ARRANGE): True, (Item.CONTACT, Purpose.ARRANGE): False}
    until, miki = localdate() + timedelta(days=30), cast.actor("miki")
    with nothing_happens("until_past"):
        yesterday = localdate() - timedelta(days=1)
        consents.ask(slip, receiver, answers=answers, until=yesterday, how=AskedHow.ALOUD, by=miki)
    with promised("consent.asked", news=False):
        consents.ask(slip, receiver, answers=answers, until=until, how=AskedHow.ALOUD, by=miki)
    with nothing_happens():
        consents.ask(slip, receiver, answers=answers, until=until, how=AskedHow.ALOUD, by=miki)
    assert consents.allowed_items(slip, receiver.pk, State.SENT) == {Item.WISH}
    assert consents.allowed_items(slip, receiver.pk, State.CAME) == set()
    assert consents.allowed_items(slip, receiver.pk, State.SENT, until + timedelta(days=1)) == set()


def test_a_yes_that_becomes_a_no_is_a_taking_back(cast: Cast, slip: Slip, accepted: Referral) -> None:
    answers = {**EVERYTHING, (Item.CONTACT, Purpose.ARRANGE): False}
    until, receiver = localdate() + timedelta(days=180), accepted.receiver
    with promised("wipe.asked"):
        consents.ask(slip, receiver, answers=answers, until=until, how=AskedHow.PAPER, by=cast.actor("miki"))
    assert Item.CONTACT not in consents.allowed_items(slip, receiver.pk, accepted.state)
    assert Item.WISH in consents.allowed_items(slip, receiver.pk, accepted.state)


@pytest.mark.parametrize("by_receipt", [False, True])
def test_withdraw_closes_the_window_and_asks_to_wipe(
    cast: Cast, slip: Slip, accepted: Referral, by_receipt: bool
) -> None:
    take_back = consents.withdraw_with_receipt if by_receipt else consents.withdraw
    by = cast.actor("hanako" if by_receipt else "miki")
    one = [slip.switches.get(item=Item.WISH, purpose=Purpose.ARRANGE).pk]
    with promised("consent.withdrawn"), promised("wipe.asked"):
        assert take_back(slip, switches=one, by=by) == 1
    assert Item.WISH not in consents.allowed_items(slip, accepted.receiver_id, accepted.state)
    with nothing_happens():
        assert take_back(slip, switches=one, by=by) == 0


# --- from draft to answer ----------------------------------------------------------------------------------------


def test_draft_holds_scattergun_back(cast: Cast, slip: Slip, receiver: Organization, circle: Organization) -> None:
    miki = cast.actor("miki")
    with promised("referral.drafted"):
        first = referring.draft(slip, receiver, by=miki)
    with nothing_happens():
        assert referring.draft(slip, receiver, by=miki) == first
    with nothing_happens("own_organization"):
        referring.draft(slip, slip.sender, by=miki)
    referring.draft(slip, circle, by=miki)
    with nothing_happens("too_many_at_once"):
        referring.draft(slip, cast.organization("minsei"), by=miki)


def test_propose_chooses_and_asks_in_one_act(cast: Cast, slip: Slip, receiver: Organization) -> None:
    miki = cast.actor("miki")
    with promised("referral.asked"):
        referral = referring.propose(slip, receiver, by=miki)
    assert list(referral.steps.values_list("state", flat=True)) == [State.DRAFTED, State.ASKED]
    assert (fresh(referral).state, fresh(referral).holder_id) == (State.ASKED, cast.account("oshio").pk)
    with nothing_happens():
        assert referring.propose(slip, receiver, by=miki) == referral


def test_ask_room_a_second_time_shows_how_things_stand(cast: Cast, sent: Referral) -> None:
    with nothing_happens():
        assert referring.ask_room(sent, by=cast.actor("miki")).state == State.SENT


def test_answer_room_gives_the_turn_back(cast: Cast, asked: Referral) -> None:
    with promised("referral.room_answered"):
        referring.answer_room(asked, room=RoomAnswer.NUMBER, left=2, by=cast.actor("oshio"))
    assert (fresh(asked).holder_id, fresh(asked).room_left) == (cast.account("miki").pk, 2)
    with nothing_happens():
        referring.answer_room(asked, room=RoomAnswer.NUMBER, left=2, by=cast.actor("oshio"))


def test_set_quota_holds_the_third_back(cast: Cast, asked: Referral, receiver: Organization) -> None:
    oshio = cast.actor("oshio")
    with promised("quota.set", news=False):
        quotas.set_quota(receiver, per_month=0, by=oshio)
    assert referring.left_this_month(receiver.pk) == 0
    referring.answer_room(asked, room=RoomAnswer.HAS_ROOM, by=oshio)
    consent(cast, asked.slip, receiver)
    with nothing_happens("full_this_month"):
        referring.send(asked, by=cast.actor("miki"))
    quotas.set_quota(receiver, per_month=1, paused_until=localdate(), by=oshio)
    assert referring.left_this_month(receiver.pk) == 0
    quotas.set_quota(receiver, per_month=1, by=oshio)
    with promised("referral.sent"):
        referring.send(asked, by=cast.actor("miki"))
    assert referring.left_this_month(receiver.pk) == 0


def test_accept_makes_the_receiver_answer_for_the_first_meeting(cast: Cast, sent: Referral) -> None:
    oshio = cast.actor("oshio")
    with promised("referral.accepted"):
        referring.accept(sent, by=oshio)
    assert (fresh(sent).holder_id, fresh(sent).cared_by, fresh(sent).due_on) == (
        oshio.account_id, oshio.account_id, due("accepted"),
    )  # fmt: skip


def test_decline_says_why_and_is_written_down_without_a_person(cast: Cast, sent: Referral) -> None:
    with promised("referral.declined"), promised("wipe.asked"):
        referring.decline(sent, reason=Reason.OUTSIDE_AREA, by=cast.actor("oshio"))
    need = UnmetNeed.objects.get()
    assert (need.why, need.reason, need.category, need.month.day) == ("declined", "outside_area", "talk_partner", 1)
    with nothing_happens():
        referring.decline(sent, reason=Reason.OTHER, by=cast.actor("oshio"))


def test_a_second_place_after_a_refusal_is_another_referral(cast: Cast, sent: Referral) -> None:
    referring.decline(sent, reason=Reason.NO_ROOM, by=cast.actor("oshio"))
    again = referring.draft(sent.slip, sent.receiver, by=cast.actor("miki"))
    assert again.pk != sent.pk


@pytest.mark.parametrize("by_receipt", [False, True])
def test_withdraw_takes_a_referral_back_at_any_time(cast: Cast, accepted: Referral, by_receipt: bool) -> None:
    take_back = referring.withdraw_with_receipt if by_receipt else referring.withdraw
    by = cast.actor("hanako" if by_receipt else "miki")
    with promised("referral.withdrawn"), promised("wipe.asked"):
        take_back(accepted, by=by)
    assert (fresh(accepted).state, fresh(accepted).holder_id) == (State.WITHDRAWN, None)
    with nothing_happens():
        take_back(accepted, by=by)


# --- arriving ----------------------------------------------------------------------------------------------------


def test_plan_meeting_and_tell_meeting(cast: Cast, accepted: Referral) -> None:
    miki, oshio, at = cast.actor("miki"), cast.actor("oshio"), now() + timedelta(days=2)
    with nothing_happens("meeting_past"):
        arriving.plan_meeting(accepted, at=now() - timedelta(hours=1), where="", companion="", by=miki)
    with promised("meeting.planned"):
        meeting = arriving.plan_meeting(accepted, at=at, where="公民館", companion="三木", by=miki)
    assert arriving.plan_meeting(accepted, at=at, where="公園", companion="三木", by=oshio) == meeting
    with promised("meeting.told"):
        arriving.tell_meeting(meeting, mood=Mood.GOOD, sentence="笑っていた", by=oshio)
    assert sealing.read_meeting(Handover.objects.get(), accepted.slip) == {
        "where": "公園", "companion": "三木", "sentence": "笑っていた",
    }  # fmt: skip
    assert fresh(accepted).state == State.MET
    with nothing_happens():
        arriving.tell_meeting(meeting, mood=Mood.DIFFICULT, by=oshio)


def test_note_arrival_and_note_return(cast: Cast, accepted: Referral) -> None:
    oshio = cast.actor("oshio")
    with nothing_happens("not_come_yet"):
        arriving.note_return(accepted, by=oshio)
    with promised("referral.came"):
        arriving.note_arrival(accepted, by=oshio)
    assert [one.months for one in FollowUp.objects.all()] == [1, 3]
    with promised("referral.came_again"):
        arriving.note_return(accepted, by=oshio)
    for again in (arriving.note_arrival, arriving.note_return):
        with nothing_happens():
            again(accepted, by=oshio)


def test_note_attempt_counts_different_times_before_touch_is_lost(cast: Cast, accepted: Referral) -> None:
    oshio = cast.actor("oshio")
    with promised("attempt.noted", news=False):
        first = arriving.note_attempt(accepted, way=Way.PHONE, key="one", by=oshio)
    with nothing_happens():
        assert arriving.note_attempt(accepted, way=Way.PHONE, key="one", by=oshio) == first
    for key in ("two", "three"):
        arriving.note_attempt(accepted, way=Way.VISIT, key=key, by=oshio)
    with nothing_happens("try_again"):
        arriving.end(accepted, ending=Ending.LOST_TOUCH, by=cast.actor("miki"))
    for days, attempt in enumerate(accepted.attempts.all()):
        accepted.attempts.filter(pk=attempt.pk).update(tried_at=now() - timedelta(days=days))
    with promised("referral.ended"):
        arriving.end(accepted, ending=Ending.LOST_TOUCH, by=cast.actor("miki"))


def test_end_says_why_and_asks_to_wipe(cast: Cast, accepted: Referral) -> None:
    with promised("referral.ended"), promised("wipe.asked"):
        arriving.end(accepted, ending=Ending.WISH, by=cast.actor("miki"))
    assert (fresh(accepted).ending, UnmetNeed.objects.get().why) == (Ending.WISH, "stopped")
    with nothing_happens():
        arriving.end(accepted, ending=Ending.MOVED, by=cast.actor("miki"))


@pytest.mark.parametrize("by_receipt", [False, True])
def test_a_follow_up_is_answered_once(cast: Cast, accepted: Referral, by_receipt: bool) -> None:
    arriving.note_arrival(accepted, by=cast.actor("oshio"))
    answer: Callable[..., FollowUp] = arriving.answer_with_receipt if by_receipt else arriving.answer_follow_up
    by = cast.actor("hanako" if by_receipt else "miki")
    one = FollowUp.objects.get(months=1)
    with promised("follow_up.answered"):
        answer(one, answer=Later.STOPPED, by=by)
    with nothing_happens():
        answer(one, answer=Later.GOING, by=by)
    assert fresh(accepted).due_on == FollowUp.objects.get(months=3).on


def test_answers_out_of_order_tie_all_the_same(cast: Cast, accepted: Referral) -> None:
    arriving.note_arrival(accepted, by=cast.actor("oshio"))
    for months in (3, 1):
        arriving.answer_follow_up(FollowUp.objects.get(months=months), answer=Later.GOING, by=cast.actor("miki"))
    assert (fresh(accepted).state, fresh(accepted.slip).state) == (State.STILL_GOING, SlipState.CLOSED)


def test_not_now_twice_ends_gently(cast: Cast, accepted: Referral) -> None:
    arriving.note_arrival(accepted, by=cast.actor("oshio"))
    for question in FollowUp.objects.all():
        arriving.answer_follow_up(question, answer=Later.NOT_NOW, by=cast.actor("miki"))
    assert (fresh(accepted).state, fresh(accepted).ending) == (State.ENDED, Ending.WISH)
    assert fresh(accepted.slip).state == SlipState.OPEN


# --- wiping ------------------------------------------------------------------------------------------------------


def test_answer_wipe_is_kept_and_a_new_withdrawal_asks_again(cast: Cast, accepted: Referral) -> None:
    oshio = cast.actor("oshio")
    wipe = wiping.ask_to_wipe(accepted, by=oshio)
    with promised("wipe.answered", news=False):
        wiping.answer_wipe(wipe, answer=Wiped.DELETED, by=oshio)
    with nothing_happens():
        wiping.answer_wipe(wipe, answer=Wiped.NOTHING, by=oshio)
    assert (fresh(wipe).answer, fresh(wipe).holder_id) == (Wiped.DELETED, None)
    with promised("wipe.asked"):
        wiping.ask_to_wipe(accepted, by=oshio)
    assert (fresh(wipe).answer, fresh(wipe).holder_id) == ("", oshio.account_id)


def test_the_sender_answers_for_a_receiver_where_nobody_has_an_account(
    cast: Cast, slip: Slip, circle: Organization
) -> None:
    miki = cast.actor("miki")
    referral = referring.ask_room(referring.draft(slip, circle, by=miki), by=miki)
    assert (referral.cared_by, referral.holder_id) == (None, miki.account_id)
    referring.settle_room(referral, room=RoomAnswer.HAS_ROOM, left=None, by=miki)
    consent(cast, slip, circle)
    referral = referring.send(referral, by=miki)
    with promised("referral.accepted"):
        referring.settle_acceptance(referral, by=cast.actor("hanako"))
    with promised("referral.came"):
        arriving.settle_arrival(referral, by=cast.actor("hanako"))
    with promised("referral.withdrawn"):
        referring.settle_withdrawal(referral, by=miki)
    wipe = Wipe.objects.get()
    assert wipe.holder_id == miki.account_id
    wiping.answer_wipe(wipe, answer=Wiped.NOTHING, by=miki)


def test_settle_refusal_of_a_receiver_without_an_account(cast: Cast, slip: Slip, circle: Organization) -> None:
    miki = cast.actor("miki")
    referral = referring.ask_room(referring.draft(slip, circle, by=miki), by=miki)
    referring.settle_refusal(referral, reason=Reason.NO_ROOM, by=cast.actor("hanako"))
    assert not Wipe.objects.exists()  # it had read nothing


def test_close_when_tied_waits_for_the_other_place(cast: Cast, slip: Slip, asked: Referral) -> None:
    slips.close_when_tied(slip, by=cast.actor("miki"))
    assert fresh(slip).state == SlipState.OPEN
    referring.withdraw(asked, by=cast.actor("miki"))
    slips.close_when_tied(fresh(slip), by=cast.actor("miki"))
    assert (fresh(slip).state, fresh(slip).ending) == (SlipState.CLOSED, SlipEnding.TIED)
