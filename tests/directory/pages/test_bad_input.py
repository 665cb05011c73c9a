"""Whatever stands in an address, a page comes that helps on; never a 5xx."""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

STRANGE = [
    "あ" * 10_000, "\x00\x01\x1b\x7f", "!?#%&（）〜…", "%ED%A0%80",
    "𠮷野家 髙橋 葛󠄀 👩‍👩‍👧", "' OR 1=1 --", "<script>alert(1)</script>",
    "\u202e\u200b\ufeff", "９９９", "-", "🚩" * 300,
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize(
    "name", ["q", "near", "km", "worry", "for", "when", "date", "place", "page", "category", "format"]
)
def test_the_finder_takes_anything(client: Client, town: dict[str, Any], name: str, text: str) -> None:
    response = client.get("/find/", {name: text})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "near=99,999", "near=nan,nan", "near=inf,1", "near=34", "km=-1", "km=nan", "km=1e99", "page=0",
        "page=99999999999",
        "page=-3", "when=2026-02-31", "when=sun-99", "date=0000-00-00", "date=9999-12-31", "for=999", "q=%ED%A0%80%80",
        "q=%00", "worry=debt&worry=xxx", "near=34.8,134.7&km=0.0001", "when=2026-11-23T99:99",
    ],
)  # fmt: skip
def test_broken_values_are_left_out_gently(client: Client, town: dict[str, Any], query: str) -> None:
    for path in ("/find/", "/activities/", "/guide/", "/organizations/", "/"):
        assert client.get(f"{path}?{query}").status_code == 200, path


@pytest.mark.parametrize(
    "query", ["start=self&a=nonsense", "start=x", "a=self_lonely", "start=self&a=-&a=-&a=-&a=-&a=-&a=-&a=-"]
)
def test_the_guide_goes_on_from_any_address(client: Client, town: dict[str, Any], query: str) -> None:
    assert client.get(f"/guide/?{query}").status_code == 200


def test_unknown_addresses_help_on(client: Client, town: dict[str, Any]) -> None:
    unknown = (
        f"/places/{uuid4()}/",
        "/places/nonsense/",
        f"/organizations/{uuid4()}/",
        "/nowhere/",
        "/en/nowhere/",
        "/reports/abcd/",
    )
    for path in unknown:
        response = client.get(path)
        assert response.status_code == 404, path
        assert 'action="/find/"' in response.content.decode() or 'action="/en/find/"' in response.content.decode()


def test_a_hidden_and_an_absent_entry_look_exactly_alike(client: Client, town: dict[str, Any]) -> None:
    place = town["place"]
    place.withdrawn_at = place.confirmed_at
    place.save()
    assert client.get(f"/places/{place.pk}/").content == client.get(f"/places/{uuid4()}/").content


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/fr/find/?q=a", "/en/find/?q=a"),
        ("/zh-hans/find/", "/zh/find/"),
        ("/zh_TW/lines/", "/zh/lines/"),
        ("/pt-br/", "/pt/"),
        ("/easy/guide/", "/ja-easy/guide/"),
        ("/ja/activities/", "/activities/"),
    ],
)
def test_another_language_code_leads_to_the_page(
    client: Client, town: dict[str, Any], asked: str, canonical: str
) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (302, canonical)


def test_a_short_word_is_not_taken_for_a_language(client: Client, town: dict[str, Any]) -> None:
    for path in ("/nope/", "/foo/find/"):
        assert client.get(path).status_code == 404, path


def test_another_language_code_leads_nowhere_outside(client: Client, town: dict[str, Any]) -> None:
    for path in (
        "/fr//evil.example/",
        "/fr/https://evil.example/",
        f"/fr/{quote('//evil.example')}/",
        "/fr/fr/fr/find/",
    ):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("path", ["/find/", "/", "/lines/", "/guide/", "/activities/", "/consult/"])
def test_public_pages_refuse_to_be_written_to(client: Client, town: dict[str, Any], path: str) -> None:
    assert client.post(path, {"q": "x"}).status_code == 405
