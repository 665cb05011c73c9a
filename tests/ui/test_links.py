"""Links that keep the reader where she is: other language, other display."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from tsunagari.ui.dates import era_text


def _hrefs(page: bytes) -> set[str]:
    return {found.replace("&amp;", "&") for found in re.findall(r'href="([^"]+)"', page.decode())}


@pytest.mark.usefixtures("look")
class TestLinks:
    def test_the_language_menu_leads_to_the_same_page_with_its_question(self) -> None:
        pk = uuid4()
        links = _hrefs(Client().get(f"/places/{pk}/?km=2").content)
        prefixes = ["", *(f"/{code}" for code in ("ja-easy", "en", "zh", "vi", "ko", "pt"))]
        assert {f"{prefix}/places/{pk}/?km=2" for prefix in prefixes} <= links

    def test_an_unknown_page_offers_the_front_page_in_every_language(self) -> None:
        answer = Client().get("/nowhere/")
        assert answer.status_code == 404
        assert {"/", "/en/", "/vi/"} <= _hrefs(answer.content)

    def test_hidden_and_absent_are_the_same_page_byte_for_byte(self) -> None:
        pages = {Client().get(f"/hidden/{uuid4()}/").content for _ in range(2)} | {Client().get("/nowhere/").content}
        assert len(pages) == 1

    def test_letters_and_readings_are_links_that_carry_on(self) -> None:
        links = _hrefs(Client().get("/find/?q=a&size=l").content)
        assert {"/find/?q=a", "/find/?q=a&size=l&furi=1", "/?size=l", "/guide/?size=l"} <= links

    @pytest.mark.django_db
    def test_the_page_of_large_letters_says_so_to_the_style_sheet(self) -> None:
        assert 'class="lang-ja size-l furi"' in Client().get("/find/?size=l&furi=1").content.decode()


def test_the_era_is_written_beside_the_year() -> None:
    import datetime as dt

    assert era_text(dt.date(2026, 11, 23)) == "令和8年"
    assert era_text(dt.date(2019, 5, 1)) == "令和元年"
