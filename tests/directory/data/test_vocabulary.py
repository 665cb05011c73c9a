"""The words people read and search by: complete, in every language, and leading somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tsunagari" / "directory" / "data"
LANGUAGES = ["ja", "ja-easy", "en", "zh", "vi", "ko", "pt"]
WORD_LANGUAGES = ["ja", "en", "zh", "vi", "ko", "pt"]
SIZES = {"worry": 16, "audience": 19, "category": 54, "feature": 24}
LINE_KINDS = {"emergency", "crisis", "children", "advice", "violence"}
ENTRANCES = ["self", "under18", "someone", "company"]
DAYS = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


TAXONOMIES = {taxonomy["code"]: taxonomy for taxonomy in read(DATA / "taxonomies.json")}
CODES = {name: [term["code"] for term in t["terms"]] for name, t in TAXONOMIES.items()}
LINES = read(DATA / "lines.json")
GUIDE = read(DATA / "guide.json")
PLACES = read(DATA / "place_names.json")
SENTENCES = read(ROOT / "tests" / "directory" / "finding" / "sentences.json")
FURIGANA = read(ROOT / "tests" / "directory" / "furigana_sentences.json")


def texts() -> Iterator[tuple[str, dict[str, str]]]:
    """Every text a person reads, with a name to find it by when it is wrong."""
    for taxonomy in TAXONOMIES.values():
        yield taxonomy["code"], taxonomy["names"]
        for term in taxonomy["terms"]:
            yield f"{taxonomy['code']}:{term['code']}", term["names"]
    for line in LINES:
        yield line["code"], line["names"]
        yield line["code"], line["answers"]
    for question in GUIDE["questions"]:
        yield question["code"], question["text"]
        yield question["code"], question["help"]
        for answer in question["answers"]:
            yield answer["code"], answer["text"]
    for rule in GUIDE["rules"]:
        yield rule["code"], rule["why"]
        yield rule["code"], rule["say"]


def twice(items: list[str]) -> list[str]:
    return [item for item, count in Counter(items).items() if count > 1]


def test_every_text_is_there_in_seven_languages_and_not_left_in_japanese() -> None:
    wrong = []
    for name, by_language in texts():
        if list(by_language) != LANGUAGES or not all(by_language.values()):
            wrong.append((name, "missing"))
        wrong += [(name, lang) for lang in LANGUAGES[1:] if by_language[lang] == by_language["ja"]]
    assert not wrong


def test_kana_stands_only_in_the_two_japanese_languages() -> None:
    kana = re.compile("[ぁ-んァ-ヶ]")
    assert not [(n, la) for n, by in texts() for la in LANGUAGES[2:] if kana.search(by[la])]


def test_hangul_and_vietnamese_marks_stand_where_they_belong() -> None:
    hangul, han = re.compile("[가-힣]"), re.compile("[一-龥]")
    for name, by in texts():
        assert hangul.search(by["ko"]), name
        assert han.search(by["zh"]), name
        assert not any(han.search(by[lang]) or hangul.search(by[lang]) for lang in ("en", "vi", "pt")), name


def test_the_codes_are_complete_and_none_stands_twice() -> None:
    assert {name: len(codes) for name, codes in CODES.items()} == SIZES
    assert not [name for name, codes in CODES.items() if twice(codes)]
    for taxonomy in TAXONOMIES.values():
        for term in taxonomy["terms"]:
            assert set(term["descriptions"]) == {"ja", "en"}, term["code"]
            assert term["parent"] is None


def test_every_term_has_words_a_person_would_type() -> None:
    for name, taxonomy in TAXONOMIES.items():
        for term in taxonomy["terms"]:
            assert sorted(term["words"]) == sorted(WORD_LANGUAGES), term["code"]
            assert len(term["words"]["ja"]) >= (15 if name == "category" else 7), term["code"]
            for words in term["words"].values():
                assert len(words) >= 2, term["code"]
                assert all(words), term["code"]
                assert not twice(words), term["code"]


def test_the_thesaurus_does_not_know_the_test_sentences() -> None:
    """Copying a sentence, or most of it, would only measure our memory; single words are a thesaurus's trade."""
    words = {w for t in TAXONOMIES.values() for m in t["terms"] for ws in m["words"].values() for w in ws}
    copied = [
        (s["id"], word)
        for s in SENTENCES
        if s["type"] != "short"
        for word in words
        if word in s["text"] and len(word) > 0.5 * len(s["text"])
    ]
    assert not copied


def test_the_lines_say_who_answers_when_and_how_sure_we_are() -> None:
    assert not twice([line["number"] for line in LINES])
    for line in LINES:
        assert line["kind"] in LINE_KINDS
        assert set(line["audience"]) <= set(CODES["audience"])
        assert line["audience"]
        assert set(line["worries"]) <= set(CODES["worry"])
        assert set(line["categories"]) <= set(CODES["category"])
        assert set(line["languages"]) <= set(LANGUAGES)
        assert "ja" in line["languages"]
        assert line["cost"] in {"free", "call_charge"}
        assert line["last_checked"] == "2026-11-23"
        assert line["sources_note"]
        assert isinstance(line["unverified"], bool)


def test_a_line_opens_always_by_rule_in_set_periods_or_says_that_it_varies() -> None:
    for line in LINES:
        opening = line["opening"]
        if isinstance(opening, str):
            assert opening in {"always", "set_periods", "varies"}
            continue
        for rule in opening:
            assert rule["byday"]
            assert set(rule["byday"]) <= DAYS
            assert re.fullmatch(r"\d\d:\d\d", rule["opens_at"])
            assert rule["opens_at"] < rule["closes_at"]
            assert isinstance(rule["holidays"], bool)


