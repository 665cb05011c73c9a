"""The slip on the page: beginning it, mending it, keeping an eye, closing, handing over, protecting."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.pages.conftest import form
from tests.referrals.story import Story
from tsunagari.accounts.models import DutyTerm
from tsunagari.directory.models import Service
from tsunagari.kernel.models import AuditLine
from tsunagari.referrals import sealing
from tsunagari.referrals.actions import slips
from tsunagari.referrals.models import Referral, Slip, Unprotecting
from tsunagari.referrals.terms import SlipState

pytestmark = pytest.mark.django_db
ADD = "/net/slips/additions/"


def test_sent_twice_one_slip_begins(cast: Cast) -> None:
    miki = cast.client("miki")
    first, second = (miki.post(ADD, form()) for _ in range(2))
    slip = Slip.objects.get()
    assert first["Location"] == second["Location"] == f"/net/slips/{slip.pk}/receipt/"
    page = miki.get(first["Location"]).content.decode()
    assert slips.receipt_of(slip.idempotency_key) in page
    assert f"/receipt/#{slips.receipt_of(slip.idempotency_key)}" not in page  # drawn as a code, not as a link


def test_what_was_typed_comes_back_with_a_mistake(cast: Cast) -> None:
    answer = cast.client("miki").post(ADD, form(wish="", strengths="編み物を四十年"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "どうしたいかを、ひとことだけ書いてください" in page
    assert "編み物を四十年" in page
    assert "花子（架空）" in page
    assert "a-key-of-one-slip-001" in page
    assert not Slip.objects.exists()


def test_named_needs_a_name_and_unnamed_keeps_none(cast: Cast) -> None:
    miki = cast.client("miki")
    assert miki.post(ADD, form(name="")).status_code == 422
    assert miki.post(ADD, form(unnamed="on", asker="family")).status_code == 302
    slip = Slip.objects.get()
    assert (slip.named, slip.name, slip.contact) == (False, None, None)


def test_from_an_entry_the_first_receiver_is_there(cast: Cast, places: dict[str, Service]) -> None:
    entry = places["npo-hidamari"]
    page = cast.client("miki").get(f"/net/slips/new/?entry={entry.pk}").content.decode()
    assert "はじめのつなぎ先：ひだまりの席" in page
    assert 'value="talk_partner" selected' in page
    for _ in range(2):
        cast.client("miki").post(ADD, form(entry=str(entry.pk)))
    referral = Referral.objects.get()
    assert (referral.receiver_id, referral.service_id) == (entry.organization_id, entry.pk)


def test_the_button_on_an_entry_is_for_who_refers_people(cast: Cast, places: dict[str, Service]) -> None:
    path = f"/places/{places['npo-hidamari'].pk}/"
    for name, sees in (("miki", True), ("saeki", True), ("tonomura", False), ("hanako", False)):
        assert ("つなぎをはじめる" in cast.client(name).get(path).content.decode()) is sees, name


def test_the_same_name_is_shown_before_a_second_slip_begins(cast: Cast, story: Story) -> None:
    miki, known = cast.client("miki"), story.slip()
    answer = miki.post(ADD, form(name="花子 （架空）"))
    assert answer.status_code == 422
    assert "同じお名前のシートがあります" in answer.content.decode()
    assert f"/net/slips/{known.pk}/" in answer.content.decode()
    assert miki.post(ADD, form(name="花子 （架空）", sure="1")).status_code == 302
    assert Slip.objects.count() == 2


def test_a_protected_person_is_found_by_no_name(cast: Cast, story: Story) -> None:
    slips.protect(story.slip(), by=story.miki)
    assert cast.client("miki").post(ADD, form()).status_code == 302


def test_two_editors_the_second_sees_both_texts(cast: Cast, story: Story) -> None:
    slip, miki = story.slip(), cast.client("miki")
    path = f"/net/slips/{slip.pk}/edit/"
    assert miki.post(path, form(version="1", wish="ゆっくり話したい")).status_code == 302
    answer = miki.post(path, form(version="1", wish="将棋がしたい"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "将棋がしたい" in page
    assert "ゆっくり話したい" in page
    again = miki.post(path, form(version="2", wish="将棋がしたい"))
    assert again["Location"].startswith(f"/net/slips/{slip.pk}/")
    slip.refresh_from_db()
    assert sealing.read(slip)["wish"] == "将棋がしたい"


def test_reading_a_slip_and_the_list_is_written_down(cast: Cast, story: Story) -> None:
    slip, miki = story.slip(), cast.client("miki")
    miki.get(f"/net/slips/{slip.pk}/")
    miki.get("/net/slips/")
    lines = AuditLine.objects.filter(event="slip.read")
    assert lines.filter(about_id=str(slip.pk)).count() == 1
    assert lines.count() == 2


def test_watching_resuming_and_closing(cast: Cast, story: Story) -> None:
    slip, miki = story.slip(), cast.client("miki")
    path, day = f"/net/slips/{slip.pk}/", timezone.localdate() + timedelta(days=30)
    assert miki.post(f"{path}watch/", {"until": ""}).status_code == 422
    assert miki.post(f"{path}watch/", {"until": timezone.localdate() - timedelta(days=1)}).status_code == 422
    miki.post(f"{path}watch/", {"until": day})
    slip.refresh_from_db()
    assert (slip.state, slip.due_on) == (SlipState.WATCHING, day)
    assert miki.get(f"{path}places/").status_code == 403
    miki.post(f"{path}resumption/")
    assert miki.get(f"{path}places/").status_code == 200
    for _ in range(2):
        assert miki.post(f"{path}closure/", {"ending": "wish"}).status_code == 302
    slip.refresh_from_db()
    assert (slip.state, slip.ending) == (SlipState.CLOSED, "wish")


def test_with_a_referral_under_way_it_cannot_be_closed(cast: Cast, story: Story) -> None:
    slip = story.asked().slip
    answer = cast.client("miki").post(f"/net/slips/{slip.pk}/closure/", {"ending": "wish"})
    assert answer.status_code == 422
    assert "まだ続いているつなぎがあります" in answer.content.decode()


def test_a_colleague_takes_over_and_who_holds_it_from_outside_reads_nothing(cast: Cast, story: Story) -> None:
    slip, miki = story.slip(), cast.client("miki")
    assert miki.post(f"/net/contacts/{slip.pk}/handover/", {"to": ""}).status_code == 422
    miki.post(f"/net/contacts/{slip.pk}/handover/", {"to": cast.account("yumesaki").pk})
    slip.refresh_from_db()
    assert slip.holder_id == cast.account("yumesaki").pk
    DutyTerm.objects.create(
        account=cast.account("shosha"), duty="coordinator", since=timezone.localdate(), given_at=timezone.now(),
        given_by=cast.account("miki").pk,
    )  # fmt: skip
    shosha = cast.client("shosha")
    page = shosha.get(f"/net/contacts/{slip.pk}/").content.decode()
    assert "花子" not in page
    assert shosha.get(f"/net/slips/{slip.pk}/").status_code == 404


def test_protecting_is_one_act_and_lifting_it_takes_two_people_and_72_hours(cast: Cast, story: Story) -> None:
    slip, miki, yumesaki = story.slip(), cast.client("miki"), cast.client("yumesaki")
    path = f"/net/slips/{slip.pk}/"
    assert yumesaki.get(path).status_code == 200
    for _ in range(2):
        assert miki.post(f"{path}protection/").status_code == 302
    assert yumesaki.get(path).status_code == 404
    assert miki.post(f"{path}unprotectings/", {"to": ""}).status_code == 422
    miki.post(f"{path}unprotectings/", {"to": cast.account("yumesaki").pk})
    asked = Unprotecting.objects.get()
    lift = f"/net/unprotectings/{asked.pk}/lifting/"
    assert "72時間たってから" in yumesaki.get(f"/net/unprotectings/{asked.pk}/").content.decode()
    assert yumesaki.post(lift).status_code == 403
    Unprotecting.objects.update(asked_at=timezone.now() - timedelta(hours=73))
    assert miki.post(lift).status_code == 403
    assert "保護を解く" in yumesaki.get(f"/net/unprotectings/{asked.pk}/").content.decode()
    for _ in range(2):
        assert yumesaki.post(lift).status_code == 302
    assert yumesaki.get(path).status_code == 200


def test_one_of_the_two_objects_and_the_protection_stays(cast: Cast, story: Story) -> None:
    slip, miki = slips.protect(story.slip(), by=story.miki), cast.client("miki")
    asked = slips.ask_unprotect(slip, of=cast.account("yumesaki").pk, by=story.miki)
    cast.client("yumesaki").post(f"/net/unprotectings/{asked.pk}/objection/")
    assert "保護を続けます" in miki.get(f"/net/slips/{slip.pk}/?done=kept").content.decode()
    slip.refresh_from_db()
    assert slip.protected_at


def test_the_swap_is_the_same_as_the_whole_page(cast: Cast, story: Story) -> None:
    story.asked()
    miki = cast.client("miki")
    for path in ("/net/slips/?state=all", "/net/referrals/?way=out", "/net/load/?q=npo", "/net/unmet/"):
        whole = miki.get(path).content.decode()
        part = miki.get(path, headers={"HX-Request": "true"}).content.decode()
        assert part.strip().startswith('<div id="found"')
        assert part.strip() in whole, path


def test_the_number_of_queries_does_not_grow_with_the_number_of_slips(
    cast: Cast, story: Story, django_assert_max_num_queries: Any
) -> None:
    miki = cast.client("miki")
    for _ in range(12):
        story.asked()
    for path, most in (("/net/slips/?state=all", 19), ("/net/referrals/", 15), ("/net/load/", 17)):
        with django_assert_max_num_queries(most):
            assert miki.get(path).status_code == 200, path
