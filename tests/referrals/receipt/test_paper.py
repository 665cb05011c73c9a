"""A sheet of paper for a receiver without an account, and typing its answer back in."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.referrals.story import WORDS, Story
from tsunagari.kernel import access
from tsunagari.kernel.access import NotVisible
from tsunagari.kernel.models import AuditLine
from tsunagari.referrals.actions import answering, consents, referring
from tsunagari.referrals.actions.answering import Answer
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.models import Referral, Step, Wipe
from tsunagari.referrals.terms import Reason, Said, State, Wiped

pytestmark = pytest.mark.django_db


@pytest.fixture
def miki(cast: Cast) -> Client:
    return cast.client("miki")


@pytest.fixture
def printed(by_hand: Story, sent_by_hand: Referral) -> Referral:
    return answering.print_paper(sent_by_hand, by=by_hand.miki)


def send(client: Client, code: str | None, **data: Any) -> Any:
    return client.post("/net/paper/answers/", {"code": code, **data})


def test_the_sheet_holds_what_the_switches_allow_and_the_code(miki: Client, sent_by_hand: Referral) -> None:
    path = f"/net/referrals/{sent_by_hand.pk}/paper/"
    before = miki.get(path).content.decode()
    assert not any(word in before for word in WORDS.values())
    for _ in range(2):
        assert miki.post(f"/net/referrals/{sent_by_hand.pk}/papers/").status_code == 302
    sent_by_hand.refresh_from_db()
    assert sent_by_hand.paper_code == referring.paper_code(sent_by_hand)
    assert AuditLine.objects.filter(event="referral.paper_made").count() == 1
    text = miki.get(path).content.decode()
    assert str(sent_by_hand.paper_code).upper() in text
    assert all(word in text for word in WORDS.values())
    slip = sent_by_hand.slip
    consents.withdraw_with_receipt(slip, switches=slip.switches.values_list("pk", flat=True), by=access.PUBLIC)
    assert not any(word in miki.get(path).content.decode() for word in WORDS.values())


def test_before_it_is_sent_the_sheet_only_asks_for_room(miki: Client, by_hand: Story, asked_by_hand: Referral) -> None:
    answering.print_paper(asked_by_hand, by=by_hand.miki)
    text = miki.get(f"/net/referrals/{asked_by_hand.pk}/paper/").content.decode()
    assert "空きはありますか" in text
    assert not any(word in text for word in WORDS.values())


def test_printing_is_a_reading_and_is_written_down(miki: Client, printed: Referral) -> None:
    miki.get(f"/net/referrals/{printed.pk}/paper/")
    line = AuditLine.objects.filter(event="referral.print_paper").latest("seq")
    assert (line.about_id, line.ids["reading"]) == (str(printed.pk), True)


def test_only_the_sender_prints(cast: Cast, printed: Referral) -> None:
    for name in ("oshio", "aga", "tonomura", "shosha"):
        assert not access.may(cast.actor(name), "referral.print_paper", printed)
        assert cast.client(name).get(f"/net/referrals/{printed.pk}/paper/").status_code == 404


def test_the_code_is_typed_back_with_the_answer(miki: Client, printed: Referral) -> None:
    code = str(printed.paper_code)
    for typed in (code, code.upper().replace("-", " ")):
        assert send(miki, typed, said="accept").status_code == 302
    assert send(miki, code, said="came").status_code == 302
    printed.refresh_from_db()
    assert printed.state == State.CAME
    assert Step.objects.filter(referral=printed, state=State.ACCEPTED).count() == 1
    assert Step.objects.get(referral=printed, state=State.CAME).by is not None


def test_she_came_before_anybody_said_yes(miki: Client, printed: Referral) -> None:
    assert send(miki, printed.paper_code, said="came").status_code == 302
    assert set(printed.steps.values_list("state", flat=True)) >= {State.ACCEPTED, State.CAME}


def test_declined_on_paper_with_a_reason(miki: Client, printed: Referral) -> None:
    assert send(miki, printed.paper_code, said="decline").status_code == 422
    for _ in range(2):
        assert send(miki, printed.paper_code, said="decline", reason="outside_area").status_code == 302
    printed.refresh_from_db()
    assert (printed.state, printed.reason) == (State.DECLINED, Reason.OUTSIDE_AREA)
    assert send(miki, printed.paper_code, said="wiped", wiped="nothing").status_code == 302
    assert Wipe.objects.get(referral=printed).answer == Wiped.NOTHING


def test_room_on_paper(miki: Client, by_hand: Story, asked_by_hand: Referral) -> None:
    code = answering.print_paper(asked_by_hand, by=by_hand.miki).paper_code
    assert send(miki, code, said="room", room="number", left="3").status_code == 302
    asked_by_hand.refresh_from_db()
    assert (asked_by_hand.room, asked_by_hand.room_left) == ("number", 3)


def test_a_wrong_code_and_somebody_elses_code_get_one_sentence(cast: Cast, miki: Client, printed: Referral) -> None:
    def sentence(client: Client, code: str | None) -> str:
        response = send(client, code, said="accept")
        assert response.status_code == 422
        return str(response.content.decode().split('role="alert"')[1].split("</div>")[0])

    wrong = sentence(miki, "aaaa-bbbb")
    assert "見つかりませんでした" in wrong
    assert {sentence(miki, code) for code in ("", "x", "𠮷" * 50)} == {wrong}
    for name in ("oshio", "shosha"):
        assert sentence(cast.client(name), printed.paper_code) == wrong
    with pytest.raises(NotVisible):
        answering.of_paper(str(printed.paper_code), by=cast.actor("oshio"))
    printed.refresh_from_db()
    assert printed.state == State.SENT


def test_an_answer_that_does_not_fit_is_explained(miki: Client, by_hand: Story, printed: Referral) -> None:
    assert send(miki, printed.paper_code, said="room", room="has_room").status_code in (302, 422)
    assert send(miki, printed.paper_code, said="wiped", wiped="deleted").status_code == 422
    with pytest.raises(NotYet):
        answering.answer_on_paper(printed, answer=Answer(Said.WIPED, wiped=Wiped.DELETED), by=by_hand.miki)
    assert send(miki, printed.paper_code).status_code == 422
    assert send(Client(), printed.paper_code, said="accept").status_code == 302
    printed.refresh_from_db()
    assert printed.state == State.SENT, "who is not signed in is asked to sign in"
