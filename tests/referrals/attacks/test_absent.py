"""A protected person looks absent: in numbers, in lists of who holds what, to a coordinator whom a race favoured."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.accounts.models import DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.kernel import promises
from tsunagari.network.actions import leaving
from tsunagari.network.models import Posting
from tsunagari.network.showing.leaving import holdings
from tsunagari.referrals.actions import quotas, referring, slips
from tsunagari.referrals.models import Referral, Slip

pytestmark = pytest.mark.django_db


def _load(cast: Cast, name: str) -> str:
    return str(cast.client(name).get("/net/load/").content.decode())


def test_the_load_of_a_place_reads_the_same_with_and_without_a_protected_person(cast: Cast, story: Story) -> None:
    """Attack: whoever knows the number of yesterday sees it rise by one on the day she fled."""
    quotas.set_quota(story.receiver, per_month=3, by=story.carer)
    before = _load(cast, "shosha")
    referral = story.sent()
    assert _load(cast, "shosha") != before
    slips.protect(referral.slip, by=story.miki)
    assert _load(cast, "shosha") == before
    assert "今月あと3人" in _load(cast, "saeki")
    assert referring.left_this_month(story.receiver.pk) == 3


def test_who_lets_somebody_go_sees_nothing_of_the_protected_people_she_holds(cast: Cast, story: Story) -> None:
    """Attack: "what she holds" counts one more than the lists show."""
    slip = story.slip()
    slips.protect(slip, by=story.miki)
    account = cast.account("miki")
    assert holdings(account) == []
    posting = Posting.objects.get(account=account, member__organization=story.sender)
    DutyTerm.objects.filter(duty=Duty.COORDINATOR).update(account=cast.account("shirahama"))
    leaving.end_posting(posting, by=cast.actor("miki"))
    slip.refresh_from_db()
    assert slip.holder_id not in (None, account.pk), "it went to who stands in for her, and nobody was asked"
    assert slip.held_for == story.sender.pk


def test_protection_takes_back_what_climbed_to_the_town(cast: Cast, story: Story) -> None:
    referral = story.asked()
    Referral.objects.filter(pk=referral.pk).update(holder=cast.account("shirahama"), held_for=None, climbed=3)
    slips.protect(referral.slip, by=story.miki)
    referral.refresh_from_db()
    assert (referral.holder_id, referral.held_for) == (story.miki.who, story.sender.pk)


def test_a_protected_promise_never_climbs_to_the_town_however_late(cast: Cast, story: Story) -> None:
    referral = story.sent()
    slips.protect(referral.slip, by=story.miki)
    for _day in range(6):
        past = timezone.localdate() - dt.timedelta(days=1)
        Slip.objects.update(due_on=past)
        Referral.objects.update(due_on=past)
        promises.climb()
    for row in (referral, referral.slip):
        row.refresh_from_db()
        assert row.held_for is not None


def test_who_protects_somebody_else_s_slip_is_led_on_and_not_to_a_page_that_is_absent_now(
    cast: Cast, story: Story
) -> None:
    slip = story.slip()
    answer = cast.client("saeki").post(f"/net/slips/{slip.pk}/protection/", follow=True)
    assert answer.status_code == 200
    slip.refresh_from_db()
    assert slip.protected_at is not None


LISTS = (
    "/net/",
    "/net/slips/?state=all",
    "/net/referrals/?state=all",
    "/net/unmet/",
    "/net/unmet/list.csv",
    "/net/load/",
)


@pytest.mark.parametrize("name", ["saeki", "shosha", "yumesaki", "aga", "shirahama", "tonomura"])
def test_no_list_shows_or_counts_her_after_protection_of_a_running_referral(
    cast: Cast, story: Story, name: str
) -> None:
    """Byte for byte as if she were not there, and as many queries."""
    client = cast.client(name)
    quotas.set_quota(story.receiver, per_month=3, by=story.carer)

    def look() -> list[tuple[int, bytes, int]]:
        found = []
        for path in LISTS:
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            found.append((answer.status_code, answer.content, len(asked)))
        return found

    look()
    before = look()
    referral = story.sent()
    slips.protect(referral.slip, by=story.miki)
    after = look()
    for path, one, other in zip(LISTS, before, after, strict=True):
        assert one[0] == other[0], path
        assert _plain(one[1]) == _plain(other[1]), path
        assert one[2] == other[2], path


def _plain(page: bytes) -> bytes:
    """Without the token that every form carries anew."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page)


def test_the_second_person_is_needed_and_72_hours_whatever_way_is_tried(cast: Cast, story: Story, clock: Any) -> None:
    slip = slips.protect(story.slip(), by=story.miki)
    miki, saeki = cast.client("miki"), cast.client("saeki")
    miki.post(f"/net/slips/{slip.pk}/unprotectings/", {"to": str(cast.account("saeki").pk)})
    asked = slip.unprotectings.get()
    lift = f"/net/unprotectings/{asked.pk}/lifting/"
    assert miki.post(lift).status_code == 403
    assert saeki.post(lift).status_code == 403
    for path, data in (
        (f"/net/slips/{slip.pk}/naming/", {"name": "花子", "contact": ""}),
        (f"/net/slips/{slip.pk}/resumption/", {}),
        (f"/net/slips/{slip.pk}/closure/", {"ending": "wish"}),
        (f"/net/slips/{slip.pk}/resumption/", {}),
    ):
        miki.post(path, data)
        slip.refresh_from_db()
        assert (slip.protected_at is None, slip.name_index) == (False, None), path
    clock.go(hours=71, minutes=59)
    assert cast.client("saeki").post(lift).status_code == 403
    clock.go(minutes=2)
    assert cast.client("miki").post(lift).status_code == 403
