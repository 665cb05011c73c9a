"""Readings are right for local names, and a reviewer's correction holds."""

import json
from pathlib import Path
from uuid import uuid4

import jaconv
import pytest
from django.utils.timezone import now

from tsunagari.directory import readings as stored
from tsunagari.directory.furigana.okurigana import split
from tsunagari.directory.furigana.readings import Readings, ruby, standard
from tsunagari.directory.models import ReadingOverride

SENTENCES = Path(__file__).parent.parent / "furigana_sentences.json"


def shown(text: str, readings: Readings | None = None) -> str:
    """行(い)った: as a person would note it."""
    return "".join(part if over is None else f"{part}({over})" for part, over in ruby(text, readings))


@pytest.mark.parametrize(
    "text,expected",
    [
        ("飾磨区の網干", "飾磨区(しかまく)の網干(あぼし)"),
        ("英賀と妻鹿と的形", "英賀(あが)と妻鹿(めが)と的形(まとがた)"),
        ("御着、余部、太市、揖保川", "御着(ごちゃく)、余部(よべ)、太市(おおいち)、揖保川(いぼがわ)"),
        ("余部区", "余部区(よべく)"),
        ("目的形成", "目的(もくてき)形成(けいせい)"),
        ("一人で行った", "一人(ひとり)で行(い)った"),
        ("1人でも2人でも", "1人(ひとり)でも2人(ふたり)でも"),
        ("8月3日（月）", "8月(がつ)3日(みっか)（月(げつ)）"),
        ("月・水・金", "月(げつ)・水(すい)・金(きん)"),
        ("10分だけ、15分、3分", "10分(ぷん)だけ、15分(ふん)、3分(ぷん)"),
        ("困っている方へ", "困(こま)っている方(かた)へ"),
        ("休んだ方がいい", "休(やす)んだ方(ほう)がいい"),
        ("かなだけ ABC 123", "かなだけ ABC 123"),
        ("", ""),
    ],
)
def test_readings_stand_over_the_kanji_only(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "surface,reading,expected",
    [
        ("行っ", "いっ", (("行", "い"), ("っ", None))),
        ("取り扱い", "とりあつかい", (("取", "と"), ("り", None), ("扱", "あつか"), ("い", None))),
        ("お問い合わせ", "おといあわせ", (("お", None), ("問", "と"), ("い", None), ("合", "あ"), ("わせ", None))),
        ("自由ヶ丘", "じゆうがおか", (("自由ヶ丘", "じゆうがおか"),)),
        ("セミナー室", "せみなーしつ", (("セミナー", None), ("室", "しつ"))),
        ("今日", "きょう", (("今日", "きょう"),)),
        ("合わない", "ちがう", (("合わない", "ちがう"),)),
    ],
)
def test_okurigana_is_split_off(surface: str, reading: str, expected: tuple[tuple[str, str | None], ...]) -> None:
    assert split(surface, reading) == expected


def test_a_reviewers_correction_goes_before_everything_and_inside_longer_names() -> None:
    corrected = Readings({"余部": "アマルベ", "集会所": "つどいば"})
    assert shown("余部鉄橋の集会所", corrected) == "余部(あまるべ)鉄橋(てっきょう)の集会所(つどいば)"


def test_joined_pieces_are_the_text() -> None:
    for text in ("𠮷野家と髙田さん👨‍👩‍👧", "葛\U000e0100城市", "第2・第4水曜日　13:00〜15:00", "&amp;漢字&lt;"):
        assert "".join(part for part, _over in ruby(text)) == text


@pytest.mark.skipif(not SENTENCES.exists(), reason="the file of sentences is not there")
def test_ninety_eight_of_a_hundred_sentences_with_local_names_are_read_right() -> None:
    sentences = json.loads(SENTENCES.read_text(encoding="utf-8"))
    assert len(sentences) >= 100

    def read(pairs: list[tuple[str, str | None]]) -> str:
        return jaconv.kata2hira("".join(over or part for part, over in pairs))

    wrong = [one["text"] for one in sentences if read(ruby(one["text"])) != read(one["ruby"])]
    assert len(wrong) <= len(sentences) * 0.02, wrong


@pytest.mark.django_db
def test_a_correction_in_the_database_holds_with_the_next_page() -> None:
    assert stored.current() is standard()
    ReadingOverride.objects.create(surface="網干", reading="アミボシ", set_at=now(), set_by=uuid4())
    assert shown("網干区", stored.current()) == "網干(あみぼし)区(く)"
    ReadingOverride.objects.update(reading="あぼし", set_at=now())
    assert shown("網干区の網干", stored.current()).startswith("網干(あぼし)区(く)")
