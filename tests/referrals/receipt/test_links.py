"""A receiver without an account: one link, one browser, and one polite page for everything else."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.receipt.conftest import Receipt
from tests.referrals.story import WORDS, Story
from tsunagari.kernel import access
from tsunagari.kernel.access import PUBLIC, NotVisible
from tsunagari.kernel.logs import clean
from tsunagari.kernel.models import AuditLine, Delivery, Message
from tsunagari.kernel.outbox import deliver
from tsunagari.referrals.actions import answering, consents, referring
from tsunagari.referrals.actions.answering import Answer
from tsunagari.referrals.models import ReceiverLink, Referral, Step, Wipe
from tsunagari.referrals.terms import Item, Reason, Said, State, Wiped

pytestmark = pytest.mark.django_db


class Browser:
    """Somebody at the circle with a telephone."""

    def __init__(self, link: ReceiverLink) -> None:
        self.link, self.client = link, Client()

    @property
    def path(self) -> str:
        return f"/link/{answering.token_of(self.link)}/"

    def look(self) -> Any:
        return self.client.get(self.path)

    def open(self) -> Any:
        found = re.search(r'name="key" value="([^"]+)"', self.look().content.decode())
        return self.client.post(f"{self.path}opening/", {"key": found[1]} if found else {})

    def say(self, **data: Any) -> Any:
        return self.client.post(f"{self.path}answers/", data)


@pytest.fixture
def asked_link(by_hand: Story, asked_by_hand: Referral) -> ReceiverLink:
    return answering.make_link(asked_by_hand, by=by_hand.miki)


@pytest.fixture
def link(by_hand: Story, sent_by_hand: Referral) -> ReceiverLink:
    return answering.make_link(sent_by_hand, by=by_hand.miki)


@pytest.fixture
def hers(link: ReceiverLink) -> Browser:
    browser = Browser(link)
    assert browser.open().status_code == 200
    return browser


def _words_in(response: Any) -> set[str]:
    return {word for word in WORDS.values() if word in response.content.decode()}


def test_the_sender_makes_a_link_and_only_the_sender(cast: Cast, by_hand: Story, sent_by_hand: Referral) -> None:
    assert access.may(by_hand.miki, "referral.make_link", sent_by_hand)
    for name in ("oshio", "aga", "tonomura", "shosha"):
        assert not access.may(cast.actor(name), "referral.make_link", sent_by_hand)
    path = f"/net/referrals/{sent_by_hand.pk}/links/"
    assert cast.client("oshio").post(path).status_code == 404
    her = cast.client("miki")
    for _ in range(2):
        assert her.post(path).status_code == 302
    assert ReceiverLink.objects.count() == 1, "a double click makes one link"
    text = her.get(f"/net/referrals/{sent_by_hand.pk}/link/").content.decode()
    assert answering.token_of(ReceiverLink.objects.get()) in text


def test_who_has_an_account_needs_no_link(story: Story) -> None:
    assert not access.may(story.miki, "referral.make_link", story.sent())


def test_a_new_link_closes_the_one_before(by_hand: Story, link: ReceiverLink, sent_by_hand: Referral) -> None:
    ReceiverLink.objects.filter(pk=link.pk).update(made_at=timezone.now() - timedelta(hours=1))
    newer = answering.make_link(sent_by_hand, by=by_hand.miki)
    assert newer.pk != link.pk
    assert Browser(link).look().status_code == 404
    assert Browser(newer).look().status_code == 200


def _deliver_all() -> None:
    for one in Delivery.objects.filter(done_at=None, channel__endswith="mail_the_receiver"):
        deliver.func(str(one.pk))


def test_the_mail_says_only_that_something_is_new(link: ReceiverLink) -> None:
    _deliver_all()
    (one,) = mail.outbox
    assert one.to == ["knitting@example.jp"]
    assert f"/link/{answering.token_of(link)}/" in one.body
    said = one.subject + str(one.body)
    assert not any(word in said for word in (*WORDS.values(), "city-welfare", "手芸の会"))


def test_about_a_protected_person_no_mail_box_hears(by_hand: Story, link: ReceiverLink) -> None:
    from tsunagari.referrals.actions import slips

    slips.protect(link.referral.slip, by=by_hand.miki)
    _deliver_all()
    assert mail.outbox == []
    assert Browser(link).open().status_code == 200


def test_a_scanner_that_looks_uses_nothing_up(link: ReceiverLink) -> None:
    for _ in range(3):
        scanner = Browser(link).look()
        assert scanner.status_code == 200
        assert _words_in(scanner) == set()
        assert not scanner.cookies
    link.refresh_from_db()
    assert link.opened_at is None
    assert len(_words_in(Browser(link).open())) == len(WORDS)


def test_only_hashes_are_stored(hers: Browser) -> None:
    hers.link.refresh_from_db()
    secret = next(iter(hers.client.cookies.values())).value
    stored = str(ReceiverLink.objects.values().get())
    assert secret not in stored
    assert answering.token_of(hers.link) not in stored


def test_the_cookie_is_for_the_link_alone_and_no_script_reads_it(hers: Browser) -> None:
    cookies = hers.open().cookies.values()
    assert {one["path"] for one in cookies} >= {hers.path, f"/en{hers.path}"}
    assert all(one["httponly"] and one["samesite"] == "Lax" and hers.path in one["path"] for one in cookies)


def test_from_the_opening_only_this_browser_sees_it(hers: Browser) -> None:
    other = Browser(hers.link)
    assert hers.look().status_code == 200
    assert other.look().status_code == 404
    assert other.open().status_code == 404
    assert other.say(said="accept").status_code == 404
    assert len(_words_in(hers.open())) == len(WORDS)


def test_a_second_click_and_a_retry_open_the_same(link: ReceiverLink) -> None:
    her = Browser(link)
    key = re.search(r'name="key" value="([^"]+)"', her.look().content.decode())
    assert key
    for _ in range(2):  # the answer to the first got lost, and with it the cookie
        response = Client().post(f"{her.path}opening/", {"key": key[1]})
        assert response.status_code == 200
    assert AuditLine.objects.filter(event="receiver_link.opened").count() == 1


def test_what_does_not_open_looks_alike(by_hand: Story, hers: Browser, link: ReceiverLink) -> None:
    elsewhere = Client()
    pages = [elsewhere.get(hers.path), elsewhere.get("/link/guessed/"), elsewhere.get(f"/link/{'a' * 32}/")]
    ReceiverLink.objects.update(expires_at=timezone.now())
    pages += [hers.look(), hers.open(), hers.say(said="accept"), elsewhere.post("/link/guessed/answers/")]
    ReceiverLink.objects.update(expires_at=timezone.now() + timedelta(days=1), closed_at=timezone.now())
    pages += [hers.look(), hers.open()]
    never_opened = answering.make_link(link.referral, by=by_hand.miki)
    referring.withdraw(link.referral, by=by_hand.miki)
    pages += [Browser(never_opened).look(), Browser(never_opened).open()]
    assert {one.status_code for one in pages} == {404}
    assert len({one.content for one in pages}) == 1
    assert all(answering.token_of(link) not in one.content.decode() for one in pages)


def test_before_it_is_sent_only_room_is_asked(asked_link: ReceiverLink) -> None:
    her = Browser(asked_link)
    response = her.open()
    assert _words_in(response) == set()
    assert "空きはありますか" in response.content.decode()
    for _ in range(2):
        assert her.say(said="room", room="number", left="２").status_code == 200
    referral = asked_link.referral
    referral.refresh_from_db()
    assert (referral.room, referral.room_left) == ("number", 2)
    assert AuditLine.objects.filter(event="referral.room_answered").count() == 1


def test_each_reading_is_written_down_first(hers: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    hers.open()
    lines = AuditLine.objects.filter(event="receiver_link.use", about_id=str(hers.link.referral_id))
    assert lines.count() == 2
    assert lines[0].ids == {"reading": True, "link": str(hers.link.pk)}

    def fails(*_: Any, **__: Any) -> None:
        from django.db import DatabaseError

        raise DatabaseError

    from tsunagari.kernel import audit

    monkeypatch.setattr(audit, "record", fails)
    response = hers.open()
    assert response.status_code == 503
    assert _words_in(response) == set()


def test_accepted_and_came_with_one_tap_each(hers: Browser) -> None:
    for _ in range(2):
        assert hers.say(said="accept").status_code == 200
    assert "来ました" in hers.open().content.decode()
    for _ in range(2):
        assert hers.say(said="came").status_code == 200
    referral = Referral.objects.get()
    assert referral.state == State.CAME
    assert list(Step.objects.filter(state__in=("accepted", "came")).values_list("by", flat=True)) == [None, None]
    assert referral.follow_ups.count() == 2
    assert referral.slip.holder_id == referral.holder_id, "without an account there, the sender holds it"


def test_declined_with_a_reason_and_never_without(hers: Browser) -> None:
    assert hers.say(said="decline").status_code == 422
    for _ in range(2):
        response = hers.say(said="decline", reason="no_room")
        assert response.status_code == 200
        assert "お返事を受けとりました" in response.content.decode()
    referral = Referral.objects.get()
    assert (referral.state, referral.reason) == (State.DECLINED, Reason.NO_ROOM)
    assert Step.objects.filter(state=State.DECLINED).count() == 1
    assert _words_in(hers.open()) == set(), "the window closed with the answer"


def test_copies_deleted_is_answered_with_one_tap(hers: Browser, by_hand: Story) -> None:
    referring.withdraw(hers.link.referral, by=by_hand.miki)
    response = hers.open()
    assert _words_in(response) == set()
    assert "写しを消してください" in response.content.decode()
    for _ in range(2):
        assert hers.say(said="wiped", wiped="deleted").status_code == 200
    assert Wipe.objects.get().answer == Wiped.DELETED


def test_what_is_taken_back_while_it_is_read_is_gone_at_the_next_request(hers: Browser) -> None:
    slip = hers.link.referral.slip
    hanako = Receipt(slip, Client())
    name = slip.switches.get(item=Item.NAME, purpose="arrange")
    hanako.post("switches/withdrawal/", switch=name.pk)
    assert WORDS[Item.NAME] not in hers.open().content.decode()
    hanako.post("switches/withdrawal/", recipient=hers.link.referral.receiver_id)
    assert _words_in(hers.open()) == set()


def test_an_answer_that_came_too_late_changes_nothing(hers: Browser, by_hand: Story) -> None:
    assert hers.say(said="accept").status_code == 200
    response = hers.say(said="decline", reason="other")
    assert response.status_code == 422
    assert Referral.objects.get().state == State.ACCEPTED
    assert hers.say(said="nonsense").status_code == 422
    assert hers.say(said="room", room="number", left="x").status_code == 422


def test_unopened_links_answer_nothing(link: ReceiverLink) -> None:
    assert Browser(link).say(said="accept").status_code == 404
    with pytest.raises(NotVisible):
        answering.open_link(answering.token_of(link), key="short", by=PUBLIC)
    with pytest.raises(NotVisible):
        answering.find_link("guessed", cookie="", by=PUBLIC)


def test_the_rule_asks_again_inside_the_act(link: ReceiverLink) -> None:
    ReceiverLink.objects.update(closed_at=timezone.now())
    with pytest.raises(access.Forbidden):
        answering.answer_by_link(link, answer=Answer(Said.ACCEPT), by=PUBLIC)
    assert not access.may(PUBLIC, "receiver_link.use", link)


def test_when_its_people_get_an_account_later_nothing_breaks(cast: Cast, hers: Browser, by_hand: Story) -> None:
    from tsunagari.network.models import Member, Period, Posting

    oshio, circle = cast.account("oshio"), by_hand.receiver
    member = Member.objects.create(organization=circle)
    now = timezone.now()
    Period.objects.create(member=member, since=now.date(), decided_on=now.date(), decided_by=oshio.pk)
    Posting.objects.create(account=oshio, member=member, since=now.date(), posted_at=now, posted_by=oshio.pk)
    referral = referring.accept(hers.link.referral, by=cast.actor("oshio"))
    assert referral.holder_id == oshio.pk
    assert hers.say(said="came").status_code == 200
    referral.refresh_from_db()
    assert referral.state == State.CAME
    assert not access.may(by_hand.miki, "referral.answer_for_receiver", referral)


def test_the_token_is_in_no_log_and_no_line(hers: Browser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = answering.token_of(hers.link)
    secret = next(iter(hers.client.cookies.values())).value
    Browser(hers.link).look()
    hers.say(said="nonsense")
    said = "\n".join(clean(one.getMessage()) for one in caplog.records)
    said += str(list(AuditLine.objects.values())) + str(list(Message.objects.values()))
    assert token not in said
    assert secret not in said


def test_answers_are_one_transaction(hers: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from tsunagari.kernel import outbox

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(outbox, "announce", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        answering.answer_by_link(hers.link, answer=Answer(Said.ACCEPT), by=PUBLIC)
    assert not Step.objects.filter(state=State.ACCEPTED).exists()
    assert consents.allowed_items(hers.link.referral.slip, hers.link.referral.receiver_id, State.SENT)
