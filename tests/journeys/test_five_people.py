"""Five people with a telephone, from the front page to something useful: at most four taps, or one sentence."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser
MOST_TAPS = 4


def test_under_18_late_at_night_and_unwilling_to_be_known(walk: Any) -> None:
    me = walk()
    me.open("/")
    me.tap("18歳までの人")
    assert "名前" in me.text or "質問" in me.text
    me.page.locator(".choice").nth(3).click()
    me.taps += 1
    me.page.wait_for_load_state("load")
    me.tap("電話できる窓口")
    assert me.taps <= MOST_TAPS
    assert me.page.locator('a[href="tel:0120078310"]').is_visible(), "the children's line answers day and night"
    assert me.page.locator("[data-exit]").is_visible()
    assert me.page.context.cookies() == []


CHILDREN_SOS, CHILDLINE = "tel:0120078310", "tel:0120997777"


def numbers(me: Any, section: str) -> list[str]:
    """The numbers in one part of the page of lines, from top to bottom."""
    links = me.page.locator(f'section[aria-labelledby="{section}-title"] a[href^="tel:"]')
    return [link.get_attribute("href") for link in links.all()]


@pytest.mark.parametrize("javascript", [True, False])
def test_under_18_at_twenty_to_midnight_sees_who_answers_then_on_top(walk: Any, clock: Any, javascript: bool) -> None:
    clock.set(23, 40)
    me = walk(at=clock.address, javascript=javascript)
    me.open("/")
    me.tap("18歳までの人")
    me.page.locator('main a[href*="/lines/"]').first.click()
    me.page.wait_for_load_state("load")
    assert me.taps + 1 <= MOST_TAPS
    answering = numbers(me, "now")
    assert answering[0] == CHILDREN_SOS, "the children's line that answers day and night stands first"
    assert CHILDLINE not in answering, "its hours ended at nine in the evening"
    assert CHILDLINE in numbers(me, "closed")
    assert CHILDLINE not in numbers(me, "danger")
    every = [link.get_attribute("href") for link in me.page.locator('main a[href^="tel:"]').all()]
    assert every.index(CHILDREN_SOS) < every.index(CHILDLINE)
    me.tap("電話できる窓口")  # the link on top of every page does not know who she is
    assert CHILDREN_SOS in numbers(me, "now")
    assert CHILDLINE in numbers(me, "closed")


def test_the_lines_change_places_with_the_clock(walk: Any, clock: Any) -> None:
    clock.set(17, 30)
    me = walk(at=clock.address)
    me.open("/lines/?for=teens")
    early = [*numbers(me, "now"), *numbers(me, "perhaps")]
    assert CHILDLINE in early
    assert CHILDLINE not in numbers(me, "closed")
    clock.set(23, 40)
    me.open("/lines/?for=teens")
    assert CHILDLINE in numbers(me, "closed")
    assert numbers(me, "now")[0] == CHILDREN_SOS


def test_under_18_finds_someone_to_write_to(walk: Any) -> None:
    me = walk()
    me.open("/")
    me.say("こんな夜中だけど、親に知られずに話を聞いてほしい。中学生です")
    assert len(me.cards) >= 3
    assert any(re.search(r"10代|子ども|こども|若者|よる|ライン|チャット|話し相手", card) for card in me.cards[:3])


def test_newly_widowed_at_72_with_large_letters_and_afraid_of_the_phone(walk: Any) -> None:
    me = walk()
    me.open("/?size=l")
    me.say("夫を亡くして、ひとりになりました")
    assert "size=l" in me.page.url or me.page.locator("html.size-l").count() == 1
    assert any(re.search(r"わかちあい|亡くし|サロン|分かち合い|遺族", card) for card in me.cards[:3])
    me.page.locator("#results .card-name a").first.click()
    me.page.wait_for_load_state("load")
    assert me.page.locator("html.size-l").count() == 1
    assert "はじめて行くとき" in me.text
    assert me.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_new_from_vietnam_with_little_japanese(walk: Any) -> None:
    me = walk()
    me.open("/")
    me.page.locator("summary", has_text="Language").click()
    me.taps += 1
    me.tap("Tiếng Việt")
    assert me.page.locator("html").get_attribute("lang") == "vi"
    me.say("Tôi muốn học tiếng Nhật")
    assert me.taps <= MOST_TAPS
    assert "/vi/find/" in me.page.url
    page = me.page.content()
    assert re.search(r"日本語|tiếng Nhật", " ".join(me.cards[:3]), re.IGNORECASE), me.cards[:3]
    assert "/vi/places/" in page


def test_worried_about_a_neighbour_not_seen_for_a_week(walk: Any) -> None:
    me = walk()
    me.open("/")
    me.tap("心配な人がいる")
    me.page.locator(".choice", has_text="近所").first.click()
    me.taps += 1
    me.page.wait_for_load_state("load")
    me.page.locator(".choice").nth(1).click()
    me.taps += 1
    me.page.wait_for_load_state("load")
    assert me.taps <= MOST_TAPS
    other = walk()
    other.open("/")
    other.say("となりのおじいさんを一週間見かけない")
    assert any(re.search(r"見守り|地域包括|民生|相談", card) for card in other.cards[:5])


def test_with_a_baby_at_noon_on_a_rainy_holiday(walk: Any) -> None:
    me = walk()
    me.open("/")
    me.say("赤ちゃんと雨の日に行けるところ")
    assert any(re.search(r"子育て|ひろば|赤ちゃん|親子|児童館", card) for card in me.cards[:3])
    me.page.locator("#results .card-name a").first.click()
    me.page.wait_for_load_state("load")
    assert "いつ" in me.text
    assert "どこ" in me.text
