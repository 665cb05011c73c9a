"""Whole pages get readings where a person reads, and nowhere else."""

import re

import pytest

from tsunagari.directory.furigana.pages import ruby_html
from tsunagari.directory.furigana.readings import Readings


def ruby(surface: str, reading: str) -> str:
    return f"<ruby>{surface}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"


def test_text_gets_readings_and_attributes_stay() -> None:
    assert ruby_html('<p title="網干">網干</p>') == f'<p title="網干">{ruby("網干", "あぼし")}</p>'


@pytest.mark.parametrize(
    "html",
    [
        "<script>var a = '網干';</script>",
        "<style>.網干{}</style>",
        "<textarea>網干</textarea>",
        "<select><option>網干</option></select>",
        "<title>網干</title>",
        "<ruby>網干<rt>あぼし</rt></ruby>",
        '<p class="a no-ruby b">網干<b>網干</b></p>',
        '<p lang="zh">網干</p>',
        '<html lang="en"><p>網干</p></html>',
        "<!-- 網干 -->",
        "<!DOCTYPE 網干>",
        '<input value="網干">',
    ],
)
def test_what_is_no_running_japanese_text_is_left_alone(html: str) -> None:
    assert ruby_html(html) == html


def test_readings_go_on_after_what_was_left_alone() -> None:
    html = '<div class="no-ruby"><div>網干</div>網干</div><p lang="ja-easy">網干</p>'
    assert ruby_html(html).count("<ruby>") == 1
    assert ruby_html('<input lang="en"><p>網干</p>').count("<ruby>") == 1


def test_escapes_stay_and_a_correction_cannot_bring_markup() -> None:
    assert ruby_html("<p>&lt;網干&gt;&amp;</p>") == f"<p>&lt;{ruby('網干', 'あぼし')}&gt;&amp;</p>"
    hostile = Readings({"網干": "<script>"})
    assert "<script>" not in ruby_html("<p>網干</p>", hostile)


def test_without_readings_the_page_is_the_page() -> None:
    page = '<p a="x>y">網干の<b>飾磨</b> 3 < 4 & <br/>家島</p>'
    stripped = re.sub(r"<rp>.*?</rp>|<rt>.*?</rt>|</?ruby>", "", ruby_html(page))
    assert stripped == page


def test_what_somebody_typed_is_never_kept() -> None:
    readings = Readings()
    ruby_html("<p data-typed>網干で死にたい</p>", readings)
    assert readings.cached.cache_info().currsize == 0
    ruby_html("<p>網干</p>", readings)
    assert readings.cached.cache_info().currsize == 1
