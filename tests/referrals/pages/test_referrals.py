"""A referral on the page: each step once, each refusal with a reason, each mistake said gently."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.directory.models import Organization, Service
from tsunagari.referrals.actions import quotas, referring
from tsunagari.referrals.models import Attempt, FollowUp, Handover, Referral, Switch, Wipe
from tsunagari.referrals.showing.load import loads
from tsunagari.referrals.terms import Item, Purpose, State

pytestmark = pytest.mark.django_db


def _state(referral: Referral) -> str:
    referral.refresh_from_db()
    return referral.state


def test_suggestions_say_why_and_how_much_room_and_what_was_tried(
    cast: Cast, story: Story, places: dict[str, Service]
) -> None:
    quotas.set_quota(cast.organization("npo-hidamari"), per_month=2, by=story.carer)
    slip, miki = story.slip(), cast.client("miki")
    page = miki.get(f"/net/slips/{slip.pk}/places/").content.decode()
    assert "今月あと2人" in page
    assert "電話・紙・リンクで" in page
    assert "話し相手・傾聴" in page
    answer = miki.post(f"/net/slips/{slip.pk}/referrals/", {"receiver": places["npo-hidamari"].organization_id})
    assert Referral.objects.get().state == State.ASKED
    assert answer["Location"].startswith("/net/referrals/")
    page = miki.get(f"/net/slips/{slip.pk}/places/").content.decode()
    assert "同じところに二度はたずねません" in page


def test_asked_twice_there_is_one_referral_and_never_three_at_once(
    cast: Cast, story: Story, places: dict[str, Service]
) -> None:
    slip, miki = story.slip(), cast.client("miki")
    path = f"/net/slips/{slip.pk}/referrals/"
    for key in ("npo-hidamari", "npo-hidamari", "city-library"):
        assert miki.post(path, {"receiver": places[key].organization_id}).status_code == 302
    assert Referral.objects.count() == 2
    answer = miki.post(path, {"receiver": places["minsei"].organization_id})
    assert answer.status_code == 422
    assert "いま二か所にたずねています" in answer.content.decode()
    assert miki.post(path, {"receiver": story.sender.pk}).status_code == 422
    assert miki.post(path, {"receiver": "nobody"}).status_code == 422


def test_an_organisation_without_an_entry_is_found_by_its_name(cast: Cast, story: Story) -> None:
    Organization.objects.create(name="花屋さん（架空）", uri="https://example.jp/id/flowers")
    page = cast.client("miki").get(f"/net/slips/{story.slip().pk}/places/?q=花屋").content.decode()
    assert "花屋さん（架空）" in page


def test_the_load_of_many_is_the_load_of_one(cast: Cast, story: Story) -> None:
    quotas.set_quota(story.receiver, per_month=3, by=story.carer)
    story.sent()
    told = loads([story.receiver.pk, story.sender.pk])
    assert told[story.receiver.pk].left == referring.left_this_month(story.receiver.pk) == 2
    assert told[story.receiver.pk].taken == referring.month_load(story.receiver.pk)
    assert told[story.sender.pk].left is None


def test_room_is_answered_in_one_tap_and_a_number_needs_a_number(cast: Cast, story: Story) -> None:
    referral, oshio = story.asked(), cast.client("oshio")
    path = f"/net/referrals/{referral.pk}/room/"
    assert oshio.post(path, {"room": "number", "left": "many"}).status_code == 422
    assert oshio.post(path, {}).status_code == 422
    assert oshio.post(path, {"room": "number", "left": "2"}).status_code == 302
    referral.refresh_from_db()
    assert (referral.room, referral.room_left) == ("number", 2)


def test_nothing_is_sent_before_she_was_asked(cast: Cast, story: Story) -> None:
    referral, miki = story.asked(), cast.client("miki")
    cast.client("oshio").post(f"/net/referrals/{referral.pk}/room/", {"room": "has_room"})
    answer = miki.post(f"/net/referrals/{referral.pk}/sending/")
    assert answer.status_code == 422
    assert "先に、ご本人に聞いてください" in answer.content.decode()


def _answers(**cells: str) -> dict[str, str]:
    return {"until": "6", "how": "aloud", **{name.replace("__", "-"): said for name, said in cells.items()}}


def test_the_matrix_keeps_yes_no_and_what_was_not_asked(cast: Cast, story: Story) -> None:
    referral, miki = story.asked(), cast.client("miki")
    path = f"/net/slips/{referral.slip_id}/consents/{referral.receiver_id}/"
    assert miki.post(f"{path}answers/", {"until": "6"}).status_code == 422
    for _ in range(2):
        miki.post(f"{path}answers/", _answers(wish__arrange="yes", contact__arrange="no"))
    assert Switch.objects.count() == 2
    assert Switch.objects.get(item=Item.WISH).purpose == Purpose.ARRANGE
    page = miki.get(path).content.decode()
    assert page.count(" checked") == 4  # the two answers, until when, how
    assert miki.get(path.replace(str(referral.receiver_id), str(story.sender.pk))).status_code == 404
    miki.post(f"{path}withdrawal/")
    assert "取り消しました" in miki.get(path).content.decode()


def test_the_receiver_reads_what_is_allowed_and_nothing_of_the_rest(cast: Cast, story: Story) -> None:
    referral, miki, oshio = story.asked(), cast.client("miki"), cast.client("oshio")
    oshio.post(f"/net/referrals/{referral.pk}/room/", {"room": "has_room"})
    path = f"/net/slips/{referral.slip_id}/consents/{referral.receiver_id}/answers/"
    miki.post(path, _answers(wish__arrange="yes", contact__arrange="no"))
    for _ in range(2):
        assert miki.post(f"/net/referrals/{referral.pk}/sending/").status_code == 302
    page = oshio.get(f"/net/referrals/{referral.pk}/sheet/").content.decode()
    assert "お茶を飲みながら" in page
    for word in ("花子", "079-000-1111", "編み物", "妹"):
        assert word not in page
    assert page.count("ここには書かれていません") == len(Item) - 1, "a no looks like what was not asked"


def test_declining_needs_a_reason_and_offers_the_next_two(cast: Cast, story: Story, places: dict[str, Service]) -> None:
    referral, oshio = story.asked(), cast.client("oshio")
    path = f"/net/referrals/{referral.pk}/refusal/"
    assert oshio.post(path, {}).status_code == 422
    for _ in range(2):
        assert oshio.post(path, {"reason": "no_room"}).status_code == 302
    page = cast.client("miki").get(f"/net/referrals/{referral.pk}/").content.decode()
    assert page.count("ここに空きをたずねる") == 2
    assert "ご本人のせいではありません" in page
    assert "ここに空きをたずねる" not in oshio.get(f"/net/referrals/{referral.pk}/").content.decode()


def test_the_first_meeting_is_planned_told_and_read_by_both(cast: Cast, story: Story) -> None:
    referral, miki, oshio = story.accepted(), cast.client("miki"), cast.client("oshio")
    path = f"/net/referrals/{referral.pk}/meetings/"
    plan = {"on": timezone.localdate() + timedelta(days=2), "time": "14:00", "where": "入口", "companion": "三木さん"}
    wrong = oshio.post(path, plan | {"on": "", "where": "角のベンチ"})
    assert wrong.status_code == 422
    assert "角のベンチ" in wrong.content.decode()
    assert oshio.post(path, plan | {"on": timezone.localdate() - timedelta(days=1)}).status_code == 422
    for _ in range(2):
        oshio.post(path, plan)
    meeting = Handover.objects.get()
    assert "三木さん" in miki.get(f"/net/meetings/{meeting.pk}/").content.decode()
    tell = f"/net/meetings/{meeting.pk}/telling/"
    typed = oshio.post(tell, {"sentence": "笑っていた"})
    assert typed.status_code == 422
    assert "笑っていた" in typed.content.decode()
    for _ in range(2):
        assert oshio.post(tell, {"mood": "good", "sentence": "笑っていた"}).status_code == 302
    assert _state(referral) == State.MET


def test_came_came_again_and_asked_afterwards_each_once(cast: Cast, story: Story) -> None:
    referral, miki, oshio = story.accepted(), cast.client("miki"), cast.client("oshio")
    path = f"/net/referrals/{referral.pk}/"
    assert oshio.post(f"{path}return/").status_code == 422
    for step in ("arrival", "arrival", "return", "return"):
        assert oshio.post(f"{path}{step}/").status_code == 302
    assert FollowUp.objects.count() == 2
    assert miki.post(f"{path}follow-ups/", {"months": "1"}).status_code == 422
    for _ in range(2):
        miki.post(f"{path}follow-ups/", {"months": "1", "answer": "going"})
        assert _state(referral) == State.CAME_AGAIN
    for _ in range(2):
        assert miki.post(f"{path}follow-ups/", {"months": "3", "answer": "going"}).status_code == 302
    assert _state(referral) == State.STILL_GOING


def test_not_now_is_an_answer(cast: Cast, story: Story) -> None:
    referral, miki = story.came(), cast.client("miki")
    for months in ("1", "3"):
        miki.post(f"/net/referrals/{referral.pk}/follow-ups/", {"months": months, "answer": "not_now"})
    assert (_state(referral), referral.ending) == (State.ENDED, "wish")


def test_lost_touch_only_after_three_tries_at_different_times(cast: Cast, story: Story) -> None:
    referral, miki = story.accepted(), cast.client("miki")
    path = f"/net/referrals/{referral.pk}/"
    for _ in range(2):
        miki.post(f"{path}attempts/", {"way": "phone", "key": "one-try"})
    assert Attempt.objects.count() == 1
    assert miki.post(f"{path}attempts/", {"key": "x"}).status_code == 422
    answer = miki.post(f"{path}ending/", {"ending": "lost_touch"})
    assert answer.status_code == 422
    assert "3回ためしてから" in answer.content.decode()
    for days in (1, 2):
        Attempt.objects.create(
            referral=referral, way="phone", tried_at=timezone.now() - timedelta(days=days),
            tried_by=story.miki.who, idempotency_key=f"{days}",
        )  # fmt: skip
    assert miki.post(f"{path}ending/", {"ending": "lost_touch"}).status_code == 302
    assert _state(referral) == State.ENDED


def test_taken_back_the_window_closes_and_the_copies_are_asked_about(cast: Cast, story: Story) -> None:
    referral, miki, oshio = story.accepted(), cast.client("miki"), cast.client("oshio")
    path = f"/net/referrals/{referral.pk}/"
    for _ in range(2):
        assert miki.post(f"{path}withdrawal/").status_code == 302
    assert oshio.get(f"{path}sheet/").status_code == 403
    assert "写しを消してください" in oshio.get(path).content.decode()
    wipe = Wipe.objects.get()
    assert oshio.post(f"/net/wipes/{wipe.pk}/answers/", {}).status_code == 422
    for _ in range(2):
        assert oshio.post(f"/net/wipes/{wipe.pk}/answers/", {"answer": "nothing"}).status_code == 302
    assert "写しはありません" in miki.get(path).content.decode()


def test_somebody_else_of_the_two_sides_takes_it_over(cast: Cast, story: Story) -> None:
    referral, miki = story.accepted(), cast.client("miki")
    path, organization = f"/net/referrals/{referral.pk}/handover/", cast.organization("city-welfare")
    assert miki.post(path, {"to": ""}).status_code == 422
    assert miki.post(path, {"to": f"{cast.account('tonomura').pk}:{organization.pk}"}).status_code == 422
    assert miki.post(path, {"to": f"{cast.account('yumesaki').pk}:{organization.pk}"}).status_code == 302
    referral.refresh_from_db()
    assert referral.holder_id == cast.account("yumesaki").pk


def test_a_page_costs_the_same_whatever_happened_before(
    cast: Cast, story: Story, places: dict[str, Service], django_assert_max_num_queries: Any
) -> None:
    referral, miki = story.accepted(), cast.client("miki")
    for path, most in (
        (f"/net/referrals/{referral.pk}/", 45),
        (f"/net/slips/{referral.slip_id}/", 32),
        (f"/net/slips/{referral.slip_id}/places/", 26),
        (f"/net/slips/{referral.slip_id}/consents/{referral.receiver_id}/", 16),
    ):
        with django_assert_max_num_queries(most):
            assert miki.get(path).status_code == 200, path
