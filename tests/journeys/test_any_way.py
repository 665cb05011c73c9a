"""Every task by keyboard alone, and every task without JavaScript."""

from typing import Any

import pytest

from tests.journeys.conftest import Walker

pytestmark = pytest.mark.browser


def test_finding_without_javascript(walk: Any) -> None:
    me = walk(javascript=False)
    me.open("/")
    me.say("話し相手がほしい")
    first = me.cards
    assert len(first) == 10
    me.page.locator("summary", has_text="条件でしぼる").click()
    me.page.locator("label.chip", has_text="無料").first.click()
    me.tap("この条件でさがす", role="button")
    assert "feature=free" in me.page.url
    assert me.page.locator("#q").input_value() == "話し相手がほしい"
    me.tap("もっと見る")
    assert len(me.cards) > 10


def test_the_guide_without_javascript(walk: Any) -> None:
    me = walk(javascript=False)
    me.open("/guide/")
    me.page.locator(".choice").nth(3).click()
    me.tap("この質問をとばす")
    me.tap("ひとつもどる")
    for _ in range(5):
        choices = me.page.locator(".choice")
        if not choices.count():
            break
        choices.first.click()
        me.page.wait_for_load_state("load")
    assert "合いそうなところ" in me.text
    assert 1 <= len(me.cards) <= 5


def test_saying_that_something_is_wrong_without_javascript(walk: Any) -> None:
    me = walk(javascript=False)
    me.open("/find/?q=カフェ")
    me.page.locator("#results .card-name a").first.click()
    me.page.wait_for_load_state("load")
    me.tap("情報がちがう")
    me.tap("送る", role="button")
    assert "選んでください" in me.text, "a mistake is explained and nothing is lost"
    me.page.locator("label.chip").first.click()
    me.page.locator("textarea").fill("番号が変わりました")
    me.tap("送る", role="button")
    assert "受けつけました" in me.text
    assert me.page.context.cookies() == []


def test_a_swap_shows_what_a_reload_shows(walk: Any) -> None:
    me = walk()
    me.open("/find/?q=カフェ")
    me.say("囲碁")
    me.page.wait_for_url("**q=%E5%9B%B2%E7%A2%81**")
    swapped = me.page.locator("#results").inner_text()
    me.page.reload(wait_until="load")
    assert me.page.locator("#results").inner_text() == swapped


def _press_until(me: Walker, selector: str, most: int = 80) -> None:
    for _ in range(most):
        me.page.keyboard.press("Tab")
        if me.page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def test_finding_and_reading_by_keyboard_alone(walk: Any) -> None:
    me = walk(1280)
    me.open("/")
    _press_until(me, "#q")
    me.page.keyboard.type("話し相手がほしい")
    me.page.keyboard.press("Enter")
    me.page.locator("#results .card-name").first.wait_for()
    _press_until(me, "#results summary")
    me.page.keyboard.press("Enter")
    _press_until(me, "#results input[name=when]")
    _press_until(me, "#results .card-name a", 200)
    me.page.keyboard.press("Enter")
    me.page.wait_for_url("**/places/**")
    assert me.page.locator("h1").count() == 1


def test_the_guide_by_keyboard_alone(walk: Any) -> None:
    me = walk()
    me.open("/guide/")
    for _ in range(6):
        if not me.page.locator(".choice").count():
            break
        _press_until(me, ".choice")
        with me.page.expect_navigation():
            me.page.keyboard.press("Enter")
    assert "合いそうなところ" in me.text


def test_a_slip_at_the_counter_takes_three_taps(walk: Any) -> None:
    me = walk(1280)
    me.open("/")
    me.say("こども食堂")
    me.page.locator("#results .card-name a").first.click()
    me.taps += 1
    me.page.wait_for_load_state("load")
    me.tap("紙とQRコードで持って行く")
    assert me.page.locator(".slip svg").count() == 1
    assert me.page.locator("[data-print]").is_visible()
    assert me.taps <= 3
