"""The page of messages: hers alone, without content, and at a cost that does not grow."""

from typing import Any

import pytest

from tests.cast import Cast
from tsunagari.kernel.promises import CLOCK
from tsunagari.network.actions import notices
from tsunagari.network.models import Notice, Preference
from tsunagari.network.terms import NoticeKind

pytestmark = pytest.mark.django_db
CHOICE = {"rhythm": "daily", "quiet_from": "19:00", "quiet_until": "07:30", "language": "vi"}


def _tell(cast: Cast, name: str, times: int) -> None:
    for number in range(times):
        notices.tell([cast.account(name).pk], NoticeKind.DUE, key=f"{name}{number}", by=CLOCK)


def test_she_sees_hers_and_how_many_are_new(cast: Cast) -> None:
    _tell(cast, "miki", 3)
    _tell(cast, "oshio", 1)
    browser = cast.client("miki")
    page = browser.get("/net/notices/").content.decode()
    assert page.count("期日のことでお知らせがあります") == 3
    assert "3件をすべて見たことにする" in page
    assert "新しいお知らせが3件あります" in browser.get("/net/").content.decode()
    assert browser.post("/net/notices/reading/").status_code == 302
    assert "新しいお知らせ" not in browser.get("/net/").content.decode()
    assert Notice.objects.filter(read_at=None).count() == 1


def test_the_public_signs_in_and_the_outsider_sees_an_empty_page(cast: Cast) -> None:
    _tell(cast, "miki", 1)
    assert cast.client("hanako").get("/net/notices/").status_code == 302
    assert "お知らせはありません" in cast.client("tonomura").get("/net/notices/").content.decode()


def test_many_messages_cost_no_more_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    _tell(cast, "miki", 40)
    browser = cast.client("miki")
    with django_assert_max_num_queries(13):
        assert browser.get("/net/notices/").status_code == 200


def test_she_chooses_on_the_page(cast: Cast) -> None:
    browser, address = cast.client("oshio"), f"/net/notices/people/{cast.account('oshio').pk}/"
    assert browser.post(address, CHOICE)["Location"] == "/net/notices/"
    row = Preference.objects.get(account=cast.account("oshio"))
    assert (row.rhythm, row.language, f"{row.quiet_from:%H:%M}") == ("daily", "vi", "19:00")
    assert "aria-invalid" in browser.post(address, {**CHOICE, "quiet_from": "25:99"}).content.decode()
    assert cast.client("miki").post(address, CHOICE).status_code == 403
    assert cast.client("saeki").post(address, CHOICE).status_code == 404


def test_who_acts_for_a_member_names_its_mail_box(cast: Cast) -> None:
    member = cast.members["npo-hidamari"]
    browser, address = cast.client("oshio"), f"/net/notices/members/{member.pk}/"
    fields = {f"{member.pk}-{name}": value for name, value in {**CHOICE, "mailbox": "office@example.jp"}.items()}
    assert browser.post(address, fields).status_code == 302
    assert Preference.objects.get(member=member).mailbox == "office@example.jp"
    assert "office@example.jp" in browser.get("/net/notices/").content.decode()
    again = browser.post(address, {**fields, f"{member.pk}-mailbox": "no"})
    assert again.status_code == 422
    assert "aria-invalid" in again.content.decode()
    assert cast.client("tonomura").post(address, fields).status_code == 404
