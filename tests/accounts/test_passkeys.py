"""A passkey in a real browser, with an authenticator that the browser itself plays; and what the page may not load."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.cast import Cast
from tsunagari.network import demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page of Debian's Chromium with a built-in authenticator; the ORM is used beside the player's own loop."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        opened = browser.new_page()
        tools = opened.context.new_cdp_session(opened)
        tools.send("WebAuthn.enable")
        tools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                }
            },
        )
        yield opened
        browser.close()


def test_a_passkey_is_added_and_signs_in_with_one_tap(cast: Cast, live_server: Any, page: Any) -> None:
    broken: list[str] = []
    page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    town = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{town}/net/")
    page.fill("input[name=login]", cast.account("shirahama").email)
    page.fill("input[name=password]", demo.password_of("editor"))
    page.click("main form:has(input[name=password]) button")
    page.wait_for_url("**/net/")
    page.goto(f"{town}/accounts/keys/passkeys/add/")
    page.fill("input[name=password]", demo.password_of("editor"))
    page.click("main form:has(input[name=password]) button")
    page.fill("input[name=name]", "わたしの電話")
    page.check("input[name=passwordless]")
    page.click("#passkey-button")
    page.wait_for_url(lambda url: "/add/" not in url)
    assert Authenticator.objects.filter(user=cast.account("shirahama"), type="webauthn").count() == 1
    page.context.clear_cookies()
    page.goto(f"{town}/accounts/login/")
    page.click("#passkey-login")
    page.wait_for_url("**/net/")
    assert "仕事" in page.text_content("h1")
    assert broken == []
