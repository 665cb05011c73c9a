"""The person's page on her own telephone, and receivers who have no account: by a link, and by the code on a sheet."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import expect

from tests.journeys.conftest import ROOT, Walker, axe_findings

pytestmark = pytest.mark.browser
# A contact at the town and a circle without any account; what it prints is what a letter or a sheet would carry.
BEGIN = """
import json, secrets
from datetime import timedelta
from django.utils.timezone import localdate
from tsunagari.directory.models import Organization
from tsunagari.referrals import demo
from tsunagari.referrals.actions import answering, consents, referring, slips
from tsunagari.referrals.models import Referral
from tsunagari.referrals.terms import AskedHow, Item, Purpose, RoomAnswer, Said
miki, key = demo._actor("link_worker_town"), secrets.token_urlsafe(12)
town = Organization.objects.get(uri="https://example.jp/id/city-welfare")
circle = Organization.objects.create(name="手芸の会（架空）", uri="https://example.jp/id/circle-" + key)
texts = {Item.NAME: "花子（架空）", Item.WISH: "お茶を飲みながら話したい", Item.STRENGTHS: "編み物"}
plain = {"category": "talk_partner", "area": "飾磨", "age_band": "senior", "daypart": "afternoon"}
slip = slips.begin(town, plain=plain, texts=texts, key=key, by=miki)
referral = referring.ask_room(referring.draft(slip, circle, by=miki), by=miki)
link = answering.make_link(referral, by=miki)
paper = answering.print_paper(referral, by=miki)
print(json.dumps({"receipt": slips.receipt_of(key), "link": answering.token_of(link), "pk": str(referral.pk),
                  "paper": paper.paper_code, "circle": circle.name}))
