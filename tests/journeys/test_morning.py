"""Miki's morning: three things wait, one climbed; then the whole town, and one row is given to a colleague."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests import cast as people
from tests.journeys.conftest import axe_findings
from tests.referrals.story import WORDS, Story
from tsunagari.kernel.promises import CLOCK
from tsunagari.network.actions import notices
from tsunagari.network.terms import NoticeKind
from tsunagari.referrals.actions import referring
from tsunagari.referrals.models import Referral
from tsunagari.referrals.terms import Item, Reason, RoomAnswer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def morning(transactional_db: None, cast: people.Cast) -> dict[str, Any]:
    """What the night left: a draft, an answer about room, advice for a neighbour, and one that climbed."""
    story, today = Story(cast), timezone.localdate()
    draft = referring.draft(story.slip(), story.receiver, by=story.miki)
    answered = referring.answer_room(story.asked(), room=RoomAnswer.HAS_ROOM, by=story.carer)
    alone, stuck = story.slip(named=False), story.asked()
    for row, days in ((draft, 0), (answered, 2), (alone, 3)):
        type(row).objects.filter(pk=row.pk).update(promised_on=today + dt.timedelta(days=days))
    Referral.objects.filter(pk=stuck.pk).update(
        promised_on=today - dt.timedelta(days=5), climbed=3, holder=cast.account("miki"), held_for=None
    )
    referring.decline(story.asked(), reason=Reason.NO_ROOM, by=story.carer)
    story.sent()
    for number in range(3):
        notices.tell([cast.account("miki").pk], NoticeKind.ANSWERED, key=str(number), by=CLOCK)
    return {"draft": draft, "stuck": stuck}


@pytest.fixture
def screen(browser: Any, live_server: Any, cast: people.Cast, morning: Any) -> Iterator[Callable[..., Any]]:
    """Miki's screen of a width; signed in with her second factor."""
    contexts = []

    def make(width: int = 390, scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
        contexts.append(context)
        key = str(cast.client("miki").session.session_key)
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page

    yield make
    for context in contexts:
        context.close()


def _looks(page: Any, name: str) -> list[str]:
    """What is wrong with how it looks: axe, and whatever sticks out."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [f"{name}: {one}" for one in axe_findings(page)] + ([f"{name} sticks out"] if wide else [])


def test_mikis_morning(screen: Callable[..., Any], live_server: Any, morning: Any, cast: people.Cast) -> None:
    page = screen()
    page.goto(f"{live_server.url}/net/")
    text = page.inner_text("main")
    assert "新しいお知らせが3件あります" in text
    waiting = page.locator("section:has(h2:text('あなたを待っているもの')) article")
    climbed = page.locator("section:has(h2:text('ここまで上がってきたもの')) article")
    assert waiting.count() >= 3
    assert climbed.count() == 1
    assert "5日すぎています" in climbed.inner_text()
    assert "きょうまで" in waiting.first.inner_text()
    assert WORDS[Item.NAME] in waiting.first.inner_text()
    assert "返事を待っているもの" in text
    assert _looks(page, "work-390") == []
    with page.expect_navigation():
        waiting.first.get_by_role("link").press("Enter")
    assert str(morning["draft"].pk) in page.url


def test_the_town_at_a_glance_and_a_row_is_handed_over_by_keyboard(
    screen: Callable[..., Any], live_server: Any, morning: Any, cast: people.Cast
) -> None:
    page = screen()
    page.goto(f"{live_server.url}/net/town/?view=climbed")
    text = page.inner_text("main")
    assert "担当のいないものは0件です" in text
    assert WORDS[Item.NAME] not in text
    wrong = _looks(page, "town-390")
    with page.expect_navigation():
        page.get_by_role("link", name="引きつぐ").first.press("Enter")
    wrong += _looks(page, "handing-390")
    with page.expect_navigation():
        page.get_by_role("button", name=cast.account("yumesaki").name).first.press("Enter")
    assert "引きつぎました" in page.inner_text("main")
    assert Referral.objects.get(pk=morning["stuck"].pk).holder_id == cast.account("yumesaki").pk
    page.goto(f"{live_server.url}/net/notices/")
    wrong += _looks(page, "notices-390")
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_wide_screen_in_light_and_in_the_dark(screen: Callable[..., Any], live_server: Any, scheme: str) -> None:
    page, wrong = screen(1280, scheme), []
    for name, path in (("work", ""), ("town", "town/"), ("refused", "town/?view=refused"), ("notices", "notices/")):
        page.goto(f"{live_server.url}/net/{path}")
        wrong += _looks(page, f"{name}-1280-{scheme}")
    assert wrong == []
    assert page.pdf()[:4] == b"%PDF"
