"""/find/: one short list, the same for eyes, for machines, and for a swap."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tsunagari.directory import publishing
from tsunagari.directory.finder import snapshot
from tsunagari.directory.models import Service


def ids(page: str) -> list[str]:
    return re.findall(r'class="card-name"><a href="[^"]*/places/([0-9a-f-]{36})/', page)


def test_words_find_an_entry_and_say_why(client: Client, town: dict[str, Any]) -> None:
    page = client.get("/find/", {"q": "話し相手"}).content.decode()
    assert ids(page)[0] == str(town["place"].pk)
    assert 'class="card-why"' in page


def test_machines_get_the_same_list_in_the_same_order(client: Client, town: dict[str, Any]) -> None:
    asked = {"q": "話し相手がほしい", "near": "34.79,134.67"}
    page = client.get("/find/", asked).content.decode()
    answer = client.get("/find/", {**asked, "format": "json"}).json()
    assert [one["id"] for one in answer["results"]] == ids(page)
    assert answer["total"] >= 1
    first = answer["results"][0]
    assert {"id", "name", "kind", "why", "distance_m", "next_date", "open_now"} <= first.keys()
    assert first["open_now"] is True
    assert isinstance(first["distance_m"], int)
    assert first["why"]


def test_a_swap_is_the_block_of_the_full_page(client: Client, town: dict[str, Any]) -> None:
    whole = client.get("/find/", {"q": "カフェ", "feature": "free"}).content.decode()
    part = client.get("/find/", {"q": "カフェ", "feature": "free"}, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="results"')
    assert part.strip() in whole


def test_a_hidden_address_is_neither_named_nor_placed(client: Client, town: dict[str, Any]) -> None:
    for path in ("/find/?q=暴力", f"/places/{town['shelter'].pk}/", f"/places/{town['shelter'].pk}/slip/"):
        page = client.get(path).content.decode()
        assert "ひみつの建物" not in page
        assert "34.788" not in page
        assert "079-999-9999" not in page
    assert "網干" in client.get(f"/places/{town['shelter'].pk}/").content.decode()


def test_no_result_is_never_a_dead_end(client: Client, town: dict[str, Any]) -> None:
    page = client.get("/find/", {"q": "こども食堂", "worry": "debt", "for": "pregnant"}).content.decode()
    assert 'class="empty"' in page
    assert ids(page), "the nearest there is"
    assert "tel:" in page


def test_words_of_danger_bring_the_lines_before_the_list(client: Client, town: dict[str, Any]) -> None:
    for words in ("もう死にたい", "want to die", "muốn chết"):
        page = client.get("/find/", {"q": words}).content.decode()
        assert page.index("tel:0120279338") < (page.find('class="card-name"') % len(page))
    assert "danger-title" not in client.get("/find/", {"q": "grape therapeutic"}).content.decode()


def test_what_was_typed_is_kept_nowhere(client: Client, town: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(0):
        response = client.get("/find/", {"q": "ひみつのなやみ"})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert "ひみつのなやみ" not in caplog.text


@pytest.mark.parametrize("asked", [{"q": "話し相手"}, {"q": "カフェ", "feature": "free"}, {}, {"page": "2"}])
def test_a_list_costs_two_queries(
    client: Client, town: dict[str, Any], asked: dict[str, str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    snapshot.current()
    with django_assert_num_queries(2):
        assert 'class="card-name"' in client.get("/find/", asked).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_results(
    client: Client, town: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    common = {"organization": town["organization"], "confirmed_at": town["place"].confirmed_at, "kind": "place"}
    made = [Service(name=f"広場{n}（架空）", description="だれでも来られます", **common) for n in range(25)]
    Service.objects.bulk_create(made)
    publishing.refresh([one.pk for one in made])
    snapshot.current()
    with django_assert_num_queries(2):
        first = client.get("/find/", {"q": "広場"}).content.decode()
    assert len(ids(first)) == 10
    with django_assert_num_queries(2):
        more = client.get("/find/", {"q": "広場", "page": "2"}).content.decode()
    assert ids(more)[:10] == ids(first)
    assert len(ids(more)) == 20


def test_names_stand_in_the_language_of_the_page(client: Client, town: dict[str, Any]) -> None:
    page = client.get("/en/find/", {"q": "カフェ"}).content.decode()
    assert "Engawa Café (fictional)" in page
    assert f"/en/places/{town['place'].pk}/" in page


def test_filters_show_how_many_there_are(client: Client, town: dict[str, Any]) -> None:
    page = client.get("/find/").content.decode()
    assert re.search(r'value="free"[^>]*><span>[^<]*<span class="count">2<', page)


def test_a_head_request_is_answered(client: Client, town: dict[str, Any]) -> None:
    response = client.head("/find/?q=カフェ")
    assert response.status_code == 200
    assert response.content == b""
