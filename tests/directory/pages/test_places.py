"""The page of an entry: what one wants to know before going, and who stands for it."""

import datetime as dt
from typing import Any

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tsunagari.directory import publishing
from tsunagari.directory.models import Location, Service, ServiceAtLocation

QUERIES = 33


def page_of(client: Client, entry: Service, code: str = "") -> str:
    return client.get(f"{code}/places/{entry.pk}/").content.decode()


def test_it_says_who_meets_you_where_when_and_whence_the_list(client: Client, town: dict[str, Any]) -> None:
    page = page_of(client, town["place"])
    for words in (
        "えんがわかふぇ",
        "世話人の田中さん",
        "黙って座っている",
        "毎日",
        "いま開いています",
        "姫路市飾磨1-2-3",
        "出典：架空市オープンデータ",
    ):
        assert words in page, words
    assert 'href="tel:0790001111"' in page
    assert f'href="/places/{town["place"].pk}/report/"' in page


def test_other_entries_of_the_same_people_stand_below(client: Client, town: dict[str, Any]) -> None:
    page = page_of(client, town["place"])
    assert f"/places/{town['club'].pk}/" in page
    assert f"/organizations/{town['organization'].pk}/" in page


def test_it_speaks_the_readers_language_or_says_that_it_does_not(client: Client, town: dict[str, Any]) -> None:
    assert "Engawa Café (fictional)" in page_of(client, town["place"], "/en")
    assert 'class="language-note"' not in page_of(client, town["place"], "/en")
    assert 'class="language-note"' in page_of(client, town["shelter"], "/en")


def test_an_entry_nobody_confirmed_for_long_says_so(client: Client, town: dict[str, Any]) -> None:
    place = town["place"]
    for days, words in ((100, "最近の確認がとれていません"), (200, "長いあいだ確かめられていない")):
        Service.objects.filter(pk=place.pk).update(confirmed_at=place.confirmed_at - dt.timedelta(days=days))
        assert words in page_of(client, place)


def test_the_id_of_a_location_leads_to_what_stands_there(client: Client, town: dict[str, Any]) -> None:
    location = Location.objects.get(name="飾磨の縁側")
    response = client.get(f"/places/{location.pk}/")
    assert (response.status_code, response.headers["Location"]) == (302, f"/places/{town['place'].pk}/")


def test_a_slip_carries_number_place_and_code(client: Client, town: dict[str, Any]) -> None:
    page = client.get(f"/places/{town['place'].pk}/slip/").content.decode()
    assert "079-000-1111" in page
    assert "飾磨の縁側" in page
    assert '<svg aria-hidden="true"' in page


def test_the_number_of_queries_does_not_grow_with_what_hangs_on_an_entry(
    client: Client, town: dict[str, Any], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    place = town["place"]
    with django_assert_max_num_queries(QUERIES):
        page_of(client, place)
    for n in range(5):
        location = Location.objects.create(name=f"分室{n}", latitude=34.8, longitude=134.6)
        ServiceAtLocation.objects.create(service=place, location=location)
        Service.objects.create(organization=town["organization"], name=f"ほか{n}", confirmed_at=place.confirmed_at)
    publishing.refresh_all()
    with django_assert_max_num_queries(QUERIES):
        page_of(client, place)


def test_an_organisation_shows_what_it_keeps(client: Client, town: dict[str, Any]) -> None:
    page = client.get(f"/organizations/{town['organization'].pk}/").content.decode()
    assert "縁側カフェ（架空）" in page
    assert "はりまの輪（架空）" in client.get("/organizations/").content.decode()
    assert "はりまの輪" not in client.get("/organizations/?sector=business").content.decode()
