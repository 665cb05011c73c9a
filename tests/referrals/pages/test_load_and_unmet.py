"""How full each receiver is, and what could not be met: numbers, and small ones only for who knows them anyway."""

import csv
import io

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.referrals.models import Quota, UnmetNeed

pytestmark = pytest.mark.django_db


def _need(area: str, times: int, category: str = "talk_partner") -> None:
    for _ in range(times):
        UnmetNeed.objects.create(
            category=category, area=area, age_band="senior", daypart="any", why="nowhere",
            month=localdate().replace(day=1),
        )  # fmt: skip


def test_an_organisation_says_how_many_it_takes_and_others_see_it(cast: Cast, story: Story) -> None:
    oshio, path = cast.client("oshio"), f"/net/load/{story.receiver.pk}/"
    assert oshio.post(f"{path}quota/", {"per_month": "many"}).status_code == 422
    assert oshio.post(f"{path}quota/", {"per_month": "2", "paused_until": ""}).status_code == 302
    story.sent()
    assert "今月あと1人" in cast.client("miki").get("/net/load/").content.decode()
    oshio.post(f"{path}quota/", {"per_month": "2", "paused_until": "2099-01-01"})
    assert "受け入れを休んでいます" in oshio.get(path).content.decode()
    assert Quota.objects.count() == 1


def test_nobody_sets_the_limit_of_another(cast: Cast, story: Story) -> None:
    for name, status in (("miki", 403), ("tonomura", 403)):
        client = cast.client(name)
        assert client.post(f"/net/load/{story.receiver.pk}/quota/", {"per_month": "0"}).status_code == status
    assert not Quota.objects.exists()


def test_small_numbers_are_hidden_from_who_handles_nobody(cast: Cast) -> None:
    _need("飾磨", 2)
    _need("網干", 4)
    aga, miki = cast.client("aga"), cast.client("miki")
    assert "2件" in miki.get("/net/unmet/").content.decode()
    page = aga.get("/net/unmet/?sort=most").content.decode()
    assert "2件" not in page
    assert "3件より少ない" in page
    assert "4件" in page
    rows = list(csv.reader(io.StringIO(aga.get("/net/unmet/list.csv").content.decode("utf-8-sig"))))
    assert [row[-1] for row in rows[1:]].count("3件より少ない") == 1
    assert not any("2件" in cell for row in rows for cell in row)


def test_the_register_is_narrowed_by_area_kind_and_month(cast: Cast) -> None:
    _need("飾磨", 3)
    _need("網干", 3, "hobby")
    miki, month = cast.client("miki"), f"{localdate():%Y-%m}"
    page = miki.get(f"/net/unmet/?area=飾磨&month={month}").content.decode()
    assert page.count("<td") == 5
    assert "あてはまるものはありません" in miki.get("/net/unmet/?month=2001-01").content.decode()
    for path in ("/net/unmet/?month=9999-99&category=x&area=%00", "/net/unmet/list.csv?area=%00", "/net/load/?q=%00"):
        assert miki.get(path).status_code == 200, path


def test_who_acts_for_nobody_sees_an_empty_register(cast: Cast) -> None:
    _need("飾磨", 5)
    assert "5件" not in cast.client("tonomura").get("/net/unmet/").content.decode()
