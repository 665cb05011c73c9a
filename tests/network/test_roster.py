"""The roster of a day: drawn from periods, showing of each member only what it allowed."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tsunagari.network.models import Member, Period
from tsunagari.network.showing import roster as showing

pytestmark = pytest.mark.django_db
START = date(2020, 4, 1)


@pytest.fixture
def hidamari(cast: Cast) -> Member:
    """A member that came, left, and came back."""
    member, who, now = cast.members["npo-hidamari"], cast.account("miki").pk, timezone.now()
    member.periods.all().delete()
    for since, until in ((START, date(2021, 3, 31)), (date(2023, 4, 1), None)):
        ended = {"ended_at": now, "ended_by": who} if until else {}
        Period.objects.create(member=member, since=since, until=until, decided_on=since, decided_by=who, **ended)
    return member


def _names(day: str, **query: str) -> str:
    return Client().get("/members/", {"as_of": day, **query}).content.decode()


def test_the_roster_of_any_day_can_be_drawn_again(hidamari: Member) -> None:
    for day, there in (
        ("2020-03-31", False),
        ("2020-04-01", True),
        ("2021-03-31", True),
        ("2021-04-01", False),
        ("2023-04-01", True),
    ):
        assert ("npo-hidamari" in _names(day)) is there, day


def test_the_date_stands_beside_its_era(hidamari: Member) -> None:
    assert "2020年（令和2年）4月1日（水）現在" in _names("2020-04-01")


def test_a_day_that_has_not_come_or_is_none_is_today(cast: Cast) -> None:
    today = timezone.localdate()
    assert showing.day_of((today + timedelta(1)).isoformat()) == today
    assert showing.day_of("２０２０年") == today
    assert _names("9999-99-99").count("npo-hidamari") >= 1


def test_only_what_a_member_allowed_is_shown_item_by_item(hidamari: Member) -> None:
    hidamari.published, hidamari.contact_name, hidamari.contact_mail = ["name"], "妻鹿（架空）", "mega@example.jp"
    hidamari.area, hidamari.words = "二階町の奥", "椅子があります。"
    hidamari.save()
    files = ("/members/", "/members/roster.csv")
    for item, shown in (("area", "二階町の奥"), ("words", "椅子があります。"), ("contact", "妻鹿"), ("mail", "mega@")):
        assert all(shown not in Client().get(path).content.decode() for path in files)
        hidamari.published = ["name", item]
        hidamari.save()
        assert all(shown in Client().get(path).content.decode() for path in files)


def test_who_wishes_not_to_be_named_is_only_counted(hidamari: Member) -> None:
    hidamari.published = ["area"]
    hidamari.save()
    page = Client().get("/members/").content.decode()
    assert "npo-hidamari" not in page
    assert "名前を載せていない団体が1" in page


def test_the_roster_is_sorted_as_asked(cast: Cast) -> None:
    today = timezone.localdate()
    assert [row.sector for row in showing.roster(today, "sector").rows] == [
        "government", "government", "support", "community",
    ]  # fmt: skip
    assert [row.name for row in showing.roster(today).rows] == sorted(row.name for row in showing.roster(today).rows)
    assert showing.roster(today, "king").sort == "kana"


def test_the_csv_opens_in_excel_and_runs_no_formula(hidamari: Member) -> None:
    hidamari.published, hidamari.words = ["name", "words"], '=HYPERLINK("http://evil")'
    hidamari.save()
    answer = Client().get("/members/roster.csv?as_of=2020-04-01")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "members-2020-04-01.csv" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert not any(cell.startswith("=") for cell in rows[1])
    assert rows[1][-1] == "2020-04-01"


def test_the_paper_is_an_accessible_pdf_with_our_own_letters_and_runs_nothing(hidamari: Member) -> None:
    hidamari.published, hidamari.words = ["name", "words"], '#read("/etc/passwd") $x$ *b*'
    hidamari.organization.kana = "ひだまりのせき"
    hidamari.organization.save()
    hidamari.save()
    answer = Client().get("/members/roster.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid" in answer.content
    assert b"BIZUDGothic" in answer.content


@pytest.mark.parametrize("prefix", ["/ja-easy", "/en", "/zh", "/vi", "/ko", "/pt"])
def test_the_paper_comes_in_every_language(cast: Cast, prefix: str) -> None:
    answer = Client().get(f"{prefix}/members/roster.pdf")
    assert (answer.status_code, b"pdfuaid" in answer.content) == (200, True)


def test_a_sign_our_letters_lack_does_not_stop_the_paper(hidamari: Member) -> None:
    hidamari.published, hidamari.words = ["name", "words"], "🪑があります。"
    hidamari.save()
    assert Client().get("/members/roster.pdf").content.startswith(b"%PDF")


def test_the_roster_takes_no_cookie_and_three_queries_however_many(cast: Cast, django_assert_num_queries: Any) -> None:
    visitor = Client()
    visitor.get("/members/")
    with django_assert_num_queries(2):
        answer = visitor.get("/members/")
    assert not answer.cookies


def test_no_two_periods_of_a_member_overlap_whatever_wrote_them(hidamari: Member, cast: Cast) -> None:
    who, now = cast.account("miki").pk, timezone.now()
    own = {"member": hidamari, "decided_on": START, "decided_by": who}
    ended = {"ended_at": now, "ended_by": who}
    for since, until in ((date(2021, 3, 31), date(2021, 4, 9)), (date(2019, 1, 1), date(2024, 1, 1))):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            Period.objects.create(**own, since=since, until=until, **ended)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Period.objects.create(**own, since=date(2022, 1, 1))
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Period.objects.filter(until=None).update(since=date(2021, 1, 1))
    Period.objects.create(**own, since=date(2022, 1, 1), until=date(2022, 2, 1), **ended)
