"""The member zone through HTTP: what the secretariat does, what others get to see, and at what cost."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tsunagari.accounts.models import Account, Invitation
from tsunagari.accounts.terms import Duty

pytestmark = pytest.mark.django_db


def test_a_visitor_is_asked_to_sign_in_and_comes_back(cast: Cast) -> None:
    for path in ("/net/", "/net/people/"):
        assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"


def test_my_work_says_what_i_do_and_for_whom(cast: Cast) -> None:
    page = cast.client("miki").get("/net/").content.decode()
    assert "事務局" in page
    assert "city-welfare" in page
    assert "/net/people/" in page
    assert "/net/people/" not in cast.client("tonomura").get("/net/").content.decode().replace(
        f"/net/people/{cast.account('tonomura').pk}/", ""
    )


def test_without_the_second_factor_the_page_says_so_and_leads_there(cast: Cast) -> None:
    page = cast.client("miki", second_factor=False).get("/net/").content.decode()
    assert "もう一つの鍵が必要です" in page
    assert "/accounts/keys/reauthenticate/?next=%2Fnet%2F" in page
    assert (
        cast.account("saeki").name not in cast.client("miki", second_factor=False).get("/net/people/").content.decode()
    )


def test_the_secretariat_sees_everybody_others_only_themselves(cast: Cast) -> None:
    everybody = cast.client("miki").get("/net/people/").content.decode()
    assert all(account.name in everybody for account in cast.accounts.values())
    for name in ("saeki", "tonomura"):
        page = cast.client(name).get("/net/people/").content.decode()
        assert cast.account(name).name in page
        assert cast.account("miki").name not in page
        assert cast.client(name).get(f"/net/people/{cast.account('miki').pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_number_of_people(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    browser = cast.client("miki")
    for number in range(30):
        Account.objects.create(email=f"{number}@example.jp", name=f"人{number}")
    with django_assert_max_num_queries(16):
        assert browser.get("/net/people/").status_code == 200


def test_the_secretariat_invites_on_the_page(cast: Cast) -> None:
    browser = cast.client("miki")
    fields = {"email": "x@example.jp", "member": str(cast.members["minsei"].pk), "duties": [Duty.EDITOR]}
    assert browser.post("/net/people/invitations/", fields)["Location"] == "/net/people/"
    invitation = Invitation.objects.get()
    assert "x@example.jp" in browser.get("/net/people/").content.decode()
    assert browser.post(f"/net/people/invitations/{invitation.pk}/withdrawal/").status_code == 302
    assert "x@example.jp" not in browser.get("/net/people/").content.decode()


@pytest.mark.parametrize(
    "fields", [{"email": "no"}, {"email": "x@example.jp", "member": "1"}, {"email": "tonomura", "duties": ["king"]}]
)
def test_a_slip_in_the_invitation_is_explained(cast: Cast, fields: dict[str, Any]) -> None:
    answer = cast.client("miki").post("/net/people/invitations/", fields)
    assert answer.status_code == 422
    assert "aria-invalid" in answer.content.decode()


def test_somebody_known_is_not_invited_again(cast: Cast) -> None:
    fields = {"email": cast.account("saeki").email, "member": str(cast.members["minsei"].pk)}
    assert "もう登録しています" in cast.client("miki").post("/net/people/invitations/", fields).content.decode()


def test_the_secretariat_posts_and_ends_a_posting_on_the_page(cast: Cast) -> None:
    browser, person = cast.client("miki"), cast.account("tonomura")
    fields = {"account": str(person.pk), "member": str(cast.members["minsei"].pk), "since": timezone.localdate()}
    assert browser.post("/net/people/postings/", fields)["Location"] == f"/net/people/{person.pk}/"
    posting = person.postings.get()
    assert "minsei" in browser.get(f"/net/people/{person.pk}/").content.decode()
    assert browser.post(f"/net/people/postings/{posting.pk}/ending/").status_code == 302
    assert person.postings.get().ended_by == cast.account("miki").pk


def test_a_posting_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    fields = {
        "account": str(cast.account("tonomura").pk),
        "member": str(cast.members["minsei"].pk),
        "since": "2026-05-02",
        "until": "2026-05-01",
    }
    answer = cast.client("miki").post("/net/people/postings/", fields)
    assert answer.status_code == 422
    assert "より後の日" in answer.content.decode()


def test_duties_and_departure_on_the_page(cast: Cast) -> None:
    browser, person = cast.client("miki"), cast.account("aga")
    page = f"/net/people/{person.pk}/"
    browser.post(f"{page}duties/", {"duty": Duty.EDITOR, "since": timezone.localdate()})
    term = person.duty_terms.get()
    assert browser.post(f"/net/people/duties/{term.pk}/ending/").status_code == 302
    assert browser.post(f"{page}departure/").status_code == 302
    assert Account.objects.get(pk=person.pk).deactivated_by == cast.account("miki").pk
    assert browser.get(page).status_code == 200


@pytest.mark.parametrize("path", ["invitations/", "postings/"])
def test_others_cannot_act_through_the_address_either(cast: Cast, path: str) -> None:
    fields = {
        "email": "x@example.jp",
        "account": str(cast.account("tonomura").pk),
        "member": str(cast.members["minsei"].pk),
        "since": timezone.localdate(),
    }
    answer = cast.client("shirahama").post(f"/net/people/{path}", fields)
    assert answer.status_code in (403, 422)
    assert not Invitation.objects.exists()
    assert not cast.account("tonomura").postings.exists()


def test_a_link_is_no_act(cast: Cast) -> None:
    assert cast.client("miki").get(f"/net/people/{cast.account('aga').pk}/departure/").status_code == 405
