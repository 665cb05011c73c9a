"""Every staff page of the warm handover opens for whom it is meant, in each state, and for nobody else."""

import uuid

import pytest

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.referrals.actions import referring, slips
from tsunagari.referrals.models import Handover, Referral, Unprotecting
from tsunagari.referrals.terms import Reason

pytestmark = pytest.mark.django_db


def _pages(referral: Referral) -> list[str]:
    slip = referral.slip
    found = [
        f"/net/slips/{slip.pk}/",
        f"/net/slips/{slip.pk}/receipt/",
        f"/net/slips/{slip.pk}/words/",
        f"/net/slips/{slip.pk}/places/",
        f"/net/slips/{slip.pk}/consents/{referral.receiver_id}/",
        f"/net/contacts/{slip.pk}/",
        f"/net/referrals/{referral.pk}/",
        f"/net/referrals/{referral.pk}/sheet/",
    ]
    return [*found, *(f"/net/meetings/{one.pk}/" for one in Handover.objects.filter(referral=referral))]


LISTS = ("/net/slips/", "/net/slips/new/", "/net/referrals/", "/net/load/", "/net/unmet/", "/net/unmet/list.csv")


def test_every_page_opens_for_the_sender_and_no_page_for_the_outsider(cast: Cast, story: Story) -> None:
    miki, tonomura, absent = cast.client("miki"), cast.client("tonomura"), uuid.uuid4()
    rows = [row for row in story.everything() if isinstance(row, Referral)]
    rows += [story.asked(), story.sent(), story.came(), referring.draft(story.slip(), story.receiver, by=story.miki)]
    for referral in rows:
        for path in _pages(referral):
            assert miki.get(path).status_code == 200, path
            foreign = tonomura.get(path)
            key = path.split("/")[3]
            assert foreign.status_code == 404, path
            assert foreign.content == tonomura.get(path.replace(key, str(absent))).content


def test_the_lists_open(cast: Cast, story: Story) -> None:
    list(story.everything())
    for path in LISTS:
        assert cast.client("miki").get(path).status_code == 200, path
        assert cast.client("oshio").get(path).status_code == 200, path
        assert cast.client("hanako").get(path).status_code == 302, path


def test_the_receiver_opens_its_own_pages_in_each_state(cast: Cast, story: Story) -> None:
    oshio = cast.client("oshio")
    asked, sent, accepted, came = story.asked(), story.sent(), story.accepted(), story.came()
    declined = referring.decline(story.sent(), reason=Reason.NO_ROOM, by=story.carer)
    for referral in (asked, sent, accepted, came, declined):
        assert oshio.get(f"/net/referrals/{referral.pk}/").status_code == 200
        assert oshio.get(f"/net/slips/{referral.slip_id}/").status_code == 404
    for referral, status in ((asked, 403), (sent, 200), (accepted, 200), (came, 200), (declined, 403)):
        assert oshio.get(f"/net/referrals/{referral.pk}/sheet/").status_code == status


def test_before_the_sheet_is_sent_the_receiver_reads_nothing_of_the_person(cast: Cast, story: Story) -> None:
    page = cast.client("oshio").get(f"/net/referrals/{story.asked().pk}/").content.decode()
    assert "飾磨" in page
    for word in ("花子", "079-000-1111", "お茶", "編み物", "妹", "夜8時"):
        assert word not in page


def test_lifting_a_protection_is_a_page_of_two_people(cast: Cast, story: Story) -> None:
    hidden = slips.protect(story.slip(), by=story.miki)
    asked = slips.ask_unprotect(hidden, of=cast.account("yumesaki").pk, by=story.miki)
    for name, status in (("miki", 200), ("yumesaki", 200), ("oshio", 404), ("saeki", 404), ("tonomura", 404)):
        assert cast.client(name).get(f"/net/unprotectings/{asked.pk}/").status_code == status, name
    assert Unprotecting.objects.get().lifted_at is None
