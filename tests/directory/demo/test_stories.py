"""The town has an answer for the people of issue 2 §9, at the moment at which they ask."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.directory.demo.conftest import TODAY
from tsunagari.directory import demo, finder
from tsunagari.directory.finder import snapshot
from tsunagari.directory.models import FirstVisit, Occurrence, Service
from tsunagari.directory.terms import Answer

pytestmark = pytest.mark.django_db


def _answers(hour: int, minute: int, **asked: Any) -> list[UUID]:
    snapshot.forget()
    at = datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=ZoneInfo("Asia/Tokyo"))
    return finder.search(finder.Query(at=at, per_page=100, **asked)).ids


def test_somebody_under_18_at_2340_can_write_without_a_name(town: date) -> None:
    found = _answers(23, 40, audience=("teens",), feature=("anonymous", "chat_ok"), when="now")
    assert demo.tellings()["teen_night"] in found
    guide = FirstVisit.objects.get(pk=demo.tellings()["teen_night"])
    assert guide.anonymous_ok == guide.silent_ok == guide.short_ok == Answer.YES


def test_the_newly_widowed_can_come_without_calling(town: date) -> None:
    key = demo.tellings()["widowed"]
    assert key in _answers(10, 0, category=("grief",), audience=("bereaved",))
    assert "電話が苦手な方は、申し込みなしで" in FirstVisit.objects.get(pk=key).note
    assert Occurrence.objects.filter(service_id=key, starts_at__date__gte=TODAY, state="confirmed").exists()


def test_a_newcomer_from_vietnam_is_understood(town: date) -> None:
    key = demo.tellings()["vietnamese_desk"]
    assert key in _answers(18, 0, category=("multilingual_consult",))
    service = Service.objects.get(pk=key)
    assert service.languages.filter(code="vi").exists()
    assert service.texts.filter(language="vi").exists()


def test_someone_worried_about_a_neighbour_finds_who_goes_and_looks(town: date) -> None:
    assert demo.tellings()["neighbour_not_seen"] in _answers(10, 0, category=("watch_over",))


def test_a_baby_is_welcome_at_noon_on_a_rainy_holiday(town: date) -> None:
    found = _answers(12, 0, category=("parenting_place",), feature=("child_ok",), when="now")
    assert {demo.tellings()["baby_rainy_holiday"], demo.tellings()["holiday_noon"]} & set(found)
    assert demo.tellings()["baby_rainy_holiday"] in found


def test_there_is_a_table_on_the_holiday_itself(town: date) -> None:
    assert demo.tellings()["holiday_noon"] in _answers(12, 0, category=("community_cafe",), when="now")


def test_a_room_is_lit_on_friday_night(town: date) -> None:
    snapshot.forget()
    at = datetime(2026, 11, 28, 1, 30, tzinfo=ZoneInfo("Asia/Tokyo"))  # the night from Friday to Saturday
    found = finder.search(finder.Query(category=("night_place",), when="now", at=at, per_page=50)).ids
    assert demo.tellings()["night_place"] in found
