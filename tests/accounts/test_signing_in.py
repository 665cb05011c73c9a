"""Signing in: password, second factor, passkey pages; and what stops a guesser."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from tests.cast import Cast
from tsunagari.accounts.models import Session
from tsunagari.kernel.worker import TownWorker
from tsunagari.network import demo

pytestmark = pytest.mark.django_db


def _sign_in(client: Client, name: str, role: str, cast: Cast, password: str = "") -> Any:
    fields = {"login": cast.account(name).email, "password": password or demo.password_of(role)}
    return client.post("/accounts/login/", fields)


def test_somebody_without_a_second_factor_comes_in_by_password(cast: Cast) -> None:
    client = Client()
    assert _sign_in(client, "shirahama", "editor", cast)["Location"] == "/net/"
    assert client.get("/net/").status_code == 200


def test_a_second_factor_is_asked_and_a_wrong_one_refused(cast: Cast) -> None:
    client = Client()
    assert _sign_in(client, "miki", "link_worker_town", cast)["Location"].startswith("/accounts/keys/authenticate/")
    assert client.get("/net/")["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/keys/authenticate/", {"code": "000000"}).status_code == 200
    answer = client.post("/accounts/keys/authenticate/", {"code": demo._digits_now("link_worker_town")})
    assert answer["Location"] == "/net/"
    assert client.get("/net/people/").status_code == 200


def test_a_second_factor_lies_sealed_in_the_database(cast: Cast) -> None:
    row = Authenticator.objects.filter(type="totp").first()
    assert row
    assert demo.totp_secret_of("link_worker_town") not in str(
        list(Authenticator.objects.values_list("data", flat=True))
    )


def test_a_wrong_password_and_an_unknown_address_look_the_same(cast: Cast) -> None:
    known = _sign_in(Client(), "shirahama", "editor", cast, password="wrong")
    unknown = Client().post("/accounts/login/", {"login": "nobody@example.jp", "password": "wrong"})
    assert known.status_code == unknown.status_code

    def without(answer: Any, address: str) -> str:
        return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode()).replace(address, "")

    assert without(known, cast.account("shirahama").email) == without(unknown, "nobody@example.jp")


def test_a_guesser_is_stopped_before_the_password_is_even_hashed(cast: Cast, monkeypatch: Any) -> None:
    hashed: list[int] = []
    real = type(cast.account("shirahama")).check_password
    monkeypatch.setattr(
        type(cast.account("shirahama")), "check_password", lambda self, raw: hashed.append(1) or real(self, raw)
    )
    client = Client()
    answers = [_sign_in(client, "shirahama", "editor", cast, password="wrong") for _ in range(30)]
    assert len(hashed) <= 10
    assert _sign_in(client, "shirahama", "editor", cast).status_code != 302
    assert {answer.status_code for answer in answers} <= {200, 403, 429}


def test_a_forgotten_password_is_chosen_anew_by_mail(cast: Cast) -> None:
    client = Client()
    email = cast.account("shirahama").email
    assert client.post("/accounts/password/reset/", {"email": email})["Location"] == "/accounts/password/reset/done/"
    assert not mail.outbox, "the worker mails, not the page"


@pytest.mark.django_db(transaction=True)
def test_the_link_of_that_mail_works_once(cast: Cast) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": cast.account("shirahama").email})
    client.post("/accounts/password/reset/", {"email": "nobody@example.jp"})
    TownWorker(interval=0, batch=True)._worker.run()
    (message,) = mail.outbox
    found = re.search(r"http://[^/]+(/\S+)", str(message.body))
    assert found
    page = client.get(found[1], follow=True)
    assert page.status_code == 200
    passwords = {"password1": "mikan-to-hibari", "password2": "mikan-to-hibari"}
    assert client.post(page.redirect_chain[-1][0], passwords)["Location"] == "/accounts/password/reset/key/done/"
    assert "もう使えません" in Client().get(found[1], follow=True).content.decode()
    assert _sign_in(Client(), "shirahama", "editor", cast, password="mikan-to-hibari")["Location"] == "/net/"


@pytest.mark.parametrize(
    "path",
    [
        "keys/",
        "keys/passkeys/",
        "keys/passkeys/add/",
        "keys/app/activate/",
        "keys/app/deactivate/",
        "keys/codes/",
        "keys/codes/generate/",
        "keys/codes/download/",
        "keys/reauthenticate/",
        "password/change/",
        "logout/",
        "reauthenticate/",
    ],
)
def test_every_page_of_ones_own_keys_opens(cast: Cast, path: str) -> None:
    client = cast.client("miki")
    answer = client.get(f"/accounts/{path}", follow=True)
    assert answer.status_code in (200, 404)
    if answer.status_code == 404:
        assert path in ("keys/codes/", "keys/codes/download/")


@pytest.mark.parametrize("path", ["login/", "password/reset/", "password/reset/done/", "inactive/", "signup/"])
def test_every_page_of_coming_in_opens_without_a_script_in_it(path: str) -> None:
    answer = Client().get(f"/accounts/{path}")
    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.content.decode())
    assert "style=" not in answer.content.decode()


def test_the_page_of_keys_opens_with_and_without_an_app(cast: Cast) -> None:
    client = Client()
    _sign_in(client, "shirahama", "editor", cast)
    page = client.get("/accounts/keys/")
    assert page.status_code == 200
    assert "使いはじめる" in page.content.decode()


def test_setting_up_an_app_asks_for_the_password_first_and_gives_codes(cast: Cast) -> None:
    client = Client()
    _sign_in(client, "shirahama", "editor", cast)
    asked = client.get("/accounts/keys/app/activate/")["Location"]
    assert asked.startswith("/accounts/reauthenticate/")
    page = client.post(asked, {"password": demo.password_of("editor")}, follow=True).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    code = format_hotp_value(hotp_value(secret[1], next(iter(yield_hotp_counters_from_time()))))
    answer = client.post("/accounts/keys/app/activate/", {"code": code}, follow=True)
    assert answer.status_code == 200
    assert Authenticator.objects.filter(user=cast.account("shirahama"), type="totp").exists()


def test_signing_in_leaves_a_line_and_the_session_knows_whose_it_is(cast: Cast) -> None:
    from tsunagari.kernel.models import AuditLine

    client = Client()
    _sign_in(client, "shirahama", "editor", cast)
    assert AuditLine.objects.filter(event="session.opened", actor_id=cast.account("shirahama").pk).count() == 1
    assert Session.objects.filter(account_id=cast.account("shirahama").pk).count() == 1
