"""The receiver reads what the switches allow, on every page, and learns nothing from what is not there."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import WORDS, Story
from tsunagari.kernel import access, audit
from tsunagari.kernel.models import AuditLine
from tsunagari.network.models import Posting
from tsunagari.referrals.actions import arriving, consents, referring, slips
from tsunagari.referrals.models import Handover, Referral, Switch
from tsunagari.referrals.terms import AskedHow, Item, Purpose, RoomAnswer

pytestmark = pytest.mark.django_db


def _ask(story: Story, referral: Referral, answers: dict[Any, bool]) -> None:
    until = timezone.localdate() + dt.timedelta(days=30)
    consents.ask(referral.slip, referral.receiver, answers=answers, until=until, how=AskedHow.ALOUD, by=story.miki)


def _sheet(client: Client, referral: Referral) -> str:
    return str(client.get(f"/net/referrals/{referral.pk}/sheet/").content.decode())


def test_a_no_looks_to_the_receiver_like_what_was_never_asked(cast: Cast, story: Story) -> None:
    """Attack on a person under pressure: "why did you not want us to know your address?"."""
    pages = []
    for answers in ({(Item.CONTACT, Purpose.ARRANGE): False}, {}):
        referral = referring.answer_room(story.asked(), room=RoomAnswer.HAS_ROOM, by=story.carer)
        _ask(story, referral, {(Item.WISH, Purpose.ARRANGE): True, **answers})
        referring.send(referral, by=story.miki)
        page = _sheet(cast.client("oshio"), referral)
        pages.append(page[page.index('<dl class="facts">') : page.index("</dl>")])
        referring.withdraw(referral, by=story.miki)
    assert pages[0] == pages[1]
    assert WORDS[Item.CONTACT] not in pages[0]


def test_taken_back_expired_and_declined_look_the_same(cast: Cast, story: Story) -> None:
    referral = story.sent()
    client = cast.client("oshio")
    switches = Switch.objects.filter(slip=referral.slip, item=Item.CONTACT, purpose=Purpose.ARRANGE)
    switches.update(until=timezone.localdate() - dt.timedelta(days=1))
    expired = _sheet(client, referral)
    switches.update(until=timezone.localdate() + dt.timedelta(days=1), withdrawn_at=timezone.now())
    withdrawn = _sheet(client, referral)
    assert WORDS[Item.CONTACT] not in expired + withdrawn
    facts = [page[page.index('<dl class="facts">') : page.index("</dl>")] for page in (expired, withdrawn)]
    assert facts[0] == facts[1]


def test_after_she_came_only_the_second_purpose_counts(cast: Cast, story: Story) -> None:
    referral = referring.answer_room(story.asked(), room=RoomAnswer.HAS_ROOM, by=story.carer)
    _ask(story, referral, {(item, Purpose.ARRANGE): True for item in Item})
    referring.send(referral, by=story.miki)
    referring.accept(referral, by=story.carer)
    assert WORDS[Item.NAME] in _sheet(cast.client("oshio"), referral)
    arriving.note_arrival(referral, by=story.carer)
    page = _sheet(cast.client("oshio"), referral)
    assert not [words for words in WORDS.values() if words in page]


def test_who_acts_for_both_sides_reads_a_protected_slip_only_as_the_side_that_handles_it(
    cast: Cast, story: Story
) -> None:
    """Attack: a second posting at the sender turns "what she allowed" into "everything"."""
    referral = referring.answer_room(story.asked(), room=RoomAnswer.HAS_ROOM, by=story.carer)
    _ask(story, referral, {(Item.WISH, Purpose.ARRANGE): True})
    referring.send(referral, by=story.miki)
    referring.accept(referral, by=story.carer)
    member = Posting.objects.filter(account=cast.account("miki")).first().member  # type: ignore[union-attr]
    today = timezone.localdate()
    Posting.objects.create(
        account=cast.account("oshio"), member=member, since=today, posted_at=timezone.now(), posted_by=story.miki.who
    )
    slips.protect(referral.slip, by=story.miki)
    page = _sheet(cast.client("oshio"), referral)
    assert WORDS[Item.WISH] in page
    assert WORDS[Item.CONTACT] not in page
    assert WORDS[Item.NAME] not in page


def test_the_person_who_takes_a_referral_back_has_said_no_to_that_place(cast: Cast, story: Story) -> None:
    """Attack: the sheet goes there a second time on the yes of the first, and she hears of it afterwards."""
    referral = story.sent()
    referring.withdraw_with_receipt(referral, by=access.PUBLIC)
    again = referring.ask_room(referring.draft(referral.slip, story.receiver, by=story.miki), by=story.miki)
    referring.answer_room(again, room=RoomAnswer.HAS_ROOM, by=story.carer)
    assert not consents.can_be_sent(again)


def _meeting(story: Story) -> Handover:
    at = timezone.now() + dt.timedelta(days=2)
    return arriving.plan_meeting(story.accepted(), at=at, where="公園のベンチ", companion="三木さん", by=story.miki)


def test_a_meeting_shown_again_because_of_a_mistake_was_written_down_first(cast: Cast, story: Story) -> None:
    meeting = _meeting(story)
    before = AuditLine.objects.filter(event="meeting.read").count()
    page = cast.client("oshio").post(f"/net/meetings/{meeting.pk}/telling/", {})
    assert page.status_code == 422
    assert "公園のベンチ" in page.content.decode()
    assert AuditLine.objects.filter(event="meeting.read").count() == before + 1


def _unwritten(*_args: Any, **_more: Any) -> None:
    raise audit.Unavailable("no")


PAGES = (
    "/net/", "/net/slips/", "/net/slips/{slip}/", "/net/slips/{slip}/words/", "/net/slips/{slip}/receipt/",
    "/net/referrals/{referral}/sheet/", "/net/meetings/{meeting}/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_shows_her_words_when_the_line_cannot_be_written(
    cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    meeting = _meeting(story)
    ids = {"slip": meeting.referral.slip_id, "referral": meeting.referral_id, "meeting": meeting.pk}
    client = cast.client("miki")
    client.raise_request_exception = False
    monkeypatch.setattr(audit, "record_reading", _unwritten)
    answer = client.get(path.format(**ids))
    assert answer.status_code == 503
    assert not [words for words in (*WORDS.values(), "公園のベンチ") if words in answer.content.decode()]


POSTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("miki", "/net/slips/{slip}/closure/", {}),
    ("miki", "/net/slips/{slip}/watch/", {}),
    ("miki", "/net/slips/{slip}/naming/", {}),
    ("miki", "/net/slips/{slip}/edit/", {"wish": "x", "version": "0", "asker": "self", "name": "y"}),
    ("oshio", "/net/meetings/{meeting}/telling/", {}),
    ("hanako", "/receipt/page/", {"code": "{code}"}),
)


@pytest.mark.parametrize(("name", "path", "data"), POSTS)
def test_no_answer_to_a_form_shows_her_words_when_the_line_cannot_be_written(
    cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch, name: str, path: str, data: dict[str, str]
) -> None:
    meeting = _meeting(story)
    slip = meeting.referral.slip
    ids = {"slip": slip.pk, "meeting": meeting.pk, "code": slips.receipt_of(slip.idempotency_key)}
    client = cast.client(name)
    client.raise_request_exception = False
    monkeypatch.setattr(audit, "record_reading", _unwritten)
    answer = client.post(path.format(**ids), {key: value.format(**ids) for key, value in data.items()})
    shown = answer.content.decode()
    assert not [words for words in (*WORDS.values(), "公園のベンチ") if words in shown]
    assert answer.status_code in (422, 503)


def test_a_look_that_was_refused_is_not_told_to_her_as_a_reading(cast: Cast, story: Story) -> None:
    """A false line in "who read it" would accuse somebody who read nothing."""
    referral = story.asked()
    assert cast.client("oshio").get(f"/net/referrals/{referral.pk}/sheet/").status_code == 403
    assert not AuditLine.objects.filter(event="referral.open").exists()
