"""People come by invitation: the link works once, for whom it was meant, and only while it is meant."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tsunagari.accounts import actions
from tsunagari.accounts.models import Account, Invitation
from tsunagari.accounts.terms import Duty
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import AuditLine, Message
from tsunagari.kernel.worker import TownWorker

pytestmark = pytest.mark.django_db(transaction=True)
NEW = {"name": "青山 葵（架空）", "kana": "あおやま あおい", "password": "asagao-to-semi"}


@pytest.fixture
def link(cast: Cast) -> str:
    """The path in the mail that the invited person gets."""
    actions.invite("Aoi@example.jp ", duties=[Duty.EDITOR], by=cast.actor("miki"))
    TownWorker(interval=0, batch=True)._worker.run()
    found = re.search(r"http://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_mail_says_only_that_there_is_something_and_where(link: str) -> None:
    message = mail.outbox[-1]
    assert message.to == ["aoi@example.jp"]
    text = f"{message.subject}{message.body}"
    assert "三木" not in text
    assert "aoi" not in text


def test_the_invited_person_comes_in_and_can_sign_in_and_do_what_was_meant(link: str) -> None:
    visitor = Client()
    page = visitor.get(link)
    assert page.status_code == 200
    assert not page.cookies
    assert visitor.post(f"{link}acceptance/", NEW).status_code == 302
    account = Account.objects.get(email="aoi@example.jp")
    assert [term.duty for term in account.duty_terms.all()] == [Duty.EDITOR]
    answer = visitor.post("/accounts/login/", {"login": "aoi@example.jp", "password": NEW["password"]})
    assert (answer.status_code, answer["Location"]) == (302, "/net/")


def test_the_link_works_once(link: str) -> None:
    visitor = Client()
    visitor.post(f"{link}acceptance/", NEW)
    assert visitor.get(link).status_code == 404
    assert visitor.post(f"{link}acceptance/", NEW).status_code == 404
    assert Account.objects.filter(email="aoi@example.jp").count() == 1


@pytest.mark.parametrize("spoil", ["late", "withdrawn", "guessed"])
def test_a_late_a_withdrawn_and_a_guessed_link_all_look_like_none(link: str, cast: Cast, spoil: str) -> None:
    invitation = Invitation.objects.get()
    if spoil == "late":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if spoil == "withdrawn":
        actions.withdraw(invitation, by=cast.actor("miki"))
        actions.withdraw(invitation, by=cast.actor("miki"))
    path = "/accounts/invitations/abc/" if spoil == "guessed" else link
    answer = Client().get(path)
    assert answer.status_code == 404
    assert answer.content == Client().get("/accounts/invitations/other/").content


def test_a_weak_password_is_explained_and_nothing_is_lost(link: str) -> None:
    answer = Client().post(f"{link}acceptance/", {**NEW, "password": "password"})
    assert answer.status_code == 422
    assert NEW["name"] in answer.content.decode()
    assert not Account.objects.filter(email="aoi@example.jp").exists()


def test_the_table_alone_opens_nothing(link: str) -> None:
    invitation = Invitation.objects.get()
    assert actions.token_of(invitation) in link
    assert invitation.token_hash not in link
    stored = f"{list(Message.objects.values())}{list(AuditLine.objects.values())}"
    assert actions.token_of(invitation) not in stored
    assert "aoi@" not in stored


def test_inviting_twice_makes_one_invitation(cast: Cast) -> None:
    first = actions.invite("aoi@example.jp", by=cast.actor("miki"))
    assert actions.invite("AOI@example.jp", by=cast.actor("miki")).pk == first.pk


def test_who_is_here_already_is_not_invited(cast: Cast) -> None:
    with pytest.raises(actions.AlreadyHere):
        actions.invite(cast.account("saeki").email.upper(), by=cast.actor("miki"))


@pytest.mark.parametrize("name", ["saeki", "oshio", "aga", "tonomura", "shirahama"])
def test_nobody_but_the_secretariat_invites(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        actions.invite("x@example.jp", by=cast.actor(name))


def test_the_first_person_of_a_town_is_invited_from_the_server(capsys: Any) -> None:
    from django.core.management import call_command

    call_command("invite", "first@example.jp", "--duty", "secretariat")
    link = capsys.readouterr().out.strip().removeprefix("http://127.0.0.1:8000")
    assert Client().post(f"{link}acceptance/", NEW).status_code == 302
    assert Account.objects.get().duty_terms.get().duty == Duty.SECRETARIAT
    assert not mail.outbox


def test_nobody_signs_up_alone() -> None:
    visitor = Client()
    assert visitor.get("/accounts/signup/").status_code == 200
    assert visitor.post("/accounts/signup/", {"email": "x@example.jp"}).status_code == 405
    assert not Account.objects.exists()
