"""Whom the news of a handover reaches: who holds it, on the side that did not do it; and nobody who may not know."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import WORDS, Story
from tsunagari.kernel import promises
from tsunagari.kernel.models import Delivery
from tsunagari.kernel.outbox import deliver
from tsunagari.kernel.promises import CLOCK
from tsunagari.network.actions import notices
from tsunagari.network.models import Notice
from tsunagari.network.terms import NoticeKind, Rhythm
from tsunagari.referrals.actions import arriving, consents, referring, slips, telling
from tsunagari.referrals.models import FollowUp, Referral, Wipe
from tsunagari.referrals.terms import Later, Reason, RoomAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


class Ear:
    """Who heard since the last time: their names, with the kind of news."""

    def __init__(self, cast: Cast) -> None:
        self.names = {account.pk: name for name, account in cast.accounts.items()}

    def __call__(self) -> list[tuple[str, str]]:
        for delivery in Delivery.objects.filter(done_at=None, message__event__regex=r"^(?!notices|person)"):
            deliver.call(str(delivery.pk))
        heard = sorted((self.names.get(one.account_id, "mailbox"), one.kind) for one in Notice.objects.all())
        Notice.objects.all().delete()
        return heard


@pytest.fixture
def heard(cast: Cast) -> Ear:
    ear = Ear(cast)
    ear()
    return ear


def test_each_step_is_told_to_the_other_side(cast: Cast, story: Story, heard: Ear) -> None:
    referral = story.asked()
    assert heard() == [("oshio", "arrived")]
    referral = referring.answer_room(referral, room=RoomAnswer.HAS_ROOM, by=story.carer)
    assert heard() == [("miki", "answered")]
    story.consent(referral)
    referral = referring.send(referral, by=story.miki)
    assert heard() == [("oshio", "arrived")]
    referral = referring.accept(referral, by=story.carer)
    assert heard() == [("miki", "answered")]
    at = timezone.now() + dt.timedelta(days=2)
    arriving.plan_meeting(referral, at=at, where="入口", companion="三木", by=story.miki)
    assert heard() == [("oshio", "answered")]
    arriving.note_arrival(referral, by=story.carer)
    assert heard() == [("miki", "answered")]


def test_declining_and_taking_back_are_told(cast: Cast, story: Story, heard: Ear) -> None:
    referring.decline(story.asked(), reason=Reason.NO_ROOM, by=story.carer)
    assert ("miki", "answered") in heard()
    referral = story.accepted()
    heard()
    consents.withdraw(referral.slip, switches=referral.slip.switches.values_list("pk", flat=True), by=story.miki)
    assert heard() == [("oshio", "answered"), ("oshio", "asked")], "it was taken back, and copies are to be deleted"
    referring.withdraw(referral, by=story.miki)
    assert ("oshio", "answered") in heard()


def test_what_the_person_says_with_her_receipt_reaches_who_holds_the_contact(story: Story, heard: Ear) -> None:
    question = FollowUp.objects.filter(referral=story.came()).earliest("on")
    heard()
    arriving.answer_with_receipt(question, answer=Later.GOING, by=promises.CLOCK)
    assert heard() == [("miki", "answered")]


def test_a_date_that_passed_and_what_climbed_are_told_to_who_holds_it_then(
    cast: Cast, story: Story, heard: Ear
) -> None:
    referral = story.asked()
    heard()
    late = timezone.localdate() - dt.timedelta(days=1)
    told = []
    for _step in range(3):
        Referral.objects.filter(pk=referral.pk).update(due_on=late)
        promises.climb()
        told.append(heard())
    assert told[:2] == [[("oshio", "due")], [("miki", "due")]], "reminded; then nobody stands in there, so the town"
    slips.hand_over(referral.slip, to=cast.account("yumesaki").pk, by=story.miki)
    assert heard() == [("yumesaki", "handed")]


def test_the_message_of_a_promise_that_moved_on_is_dropped(cast: Cast, story: Story) -> None:
    referral = story.asked()
    gone = str(cast.account("miki").pk)
    assert telling.tell_the_holder(referral, NoticeKind.DUE, holder=gone, key="k", by=CLOCK) == 0
    assert telling.tell_the_holder(referral, NoticeKind.DUE, holder=str(referral.holder_id), key="k", by=CLOCK) == 1


def test_of_a_protected_person_only_those_who_know_hear_and_no_mail_box(cast: Cast, story: Story, heard: Ear) -> None:
    notices.choose_ours(
        cast.members["npo-hidamari"], rhythm=Rhythm.AT_ONCE, mailbox="office@example.jp", by=story.carer
    )
    open_one = story.asked()
    assert ("mailbox", "arrived") in heard()
    hidden = story.asked()
    slips.protect(hidden.slip, by=story.miki)
    assert heard() == [("oshio", "arrived")], "like any other, but for no common mail box"
    hidden.refresh_from_db()
    Referral.objects.filter(pk=hidden.pk).update(cared_by=cast.account("tonomura").pk)
    hidden = Referral.objects.get(pk=hidden.pk)
    assert telling.tell_the_receiver(hidden, key="a", by=CLOCK) == 0, "nobody stands in for who knew"
    assert telling.tell_both_sides(hidden, key="b", by=CLOCK) == 1
    assert telling.tell_the_sender(open_one, key="c", by=story.carer) == 1


def test_the_colleague_who_is_to_look_at_it_hears_like_of_anything(cast: Cast, story: Story, heard: Ear) -> None:
    hidden = slips.protect(story.slip(), by=story.miki)
    heard()
    asked = slips.ask_unprotect(hidden, of=cast.account("saeki").pk, by=story.miki)
    assert heard() == [("saeki", "asked")]
    assert telling.tell_the_second(asked, key="again", by=story.miki) == 1


def test_the_whole_way_leaves_no_word_of_hers_in_any_mail(
    cast: Cast, story: Story, heard: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.came()
    referring.withdraw(story.sent(), by=story.miki)
    for delivery in Delivery.objects.filter(done_at=None):
        deliver.call(str(delivery.pk))
    assert Wipe.objects.exists()
    noon = timezone.localtime().replace(hour=12) + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    assert notices.collect(by=CLOCK) == 2
    for delivery in Delivery.objects.filter(done_at=None):
        deliver.call(str(delivery.pk))
    said: list[Any] = [f"{one.subject} {one.body} {one.to}" for one in mail.outbox]
    assert len(said) == 2
    words = {*WORDS.values(), story.receiver.name, story.sender.name}
    assert not [word for word in words for text in said if word in text]