"""
SEND = """
from datetime import timedelta
from django.utils.timezone import localdate
from tsunagari.referrals import demo
from tsunagari.referrals.actions import consents, referring
from tsunagari.referrals.models import Referral
from tsunagari.referrals.terms import AskedHow, Item, Purpose
referral, miki = Referral.objects.get(pk="{pk}"), demo._actor("link_worker_town")
answers = {{(item, purpose): True for item in Item for purpose in Purpose}}
until = localdate() + timedelta(days=90)
consents.ask(referral.slip, referral.receiver, answers=answers, until=until, how=AskedHow.ALOUD, by=miki)
referring.send(referral, by=miki)
"""
STATE = "from tsunagari.referrals.models import Referral\nprint(Referral.objects.get(pk='{pk}').state)"


@pytest.fixture
def in_town(town_address: str, town_environment: dict[str, str]) -> Any:
    """Lets a few lines run in the town, as its staff would have done on other pages; gives what they print."""

    def run(code: str) -> str:
        command = [sys.executable, "-m", "tsunagari", "manage", "shell", "-v0", "-c", code]
        done = subprocess.run(command, env=town_environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    return run


@pytest.fixture
def begun(in_town: Any) -> dict[str, str]:
    found: dict[str, str] = json.loads(in_town(BEGIN).splitlines()[-1])
    return found


def sign_in(her: Walker, person: dict[str, Any]) -> None:
    """With password and authenticator; digits that another story has used are passed over."""
    her.open("/net/")
    her.page.fill("input[name=login]", person["email"])
    her.page.fill("input[name=password]", person["password"])
    with her.page.expect_navigation():
        her.page.locator("main form button[type=submit]").first.click()
    for step in (-1, 0, 1):
        if her.page.locator("input[name=code]").count() == 0:
            return
        counter = int(time.time()) // 30 + step
        her.page.fill("input[name=code]", str(format_hotp_value(hotp_value(person["totp_secret"], counter))))
        with her.page.expect_navigation():
            her.page.locator("main form button[type=submit]").first.click()


def press(her: Walker, name: str | re.Pattern[str]) -> None:
    with her.page.expect_navigation():
        her.page.get_by_role("button", name=name).first.click()


def open_receipt(her: Walker, code: str, prefix: str = "") -> None:
    her.open(f"{prefix}/receipt/")
    her.page.fill("#f-code", code)
    with her.page.expect_navigation():
        her.page.locator("main form button[type=submit]").first.click()


def open_link(her: Walker, token: str) -> None:
    her.open(f"/link/{token}/")
    press(her, "ひらく")


def test_a_receiver_without_an_account_answers_by_link(walk: Any, in_town: Any, begun: dict[str, str]) -> None:
    her = walk(javascript=False)
    open_link(her, begun["link"])
    assert "花子" not in her.text
    her.page.get_by_role("radio", name="空きがあります").first.check()
    press(her, "この返事を送る")
    assert "お返事を受けとりました" in her.text
    in_town(SEND.format(pk=begun["pk"]))
    open_link(her, begun["link"])
    assert "花子" in her.text
    press(her, "引き受けます")
    press(her, "来ました")
    assert in_town(STATE.format(pk=begun["pk"])).endswith("came")
    other = walk()
    other.open(f"/link/{begun['link']}/")
    assert "このリンクは、いまは使えません" in other.text


def test_what_she_takes_back_on_her_phone_the_receiver_no_longer_sees(
    walk: Any, in_town: Any, begun: dict[str, str]
) -> None:
    hers, theirs = walk(), walk()
    open_link(theirs, begun["link"])
    theirs.page.get_by_role("radio", name="空きがあります").first.check()
    press(theirs, "この返事を送る")
    in_town(SEND.format(pk=begun["pk"]))
    open_link(theirs, begun["link"])
    assert "花子" in theirs.text
    open_receipt(hers, begun["receipt"])
    press(hers, re.compile("伝えない.*お名前"))
    assert "もう見られません" in hers.text
    open_link(theirs, begun["link"])
    assert "花子" not in theirs.text
    assert "お茶を飲みながら話したい" in theirs.text
    press(hers, "ぜんぶ取り消す")
    open_link(theirs, begun["link"])
    assert "お茶を飲みながら話したい" not in theirs.text
    assert "写しを消してください" in theirs.text
    theirs.page.get_by_role("radio", name="消しました").first.check()
    theirs.page.get_by_role("button", name="この返事を送る").last.click()
    theirs.page.wait_for_load_state("load")
    open_receipt(hers, begun["receipt"])
    assert "「消しました」と答えました" in hers.text


def test_a_receiver_answers_on_paper(walk: Any, in_town: Any, begun: dict[str, str], people: dict[str, Any]) -> None:
    miki = walk(1280)
    sign_in(miki, people["link_worker_town"])
    miki.open(f"/net/referrals/{begun['pk']}/paper/")
    assert begun["paper"].upper() in miki.text
    assert _sheets(miki) == 1
    _type(miki, begun["paper"], "空きについて", "空きがあります")
    in_town(SEND.format(pk=begun["pk"]))
    miki.open(f"/net/referrals/{begun['pk']}/paper/")
    assert "花子" in miki.text
    assert _sheets(miki) == 1
    _type(miki, begun["paper"].upper().replace("-", ""), "引き受けます")
    _type(miki, begun["paper"], "来ました")
    assert in_town(STATE.format(pk=begun["pk"])).endswith("came")
    miki.open("/net/paper/")
    miki.page.fill("#f-code", "aaaa-bbbb")
    miki.page.get_by_role("radio", name="来ました").first.check()
    press(miki, "この返事を受けつける")
    assert "見つかりませんでした" in miki.text
    assert axe_findings(miki.page) == []


def _sheets(her: Walker) -> int:
    """How many pages of A4 the printer gives."""
    return len(re.findall(rb"/Type\s*/Page[^s]", her.page.pdf(format="A4")))


def _type(miki: Walker, code: str, *ticks: str) -> None:
    miki.open("/net/paper/")
    miki.page.fill("#f-code", code)
    for words in ticks:
        miki.page.get_by_role("radio", name=words, exact=True).first.check()
    press(miki, "この返事を受けつける")
    assert "返事を受けつけました" in miki.text


def test_the_qr_brings_the_code_and_leaves_no_trace(walk: Any, begun: dict[str, str], tmp_path: Path) -> None:
    her = walk()
    her.open(f"/receipt/#{begun['receipt']}")
    expect(her.page.locator("#f-code")).to_have_value(begun["receipt"])
    press(her, "ひらく")
    assert "あなたの受付票" in her.text
    her.page.locator(".tools summary").nth(1).click()
    with her.page.expect_navigation():
        her.page.locator(".tools .larger").click()
    assert "あなたの受付票" in her.text, "bigger letters, and the code need not be typed again"
    assert her.page.locator("html.size-l").count() == 1
    her.page.locator(".tools summary").first.click()
    with her.page.expect_navigation():
        her.page.get_by_role("link", name="English").click()
    assert "Your receipt" in her.text
    assert [url for url in her.asked if begun["receipt"] in url.partition("#")[0]] == []
    assert her.page.context.cookies() == []
    assert her.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert her.complaints == []
    for _ in range(3):
        her.page.keyboard.press("Shift")
    expect(her.page.get_by_text("receipt")).to_have_count(0)


def test_the_code_is_in_no_log_of_the_town(walk: Any, begun: dict[str, str], town_environment: dict[str, str]) -> None:
    her = walk()
    open_receipt(her, begun["receipt"])
    open_link(her, begun["link"])
    her.open(f"/link/{begun['link']}x/")
    log = (Path(town_environment["TSUNAGARI_DATA"]) / "log").read_text("utf-8", "replace")
    assert begun["receipt"] not in log
    assert begun["link"] not in log


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_these_pages_are_open_to_everybody(walk: Any, begun: dict[str, str], code: str) -> None:
    her, prefix = walk(), "" if code == "ja" else f"/{code}"
    found: list[str] = []

    def look(name: str) -> None:
        for width in (390, 1280):
            her.page.set_viewport_size({"width": width, "height": 844})
            found.extend(f"{name} {width} {one}" for one in axe_findings(her.page))
            if her.page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} {width} sticks out")

    her.open(f"{prefix}/receipt/")
    look("receipt")
    open_receipt(her, begun["receipt"], prefix)
    look("receipt page")
    open_receipt(her, "aaaa-bbbb-cccc-dddd", prefix)
    look("unknown")
    her.open(f"{prefix}/link/{begun['link']}/")
    look("link")
    with her.page.expect_navigation():
        her.page.locator("main form button").first.click()
    look("link page")
    her.open(f"{prefix}/link/guessed/")
    look("gone")
    assert found == []


def test_with_the_keyboard_alone_and_readings_above_the_kanji(walk: Any, begun: dict[str, str]) -> None:
    her = walk(1280)
    her.open("/receipt/?furi=1")
    her.page.locator("#f-code").focus()
    her.page.keyboard.type(begun["receipt"])
    with her.page.expect_navigation():
        her.page.keyboard.press("Enter")
    assert her.page.locator("main ruby").count() > 10
    her.page.locator("main summary").first.focus()
    her.page.keyboard.press("Enter")
    her.page.keyboard.press("Tab")
    her.page.keyboard.press("Space")
    her.page.get_by_role("button", name="しるし").focus()
    with her.page.expect_navigation():
        her.page.keyboard.press("Enter")
    assert "はい（" in her.page.evaluate(
        "(() => { const m = document.querySelector('main').cloneNode(true);"
        " m.querySelectorAll('rt, rp').forEach((r) => r.remove()); return m.textContent; })()"
    )
