"""きょうの仕事: what waits, oldest promise first; what she waits for; what climbed; names only where she may read."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import WORDS, Story
from tsunagari.kernel.models import AuditLine
from tsunagari.referrals.actions import referring, slips
from tsunagari.referrals.models import Referral, Slip
from tsunagari.referrals.terms import Item, RoomAnswer

pytestmark = pytest.mark.django_db
HANAKO = WORDS[Item.NAME]


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def _page(cast: Cast, name: str) -> str:
    return cast.client(name).get("/net/").content.decode()


def _promised(referral: Referral, days: int) -> None:
    day = timezone.localdate() + dt.timedelta(days=days)
    Referral.objects.filter(pk=referral.pk).update(promised_on=day, due_on=max(day, timezone.localdate()))


def test_what_waits_stands_there_with_its_next_step_and_day(cast: Cast, story: Story) -> None:
    referral = referring.draft(story.slip(), story.receiver, by=story.miki)
    page = _page(cast, "miki")
    assert "空きをたずねる" in page
    assert f"/net/referrals/{referral.pk}/" in page
    assert "令和" in page
    assert "飾磨" in page
    assert page.count('class="card"') == 1, "the contact waits behind its referral"


def test_the_oldest_promise_comes_first_and_a_late_one_is_marked_gently(cast: Cast, story: Story) -> None:
    fresh = referring.draft(story.slip(), story.receiver, by=story.miki)
    old = referring.draft(story.slip(), story.receiver, by=story.miki)
    _promised(old, -2)
    page = _page(cast, "miki")
    assert page.index(str(old.pk)) < page.index(str(fresh.pk))
    assert "2日すぎています" in page
    assert "mark-open" in page


def test_what_the_other_side_holds_is_named_with_who_and_until_when(cast: Cast, story: Story) -> None:
    story.asked()
    page = _page(cast, "miki")
    waiting = page[page.index("返事を待っているもの") :]
    assert cast.account("oshio").name in waiting
    assert story.receiver.name in waiting
    over_there = _page(cast, "oshio")
    assert "空きがあるかどうかを答える" in over_there
    assert "返事を待っているもの" not in over_there


def test_the_receiver_waits_for_the_slip_after_saying_it_has_room(cast: Cast, story: Story) -> None:
    referring.answer_room(story.asked(), room=RoomAnswer.HAS_ROOM, by=story.carer)
    assert "返事を待っているもの" in _page(cast, "oshio")
    assert "ご本人に聞いて、シートを送る" in _page(cast, "miki")


def test_names_stand_only_where_the_slip_may_be_read_after_one_line(cast: Cast, story: Story) -> None:
    story.accepted()
    story.asked()
    lines = AuditLine.objects.filter(event="slip.read")
    before = lines.count()
    assert HANAKO in _page(cast, "miki")
    assert lines.count() == before + 1
    assert HANAKO not in _page(cast, "oshio")
    assert lines.count() == before + 2, "she might have had some of her own"
    assert HANAKO not in _page(cast, "shirahama")
    assert lines.count() == before + 2, "whom the rule allows nothing has read nothing"


def test_what_climbed_stands_first_and_by_itself(cast: Cast, story: Story) -> None:
    stuck = story.asked()
    Referral.objects.filter(pk=stuck.pk).update(
        climbed=3, holder=cast.account("miki"), held_for=None, promised_on=timezone.localdate() - dt.timedelta(days=4)
    )
    referring.draft(story.slip(), story.receiver, by=story.miki)
    page = _page(cast, "miki")
    assert page.index("ここまで上がってきたもの") < page.index(str(stuck.pk)) < page.index("あなたを待っているもの")
    assert "どうするか決めて、引きつぐ" in page


def test_a_protected_person_stands_only_on_the_page_of_who_handles_her(cast: Cast, story: Story) -> None:
    hidden = story.asked()
    slips.protect(hidden.slip, by=story.miki)
    assert str(hidden.pk) in _page(cast, "miki")
    assert str(hidden.pk) in _page(cast, "oshio")
    for name in ("yumesaki", "saeki", "shosha", "shirahama", "tonomura"):
        assert str(hidden.pk) not in _page(cast, name)


def test_an_empty_day_is_kind_and_the_outsider_sees_nothing_of_anybody(cast: Cast, story: Story) -> None:
    story.accepted()
    assert "ひと息ついてください" in _page(cast, "saeki")
    page = _page(cast, "tonomura")
    assert "あなたを待っているもの" not in page
    assert "飾磨" not in page
    assert cast.client("hanako").get("/net/")["Location"] == "/accounts/login/?next=/net/"


def test_a_full_day_costs_no_more_queries_than_a_quiet_one(
    cast: Cast, story: Story, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        story.asked()
        referring.draft(story.slip(), story.receiver, by=story.miki)
        story.accepted()
    browser = cast.client("miki")
    browser.get("/net/")
    with django_assert_max_num_queries(25):
        page = browser.get("/net/").content.decode()
    assert Slip.objects.count() == 12
    assert page.count(HANAKO) >= 12


@pytest.mark.parametrize("name", ["miki", "oshio", "saeki", "shirahama", "tonomura"])
def test_every_way_on_from_the_page_leads_somewhere(cast: Cast, story: Story, name: str) -> None:
    story.accepted()
    browser = cast.client(name)
    main = browser.get("/net/").content.decode().split("<main")[1].split("</main")[0]
    ways = {href for href in re.findall(r'href="(/[^"#]+)', main) if not href.startswith("/accounts/")}
    assert len(ways) >= 3
    assert {way: browser.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)
