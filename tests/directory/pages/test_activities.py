"""What is on: sure dates, expected ones, and those that were called off."""

from typing import Any

from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from tsunagari.directory.models import Occurrence


def test_today_and_this_week(client: Client, town: dict[str, Any]) -> None:
    today = client.get("/activities/?day=today").content.decode()
    assert today.count('class="happening-name"') == 1
    assert "確認ずみ" in today.split('id="results"')[1]
    week = client.get("/activities/").content.decode()
    assert week.count('class="happening-name"') == 3
    assert "中止になりました" in week


def test_only_in_this_part_of_town_and_only_free(client: Client, town: dict[str, Any]) -> None:
    assert "囲碁の会" in client.get("/activities/?area=飾磨&free=1").content.decode()
    empty = client.get("/activities/?area=網干").content.decode()
    assert "囲碁の会" not in empty
    assert 'class="empty"' in empty


def test_a_swap_is_the_block_of_the_full_page(client: Client, town: dict[str, Any]) -> None:
    whole = client.get("/activities/?area=飾磨").content.decode()
    part = client.get("/activities/?area=飾磨", headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in whole


def test_a_list_of_dates_costs_four_queries(
    client: Client, town: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        client.get("/activities/")


def test_a_long_week_comes_in_parts(client: Client, town: dict[str, Any]) -> None:
    first = town["dates"][0]
    Occurrence.objects.bulk_create(
        Occurrence(service=town["club"], starts_at=first.starts_at, label=f"組{n}") for n in range(60)
    )
    page = client.get("/activities/").content.decode()
    assert page.count('class="happening-name"') == 40
    assert "page=2" in page
    assert client.get("/activities/?page=2").content.decode().count('class="happening-name"') == 63


def test_a_calendar_says_what_is_sure(client: Client, town: dict[str, Any]) -> None:
    for path in ("/feeds/activities.ics", f"/feeds/{town['club'].pk}.ics"):
        response = client.get(path)
        assert response.headers["Content-Type"].startswith("text/calendar")
        events = Calendar.from_ical(response.content).walk("VEVENT")
        assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
        assert str(events[0]["SUMMARY"]) == "囲碁の会（架空）"
        assert str(events[0]["LOCATION"]) == "公民館"
        assert str(events[0]["URL"]).endswith(f"/places/{town['club'].pk}/")


def test_a_hidden_place_is_not_in_the_calendar(client: Client, town: dict[str, Any]) -> None:
    date = town["dates"][0]
    date.location.address_hidden = True
    date.location.save()
    assert "公民館" not in client.get("/feeds/activities.ics").content.decode()
    assert "公民館" not in client.get("/activities/").content.decode()