def paths(entrance: str, given: tuple[str, ...] = (), order: int = 0) -> Iterator[int]:
    """The number of screens of every way through the guide, one answer a screen or none."""
    screens = sorted(
        (q for q in GUIDE["questions"] if entrance in q["entrance"] and q["order"] > order and asked(q, given)),
        key=lambda q: q["order"],
    )
    if not screens:
        yield 0
        return
    question = screens[0]
    assert [q["order"] for q in screens].count(question["order"]) == 1, (entrance, given, question["code"])
    for answer in [None, *question["answers"]]:
        then = (*given, answer["code"]) if answer else given
        yield from (1 + rest for rest in paths(entrance, then, question["order"]))


def asked(question: dict[str, Any], given: tuple[str, ...]) -> bool:
    return not question.get("ask_if") or bool(set(question["ask_if"]["any"]) & set(given))


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_no_way_through_the_guide_asks_more_than_five_questions(entrance: str) -> None:
    assert max(paths(entrance)) <= 5


def test_every_question_offers_at_most_six_answers_that_add_known_codes() -> None:
    answers = [a for q in GUIDE["questions"] for a in q["answers"]]
    assert not twice([a["code"] for a in answers])
    assert not twice([q["code"] for q in GUIDE["questions"]])
    assert all(2 <= len(q["answers"]) <= 6 for q in GUIDE["questions"])
    for answer in answers:
        assert answer["adds"]
        assert all(weight > 0 for weight in answer["adds"].values())
        for key in answer["adds"]:
            taxonomy, code = key.split(":")
            assert code in CODES[taxonomy], (answer["code"], key)


@pytest.mark.parametrize("entrance", ["self", "under18", "someone"])
def test_danger_can_be_said_early_at_every_entrance_but_company(entrance: str) -> None:
    early = [q for q in GUIDE["questions"] if entrance in q["entrance"] and q["order"] <= 2]
    assert any(a.get("flag") == "danger_now" for q in early for a in q["answers"])


def test_every_rule_rests_on_answers_that_exist_and_suggests_categories_that_exist() -> None:
    answers = {a["code"] for q in GUIDE["questions"] for a in q["answers"]}
    assert not twice([rule["code"] for rule in GUIDE["rules"]])
    for rule in GUIDE["rules"]:
        condition = rule["if"]
        assert condition["all"] or condition["any"], rule["code"]
        assert {*condition["all"], *condition["any"], *condition["not"]} <= answers, rule["code"]
        assert rule["suggest"], rule["code"]
        assert set(rule["suggest"]) <= set(CODES["category"]), rule["code"]


def test_every_category_is_suggested_by_some_rule_and_every_first_answer_leads_somewhere() -> None:
    suggested = {category for rule in GUIDE["rules"] for category in rule["suggest"]}
    assert suggested == set(CODES["category"])
    for entrance in ENTRANCES:
        for question in GUIDE["questions"]:
            if entrance in question["entrance"] and question["order"] <= 2:
                for answer in question["answers"]:
                    assert leads_somewhere(answer["code"]) or has_follow_up(answer["code"]), answer["code"]


def leads_somewhere(code: str) -> bool:
    return any(code in r["if"]["any"] + r["if"]["all"] for r in GUIDE["rules"])


def has_follow_up(code: str) -> bool:
    return any(code in q.get("ask_if", {}).get("any", []) for q in GUIDE["questions"])


def test_what_to_say_is_quoted_so_that_it_can_be_read_aloud() -> None:
    for rule in GUIDE["rules"]:
        assert rule["say"]["ja"][0] == "「", rule["code"]
        assert rule["say"]["ja"][-1] == "」", rule["code"]
        assert all(rule["say"][lang][0] == "“" for lang in LANGUAGES[2:]), rule["code"]


def test_place_names_have_kana_and_a_point_and_no_spelling_means_two_places() -> None:
    assert len(PLACES) >= 70
    assert not twice([place["name"] for place in PLACES])
    owner: dict[str, str] = {}
    for place in PLACES:
        assert re.fullmatch("[ぁ-んー]+", place["kana"])
        assert place["romaji"].isascii()
        assert 34.6 < place["lat"] < 35.05, place["name"]
        assert 134.45 < place["lon"] < 134.85, place["name"]
        for spelling in place["aliases"]:
            assert owner.setdefault(spelling, place["name"]) == place["name"], spelling


def test_the_sentences_are_many_honest_in_kind_and_halved_evenly() -> None:
    assert not twice([s["id"] for s in SENTENCES])
    assert not twice([s["lang"] + s["text"] for s in SENTENCES])
    japanese = [s for s in SENTENCES if s["lang"] == "ja"]
    assert len(japanese) >= 75
    assert len(SENTENCES) - len(japanese) >= 25
    for sentence in SENTENCES:
        assert 1 <= len(sentence["kinds"]) <= 5
        assert set(sentence["kinds"]) <= set(CODES["category"])
    for lang in LANGUAGES:
        halves = Counter(s["half"] for s in SENTENCES if s["lang"] == lang)
        assert sum(halves.values()) >= 4, lang
        assert abs(halves["tune"] - halves["test"]) <= 1, lang


def test_the_furigana_sentences_carry_their_reading_on_every_kanji() -> None:
    assert len(FURIGANA) >= 110
    assert sum(s["type"] == "place" for s in FURIGANA) >= 60
    for sentence in FURIGANA:
        assert "".join(surface for surface, _ in sentence["ruby"]) == sentence["text"]
        assert "".join(reading or surface for surface, reading in sentence["ruby"]) == sentence["reading"]
        assert not re.search("[一-龥々]", sentence["reading"]), sentence["text"]
