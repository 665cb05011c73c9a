"""The person's own page: what she sees, what she takes back, and what it never tells anybody."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.receipt.conftest import Receipt
from tests.referrals.story import Story
from tsunagari.kernel.models import AuditLine, Message
from tsunagari.referrals import sealing
from tsunagari.referrals.actions import arriving, consents, slips, wiping
from tsunagari.referrals.models import FollowUp, Referral, Switch, Wipe
from tsunagari.referrals.terms import AskedHow, Item, Purpose, State, Wiped

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(story: Story) -> Referral:
    """The slip is with the member."""
    return story.sent()


@pytest.fixture
def receipt(sent: Referral, client: Client) -> Receipt:
    return Receipt(sent.slip, client)


def switch(referral: Referral, item: Item = Item.NAME, purpose: Purpose = Purpose.ARRANGE) -> Switch:
    return referral.slip.switches.get(item=item, purpose=purpose, replaced_at=None)


def test_the_page_says_where_it_stands_and_until_when(receipt: Receipt, sent: Referral) -> None:
    text = receipt.page()
    assert f"「{sent.receiver.name}」の返事を待っています。" in text
    assert "令和" in text
    assert f"「{sent.receiver.name}」に、あなたが「はい」と言ったことだけを伝えました。" in text
    assert sent.slip.sender.name in text


def test_her_own_words_are_not_on_the_screen(receipt: Receipt, sent: Referral) -> None:
    text = receipt.page()
    assert [word for word in sealing.read(sent.slip).values() if word in text] == []


def test_reading_is_written_down_before_the_text_leaves(receipt: Receipt, sent: Referral) -> None:
    receipt.page()
    line = AuditLine.objects.get(event="slip_receipt.use")
    assert (line.about_id, line.ids["reading"]) == (str(sent.slip_id), True)


def test_without_the_line_there_is_no_page(receipt: Receipt, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    from tsunagari.kernel import audit

    def fails(*_: Any, **__: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record", fails)
    assert receipt.post().status_code == 503


def test_she_sees_who_read_it_by_organisation_and_role_only(
    cast: Cast, receipt: Receipt, sent: Referral, story: Story
) -> None:
    from tsunagari.kernel import access

    access.fetch(story.carer, "referral.open", pk=sent.pk)
    access.fetch(story.miki, "slip.read", pk=sent.slip_id)
    text = receipt.page()
    assert f"{sent.receiver.name}のつなぎ手" in text
    assert f"{sent.slip.sender.name}のつなぎ手" in text
    assert cast.account("oshio").name not in text
    assert cast.account("miki").name not in text


def test_one_switch_taken_back_closes_at_once(receipt: Receipt, sent: Referral) -> None:
    response = receipt.post("switches/withdrawal/", switch=switch(sent).pk)
    assert response.status_code == 200
    assert "取り消しました（" in response.content.decode()
    assert Item.NAME not in consents.allowed_items(sent.slip, sent.receiver_id, sent.state)
    assert Item.WISH in consents.allowed_items(sent.slip, sent.receiver_id, sent.state)
    assert Wipe.objects.filter(referral=sent, answer="").exists()


def test_everything_of_one_organisation_is_taken_back_with_one_tap(receipt: Receipt, sent: Referral) -> None:
    receipt.post("switches/withdrawal/", recipient=sent.receiver_id)
    assert consents.allowed_items(sent.slip, sent.receiver_id, sent.state) == set()


def test_taking_back_twice_is_taking_back_once(receipt: Receipt, sent: Referral) -> None:
    one = switch(sent).pk
    for _ in range(3):
        assert receipt.post("switches/withdrawal/", switch=one).status_code == 200
    assert AuditLine.objects.filter(event="consent.withdrawn").count() == 1
    assert AuditLine.objects.filter(event="wipe.asked").count() == 1


def test_a_whole_referral_is_withdrawn(receipt: Receipt, sent: Referral) -> None:
    text = receipt.post("referrals/withdrawal/", referral=sent.pk).content.decode()
    receipt.post("referrals/withdrawal/", referral=sent.pk)
    sent.refresh_from_db()
    assert sent.state == State.WITHDRAWN
    assert sent.steps.filter(state=State.WITHDRAWN).count() == 1
    assert "取り下げました" in text


def test_nobody_elses_things_can_be_touched(receipt: Receipt, story: Story, sent: Referral) -> None:
    other = story.sent()
    receipt.post("referrals/withdrawal/", referral=other.pk)
    receipt.post("switches/withdrawal/", switch=switch(other).pk)
    receipt.post("consent/", recipient=other.receiver_id, asked="name:arrange", yes="name:arrange")
    other.refresh_from_db()
    assert other.state == State.SENT
    assert switch(other).withdrawn_at is None


def test_what_the_receiver_did_with_its_copies_is_told(receipt: Receipt, sent: Referral, story: Story) -> None:
    receipt.post("switches/withdrawal/", switch=switch(sent).pk)
    assert "答えを待っています" in receipt.page()
    wiping.answer_wipe(Wipe.objects.get(referral=sent), answer=Wiped.DELETED, by=story.carer)
    assert "「消しました」と答えました" in receipt.page()


def test_she_answers_how_it_is_by_herself(story: Story, client: Client) -> None:
    referral = story.came()
    question = referral.follow_ups.earliest("on")
    receipt = Receipt(referral.slip, client)
    assert str(question.pk) not in receipt.page(), "a month has not passed"
    FollowUp.objects.filter(pk=question.pk).update(on=timezone.localdate())
    assert "いまどうですか" in receipt.page()
    for _ in range(2):
        assert receipt.post("answers/", question=question.pk, answer="going").status_code == 200
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("going", None)
    assert AuditLine.objects.filter(event="follow_up.answered").count() == 1


def test_nonsense_is_answered_with_how_things_stand(receipt: Receipt, sent: Referral) -> None:
    for path in ("answers/", "consent/", "switches/withdrawal/", "referrals/withdrawal/"):
        nonsense = {"question": "x", "answer": "\x00", "recipient": "1", "switch": "'; --", "referral": "𠮷" * 99}
        assert receipt.post(path, **nonsense).status_code == 200
    sent.refresh_from_db()
    assert sent.state == State.SENT


def test_consent_is_answered_on_her_own_phone(story: Story, client: Client) -> None:
    referral = story.asked()
    receipt = Receipt(referral.slip, client)
    assert f"「{referral.receiver.name}」に伝えてよいことを選ぶ" in receipt.page()
    asked = [f"{item}:arrange" for item in Item]
    for _ in range(2):
        receipt.post("consent/", recipient=referral.receiver_id, asked=asked, yes=["wish:arrange"], until="1")
    rows = referral.slip.switches.filter(replaced_at=None)
    assert rows.count() == len(Item), "no is kept like yes, and twice is once"
    assert set(rows.values_list("how", flat=True)) == {AskedHow.OWN_PHONE}
    assert [one.item for one in rows if one.allowed] == [Item.WISH]
    assert consents.can_be_sent(referral)
    receipt.post("consent/", recipient=referral.receiver_id, asked=asked, yes=["wish:arrange"], none="1")
    assert not consents.can_be_sent(referral)


def test_only_places_under_way_can_be_answered_for(cast: Cast, receipt: Receipt, sent: Referral) -> None:
    library = cast.organization("city-library")
    receipt.post("consent/", recipient=library.pk, asked="name:arrange", yes="name:arrange")
    assert not sent.slip.switches.filter(recipient=library).exists()
    made = consents.answer_with_receipt(
        sent.slip, library, answers={("name", "arrange"): True}, until=timezone.localdate(), by=cast.actor("hanako")
    )
    assert made == []


def test_the_first_meeting_is_shown(story: Story, client: Client) -> None:
    referral = story.accepted()
    at = timezone.now() + timedelta(days=3)
    arriving.plan_meeting(referral, at=at, where="公民館の入口", companion="付きそいの人", by=story.miki)
    text = Receipt(referral.slip, client).page()
    assert "公民館の入口" in text
    assert "付きそいの人" in text


def test_a_protected_persons_page_says_the_same(receipt: Receipt, sent: Referral, story: Story) -> None:
    before = receipt.page()
    slips.protect(sent.slip, by=story.miki)
    after = receipt.page()
    times = re.compile(r"[^>]*受付票を持つ人")
    assert times.sub("", before).split("</main>")[0].count("<li>") == times.sub("", after).split("</main>")[0].count(
        "<li>"
    )
    assert "保護" not in after
    assert receipt.post("switches/withdrawal/", switch=switch(sent).pk).status_code == 200


def test_any_wrong_code_gets_the_same_page(client: Client) -> None:
    def answer(code: str) -> Any:
        return client.post("/receipt/page/", {"code": code})

    pages = [answer(code) for code in ("aaaa-bbbb-cccc-dddd", "", "x", "あ" * 500, "\x00'--")]
    assert {one.status_code for one in pages} == {404}
    assert len({one.content for one in pages}) == 1
    assert "見つかりませんでした" in pages[0].content.decode()
    assert pages[0].headers["Cache-Control"] == "no-store"


def test_who_guesses_too_often_rests_and_the_right_code_is_no_exception(receipt: Receipt) -> None:
    from tsunagari.referrals.views.guesses import MOST

    for _ in range(MOST):
        receipt.client.post("/receipt/page/", {"code": "aaaa"})
    assert receipt.post().status_code == 429
    other = receipt.client.post("/receipt/page/", {"code": receipt.code}, REMOTE_ADDR="203.0.113.7")
    assert other.status_code == 200


def test_a_code_is_read_however_it_is_typed(receipt: Receipt) -> None:
    wide = receipt.code.upper().translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)}).replace("－", " ")
    assert receipt.client.post("/receipt/page/", {"code": wide}).status_code == 200


def test_the_code_is_in_no_address_cookie_log_or_line(
    receipt: Receipt, sent: Referral, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    plain = receipt.code.replace("-", "")
    for path in ("page/", "switches/withdrawal/", "answers/", "consent/", "referrals/withdrawal/"):
        response = receipt.post(path, switch=switch(sent).pk, referral=sent.pk)
        assert response.status_code == 200
        assert not response.cookies
        assert response.headers["Cache-Control"] == "no-store"
        links = re.findall(r'(?:href|action|src)="([^"]*)"', response.content.decode())
        assert [one for one in links if receipt.code in one or plain in one] == []
    said = caplog.text + str(list(AuditLine.objects.values())) + str(list(Message.objects.values()))
    assert receipt.code not in said
    assert plain not in said


def test_another_site_can_do_nothing(receipt: Receipt) -> None:
    response = receipt.client.post(
        "/receipt/page/",
        {"code": receipt.code},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    )
    assert response.status_code == 403


def test_a_colleague_elsewhere_who_is_signed_in_sees_what_the_code_opens(cast: Cast, sent: Referral) -> None:
    her = Receipt(sent.slip, cast.client("shosha"))
    assert her.post().status_code == 200
    assert AuditLine.objects.get(event="slip_receipt.use").actor_id == cast.account("shosha").pk


def test_who_asked_without_naming_anybody_sees_that_no_name_is_known(story: Story, client: Client) -> None:
    slip = story.slip(named=False)
    assert "だれのことかは聞いていません" in Receipt(slip, client).page()


@pytest.mark.parametrize("code", [one for one, _name in settings.LANGUAGES])
def test_the_page_speaks_her_language(receipt: Receipt, code: str) -> None:
    prefix = "" if code == "ja" else f"/{code}"
    assert receipt.client.get(f"{prefix}/receipt/").status_code == 200
    text = receipt.page(prefix=prefix)
    if code not in ("ja", "ja-easy"):
        body = text.split("<main")[1].split("</main>")[0]
        kana = re.findall(r"[ぁ-んァ-ヶ]{3,}", re.sub(r"（架空）|つながり市", "", body))
        assert kana == []
    assert f'action="{prefix}/receipt/switches/withdrawal/"' in text
    assert 'href="/en/receipt/"' in text, (
        "languages lead to where the code is typed, not to an address that answers forms"
    )


def test_the_number_of_queries_does_not_grow(
    receipt: Receipt, story: Story, django_assert_max_num_queries: Any
) -> None:
    receipt.page()
    with django_assert_max_num_queries(45):
        receipt.page()
