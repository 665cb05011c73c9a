"""The first visit in every language: questions and plain answers are translated, free words are marked as Japanese."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tsunagari.directory.models import FirstVisit, Language
from tsunagari.directory.showing.phrases import answer, language_named, languages

pytestmark = pytest.mark.django_db
JAPANESE = re.compile("[ぁ-ゖァ-ヺ]")
FREE = "世話人の田中さん", "橋のたもとの赤い扉", "靴をぬぎます"


@pytest.fixture
def guided(town: dict[str, Any]) -> Any:
    """The place for company, with every question of the guide answered."""
    place = town["place"]
    FirstVisit.objects.filter(service=place).update(
        greeter=FREE[0], steps=FREE[1], note=FREE[2], cost="お金はかかりません。", languages="日本語、ベトナム語",
        toilet="洋式のトイレがあります。", silent_ok="yes", alone_ok="yes", companion_ok="no", short_ok="yes",
        anonymous_ok="yes", child_ok="no", step_free="yes", smoking="no",
    )  # fmt: skip
    Language.objects.create(service=place, code="vi", name="ベトナム語")
    return place


def section(page: str, name: str) -> str:
    return page.split(f'aria-labelledby="{name}-title"')[1].split("</section>")[0]


@pytest.mark.parametrize("lang", ["en", "zh", "vi", "ko", "pt"])
def test_only_what_somebody_wrote_freely_is_japanese_and_it_is_marked(client: Client, guided: Any, lang: str) -> None:
    page = client.get(f"/{lang}/places/{guided.pk}/").content.decode()
    visit = section(page, "visit")
    with translation.override(lang):
        note = translation.gettext("日本語の説明")
    assert not JAPANESE.search(note)
    assert visit.count(note) == len(FREE)
    for words in FREE:
        assert f'lang="ja">{words}<' in visit
    rest = re.sub('<span class="pre-line" lang="ja">[^<]*</span>', "", visit)
    assert JAPANESE.findall(rest) == []
    assert visit.count("<dt>") == 8 + 6


@pytest.mark.parametrize("lang", ["en", "zh", "vi", "ko", "pt"])
@pytest.mark.parametrize("kind", ["place", "shelter", "club"])
def test_no_page_of_an_entry_says_japanese_without_marking_it(
    client: Client, town: dict[str, Any], guided: Any, lang: str, kind: str
) -> None:
    entry = town[kind]
    entry.eligibility_description, entry.application_process = "だれでもどうぞ", "でんわで申しこみ"
    entry.fees_description, entry.interpretation_services = "無料", ""
    entry.save()
    for path in ("", "slip/"):
        html = client.get(f"/{lang}/places/{entry.pk}/{path}").content.decode()
        main = html.split("<main", 1)[1].split("</main>")[0]
        main = re.sub(r'<(\w+)[^>]*\blang="ja"[^>]*>.*?</\1>', "", main, flags=re.S)
        assert "無料" not in main
        assert "だれでも" not in main
        assert "でんわで" not in main


@pytest.mark.parametrize("lang", ["", "ja-easy/"])
def test_in_japanese_nothing_is_marked_as_japanese(client: Client, guided: Any, lang: str) -> None:
    visit = section(client.get(f"/{lang}places/{guided.pk}/").content.decode(), "visit")
    plain = re.sub("<rp>.*?</rp>|<rt>.*?</rt>|<[^>]+>", "", visit)
    assert "日本語の説明" not in plain
    assert FREE[0] in plain
    assert 'lang="ja"' not in visit


def test_answers_that_everybody_words_alike_are_known() -> None:
    with translation.override("en"):
        assert (answer("無料").text, answer("１，５００円").text) == ("Free", "1,500 yen")
        assert not answer("多目的トイレ").japanese
        assert answer("お茶代 100円").japanese
        assert languages("日本語・英語").text == "Japanese, English"
        assert languages("日本語、播州弁").japanese
        assert language_named("vi") == "Vietnamese"
        assert language_named("xx") == ""
    assert not answer("お茶代 100円").japanese
    assert languages("日本語・英語").text == "日本語、英語"
