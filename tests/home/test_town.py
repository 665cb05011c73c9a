"""The whole town at a glance: what is late, climbed, refused; nobody protected is in it, nothing without a holder."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import WORDS, Story
from tsunagari.accounts.models import DutyTerm
from tsunagari.home.showing import numbers
from tsunagari.kernel import access
from tsunagari.kernel.models import AuditLine
from tsunagari.network.models import Notice
from tsunagari.referrals.actions import referring, slips
from tsunagari.referrals.models import Referral, Slip
from tsunagari.referrals.terms import Reason, SlipEnding

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def _late(referral: Referral, days: int = 3, **more: Any) -> None:
    Referral.objects.filter(pk=referral.pk).update(promised_on=timezone.localdate() - dt.timedelta(days=days), **more)


def _town(cast: Cast, query: str = "") -> str:
    return cast.client("miki").get(f"/net/town/{query}").content.decode()


def test_only_the_coordinator_sees_it_for_others_it_is_not_there(cast: Cast) -> None:
    assert cast.client("miki").get("/net/town/").status_code == 200
    assert cast.client("miki", second_factor=False).get("/net/town/").status_code == 404
    for name in ("oshio", "yumesaki", "saeki", "aga", "shirahama", "tonomura"):
        assert cast.client(name).get("/net/town/").status_code == 404
    assert cast.client("hanako").get("/net/town/").status_code == 302


# miki (coordinator), oshio (the receiver), tonomura
TABLE = {
    "town.read": (True, False, False),
    "town.read_contacts": (True, False, False),
    "town.read_wipes": (True, False, False),
}


@pytest.mark.parametrize("rule", TABLE)
def test_who_may(cast: Cast, story: Story, rule: str) -> None:
    referral = referring.withdraw(story.accepted(), by=story.miki)
    things = {"town.read": referral, "town.read_contacts": referral.slip, "town.read_wipes": referral.wipe}
    found = tuple(access.may(cast.actor(name), rule, things[rule]) for name in ("miki", "oshio", "tonomura"))
    assert found == TABLE[rule]


def test_late_steps_stand_by_how_late_they_are_with_their_holder(cast: Cast, story: Story) -> None:
    later, latest = story.asked(), story.accepted()
    _late(later, 2)
    _late(latest, 9)
    page = _town(cast)
    assert page.index(str(latest.pk)) < page.index(str(later.pk))
    assert "9日すぎています" in page
    assert cast.account("oshio").name in page
    assert WORDS["name"] not in page
    assert [(one.count, one.organization_id) for one in numbers.late_by_organization(cast.actor("miki"))] == [
        (2, story.receiver.pk)
    ]


def test_protected_people_are_absent_everywhere_even_from_the_numbers(cast: Cast, story: Story) -> None:
    before = _town(cast)
    hidden = story.asked()
    refused = story.sent()
    for one in (hidden, refused):
        slips.protect(one.slip, by=story.miki)
    referring.decline(refused, reason=Reason.OTHER, by=story.carer)
    _late(hidden, 30, climbed=3)
    Slip.objects.update(promised_on=timezone.localdate() - dt.timedelta(days=20))
    for query in ("", "?view=climbed", "?view=refused", "?view=open", f"?place={story.receiver.pk}"):
        page = _town(cast, query)
        assert str(hidden.pk) not in page
        assert "飾磨" not in page
    assert [line for line in _town(cast).splitlines() if "<strong>" in line] == [
        line for line in before.splitlines() if "<strong>" in line
    ]
    assert numbers.late_by_organization(cast.actor("miki")) == []


def test_what_climbed_what_was_refused_and_what_nobody_could_meet(cast: Cast, story: Story) -> None:
    stuck = story.asked()
    _late(stuck, 6, climbed=3, holder=cast.account("miki"), held_for=None)
    referring.decline(story.asked(), reason=Reason.NO_ROOM, by=story.carer)
    slips.close(story.slip(), ending=SlipEnding.NOT_MET, by=story.miki)
    assert str(stuck.pk) in _town(cast, "?view=climbed")
    assert "今は空きがない" in _town(cast, "?view=refused")
    page = _town(cast)
    assert "話し相手" in page[page.index("願いに合う場所がなかった") :]
    assert "2件" in page[page.index("願いに合う場所がなかった") :]
    assert "調整役（まち）" in page


def test_nothing_is_without_a_holder_and_if_it_were_it_would_be_seen(cast: Cast, story: Story) -> None:
    story.accepted()
    miki = cast.actor("miki")
    assert numbers.without_a_holder(miki) == 0
    assert "担当のいないものは0件です" in _town(cast)
    DutyTerm.objects.filter(account=cast.account("oshio")).delete()  # as if nobody had handed over
    assert numbers.without_a_holder(miki) == 1
    assert "担当のいないものが1件あります" in _town(cast)


def test_a_row_is_given_to_somebody_else_and_she_hears(cast: Cast, story: Story) -> None:
    browser, referral = cast.client("miki"), story.asked()
    _late(referral)
    page = browser.get(f"/net/town/referrals/{referral.pk}/").content.decode()
    yumesaki, town = cast.account("yumesaki"), story.sender.pk
    assert yumesaki.name in page
    answer = browser.post(f"/net/town/referrals/{referral.pk}/holder/", {"to": f"{town}:{yumesaki.pk}"})
    assert answer["Location"] == "/net/town/"
    referral.refresh_from_db()
    assert (referral.holder_id, referral.held_for) == (yumesaki.pk, town)
    lines = AuditLine.objects.filter(event="promise.handed_over").count()
    again = browser.post(f"/net/town/referrals/{referral.pk}/holder/", {"to": f"{town}:{yumesaki.pk}"})
    assert again["Location"] == "/net/town/", "a second tap is answered like the first"
    assert AuditLine.objects.filter(event="promise.handed_over").count() == lines
    assert browser.post(f"/net/town/referrals/{referral.pk}/holder/", {"to": "x"}).status_code == 422
    slip = story.slip()
    assert browser.get(f"/net/town/contacts/{slip.pk}/").status_code == 200
    browser.post(f"/net/town/contacts/{slip.pk}/holder/", {"to": f"{town}:{yumesaki.pk}"})
    assert Slip.objects.get(pk=slip.pk).holder_id == yumesaki.pk
    nobody = cast.account("tonomura").pk
    assert browser.post(f"/net/town/contacts/{slip.pk}/holder/", {"to": f"{town}:{nobody}"}).status_code == 422
    assert cast.client("tonomura").get(f"/net/town/contacts/{slip.pk}/").status_code == 404
    assert not Notice.objects.exists(), "the worker tells her, not the page"


def test_filters_and_pages(cast: Cast, story: Story) -> None:
    first = story.asked()
    for _ in range(31):
        _late(story.asked())
    _late(first, 40)
    assert "次の30件" in _town(cast)
    second = _town(cast, "?page=2")
    assert second.count("引きつぐ</a>") == 2
    assert "前の30件" in second
    assert "あてはまるものはありません" in _town(cast, f"?place={story.sender.pk}")
    for odd in ("?page=%F0%9F%92%A9", "?page=999999", "?place=1' OR 1", "?view=nothing", "?page=-1"):
        assert cast.client("miki").get(f"/net/town/{odd}").status_code == 200
