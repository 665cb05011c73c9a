"""The pages of members and applications through HTTP, at what cost, and what others get to see."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.network.conftest import applied
from tests.referrals.story import Story
from tsunagari.accounts.models import Account
from tsunagari.accounts.terms import Duty
from tsunagari.directory.models import Organization
from tsunagari.network.models import Application, Criterion, Member, Period, Terms

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_the_list_says_who_takes_part_and_who_only_receives(cast: Cast) -> None:
    page = cast.client("oshio").get("/net/members/").content.decode()
    assert all(name in page for name in ("npo-hidamari", "city-library"))
    Organization.objects.create(name="喫茶（架空）")
    fields = {"name": "喫茶（架空）", "sector": "business", "since": TODAY()}
    assert cast.client("miki").post("/net/members/additions/", fields).status_code == 302
    assert "受け入れだけ" in cast.client("oshio").get("/net/members/").content.decode()
    again = cast.client("miki").post("/net/members/additions/", {**fields, "since": TODAY() - timedelta(1)})
    assert (again.status_code, "もう参加しています" in again.content.decode()) == (409, True)
    assert cast.client("miki").post("/net/members/additions/", {}).status_code == 422


def test_the_number_of_queries_does_not_grow_with_the_number_of_members(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        member = Member.objects.create(organization=Organization.objects.create(name=f"会{number}"))
        Period.objects.create(member=member, since=TODAY(), decided_on=TODAY(), decided_by=member.pk)
    browser = cast.client("miki")
    for path, most in (("/net/members/", 14), ("/net/applications/", 16)):
        with django_assert_max_num_queries(most):
            assert browser.get(path).status_code == 200


def test_one_member_with_its_periods_leaves_and_comes_back_on_the_page(cast: Cast) -> None:
    member, browser = cast.members["npo-hidamari"], cast.client("miki")
    member.periods.update(since=TODAY() - timedelta(9))
    path = f"/net/members/{member.pk}/"
    assert browser.post(f"{path}leaving/", {}).status_code == 422
    early = browser.post(f"{path}leaving/", {"on": TODAY() - timedelta(99)})
    assert (early.status_code, "より後の日" in early.content.decode()) == (422, True)
    assert browser.post(f"{path}leaving/", {"on": TODAY() - timedelta(1)}).status_code == 302
    assert "npo-hidamari" in browser.get("/net/members/?past=1").content.decode()
    assert browser.post(f"{path}return/", {"on": TODAY() - timedelta(1)}).status_code == 422
    assert browser.post(f"{path}return/", {}).status_code == 422
    assert browser.post(f"{path}return/", {"on": TODAY()}).status_code == 302
    assert member.periods.count() == 2


def test_a_member_changes_on_the_page_what_of_it_is_published(cast: Cast) -> None:
    member = cast.members["npo-hidamari"]
    fields = {"published": ["name", "words"], "words": "椅子を足しました。", "reception": str(cast.account("oshio").pk)}
    assert cast.client("oshio").post(f"/net/members/{member.pk}/change/", fields).status_code == 302
    assert "椅子を足しました。" in Client().get("/members/").content.decode()
    assert cast.client("oshio").post(f"/net/members/{member.pk}/change/", {"published": ["king"]}).status_code == 422
    other = cast.members["minsei"]
    assert cast.client("oshio").post(f"/net/members/{other.pk}/change/", fields).status_code == 403


def test_contacts_are_seen_by_who_may_change_them_only(cast: Cast) -> None:
    member = cast.members["npo-hidamari"]
    member.contact_name = "妻鹿（架空）"
    member.save()
    for name, seen in (("miki", True), ("oshio", True), ("saeki", False)):
        page = cast.client(name).get(f"/net/members/{member.pk}/").content.decode()
        assert ("妻鹿" in page) is seen, name
    assert cast.client("tonomura").get(f"/net/members/{member.pk}/").status_code == 404


def test_the_secretariat_decides_on_the_page_oldest_first(cast: Cast) -> None:
    browser, waiting = cast.client("miki"), list(Application.objects.order_by("applied_at"))
    page = browser.get("/net/applications/").content.decode()
    places = [page.index(one.name) for one in waiting]
    assert places == sorted(places)
    fields = {"chosen": [str(one.pk) for one in waiting[:2]] + ["no"], "decided_on": TODAY()}
    assert browser.post("/net/applications/admissions/", fields).status_code == 302
    assert Application.objects.filter(state="admitted").count() == 2
    refused = {"chosen": [str(waiting[2].pk)], "no-decided_on": TODAY(), "no-reason": "重なるため"}
    bare = browser.post("/net/applications/refusals/", {**refused, "no-reason": ""})
    assert (bare.status_code, "相手に伝わることばで" in bare.content.decode()) == (422, True)
    assert browser.post("/net/applications/refusals/", refused).status_code == 302
    assert "さいきん決めたもの" in browser.get("/net/applications/").content.decode()


def test_nothing_ticked_and_a_day_to_come_are_explained(cast: Cast) -> None:
    browser, one = cast.client("miki"), Application.objects.earliest("applied_at")
    nothing = browser.post("/net/applications/admissions/", {"decided_on": TODAY()})
    assert (nothing.status_code, "ひとつ以上印をつけて" in nothing.content.decode()) == (422, True)
    ahead = {"chosen": str(one.pk), "decided_on": TODAY() + timedelta(1)}
    assert "きょうまでの日" in browser.post("/net/applications/admissions/", ahead).content.decode()
    assert not Application.objects.filter(state="admitted").exists()


def test_one_application_is_asked_about_admitted_or_refused_on_its_page(application: Application, cast: Cast) -> None:
    browser, path = cast.client("miki"), f"/net/applications/{application.pk}/"
    assert application.contact_mail in browser.get(path).content.decode()
    assert browser.post(f"{path}question/", {"ask-question": ""}).status_code == 422
    assert browser.post(f"{path}question/", {"ask-question": "何人ですか。"}).status_code == 302
    assert "お返事を待っています" in browser.get(path).content.decode()
    there = {"decided_on": TODAY(), "organization": str(cast.organization("minsei").pk)}
    assert "もう参加しています" in browser.post(f"{path}admission/", there).content.decode()
    assert browser.post(f"{path}admission/", {}).status_code == 422
    assert browser.post(f"{path}admission/", {"decided_on": TODAY()}).status_code == 302
    assert "参加が決まりました" in browser.get(path).content.decode()
    other = applied("別の会", key="another-form-00000003")
    refusal = f"/net/applications/{other.pk}/refusal/"
    assert browser.post(refusal, {}).status_code == 422
    assert browser.post(refusal, {"no-decided_on": TODAY(), "no-reason": "市外"}).status_code == 302
    assert "市外" in browser.get(f"/net/applications/{other.pk}/").content.decode()


def test_an_organisation_that_takes_part_already_is_named_in_the_batch(cast: Cast) -> None:
    there = applied(cast.organization("minsei").name, key="another-form-00000004")
    fields = {"chosen": str(there.pk), "decided_on": TODAY()}
    answer = cast.client("miki").post("/net/applications/admissions/", fields, follow=True)
    assert "ひとつずつ見てください" in answer.content.decode()


def test_criteria_and_terms_are_settings_of_the_secretariat(cast: Cast) -> None:
    browser = cast.client("miki")
    assert Criterion.objects.earliest("order").sentence in browser.get("/net/joining/").content.decode()
    assert browser.post("/net/joining/criteria/", {"sentences": "一つめ。\n\n二つめ。"}).status_code == 302
    asked = Criterion.objects.filter(withdrawn_at=None)
    assert list(asked.values_list("sentence", flat=True)) == ["一つめ。", "二つめ。"]
    assert "二つめ。" in Client().get("/join/application/").content.decode()
    assert browser.post("/net/joining/criteria/", {}).status_code == 422
    assert browser.post("/net/joining/terms/", {"text": ""}).status_code == 422
    assert browser.post("/net/joining/terms/", {"text": "第二", "in_force_from": TODAY()}).status_code == 302
    assert Terms.objects.count() == 2
    Criterion.objects.all().delete()
    assert "反社会的勢力" in browser.get("/net/joining/").content.decode()


@pytest.mark.parametrize("name", ["saeki", "oshio", "aga", "shirahama", "tonomura"])
def test_others_do_not_see_who_applied_nor_decide(application: Application, cast: Cast, name: str) -> None:
    browser = cast.client(name)
    assert application.name not in browser.get("/net/applications/").content.decode()
    assert browser.get(f"/net/applications/{application.pk}/").status_code == 404
    for path in ("applications/admissions/", "applications/refusals/", "joining/criteria/", "joining/terms/"):
        assert browser.post(f"/net/{path}", {"chosen": str(application.pk)}).status_code == 403
    assert browser.post("/net/members/additions/", {}).status_code == 403


def test_the_page_of_leaving_says_what_is_held_and_takes_the_successor(cast: Cast) -> None:
    Story(cast).sent()
    browser, oshio = cast.client("miki"), cast.account("oshio")
    path = f"/net/people/{oshio.pk}/"
    assert f"{path}leaving/" in browser.get(path).content.decode()
    page = browser.get(f"{path}leaving/").content.decode()
    assert "npo-hidamari" in page
    assert cast.account("miki").name in page
    refused = browser.post(f"{path}departure/", {})
    assert (refused.status_code, "引きつぐ人を選んでください" in refused.content.decode()) == (409, True)
    assert browser.post(f"{path}departure/", {"to": "king"}).status_code == 422
    later = {"to": str(cast.account("miki").pk), "on": TODAY() + timedelta(1)}
    assert browser.post(f"{path}departure/", later).status_code == 302
    assert Account.objects.get(pk=oshio.pk).deactivated_at is None
    assert browser.post(f"{path}departure/", {"to": str(cast.account("miki").pk)}).status_code == 302
    assert Account.objects.get(pk=oshio.pk).deactivated_at
    assert cast.client("saeki").get(f"/net/people/{cast.account('aga').pk}/leaving/").status_code == 404


def test_postings_and_duties_end_on_the_page_with_a_successor_or_a_sentence(cast: Cast) -> None:
    Story(cast).slip()
    browser, miki = cast.client("miki"), cast.account("miki")
    posting = miki.postings.get()
    path = f"/net/people/postings/{posting.pk}/"
    refused = browser.post(f"{path}ending/", {})
    assert (refused.status_code, "引きつぐ人を選んでください" in refused.content.decode()) == (409, True)
    last = browser.post(f"{path}ending/", {"to": str(cast.account("yumesaki").pk)})
    assert (last.status_code, "ただ一人の" in last.content.decode()) == (409, True)
    assert browser.post(f"{path}substitute/", {"account": str(cast.account("saeki").pk)}).status_code == 302
    posting.refresh_from_db()
    assert posting.substitute == cast.account("saeki")
    term = cast.account("yumesaki").duty_terms.get(duty=Duty.LINK_WORKER)
    assert browser.post(f"/net/people/duties/{term.pk}/ending/").status_code == 302


def test_a_slip_in_the_successor_ends_nothing(cast: Cast) -> None:
    browser, oshio = cast.client("miki"), cast.account("oshio")
    posting, term = oshio.postings.get(), oshio.duty_terms.get()
    for path in (f"postings/{posting.pk}/ending/", f"duties/{term.pk}/ending/"):
        assert "もう一度たしかめて" in browser.post(f"/net/people/{path}", {"to": "king"}).content.decode()
    assert oshio.postings.filter(ended_at=None).exists()
    assert oshio.duty_terms.filter(ended_at=None).exists()
