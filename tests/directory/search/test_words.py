"""One shape for every way of writing the same."""

import time

import pytest

from tsunagari.directory.search import words as w
from tsunagari.directory.search.asking import ask
from tsunagari.directory.search.typos import Spellings, one_slip


def normals(text: str) -> list[str]:
    return [word.normal for word in w.words(w.fold(text)) if word.content]


@pytest.mark.parametrize(
    "one, other",
    [
        ("こども食堂", "子ども食堂"),
        ("ひきこもり", "引きこもり"),
        ("ｶﾌｪ", "カフェ"),
        ("さみしい", "寂しい"),
        ("ＮＰＯ", "npo"),
    ],
)
def test_two_spellings_are_the_same_words(one: str, other: str) -> None:
    assert normals(one) == normals(other)


@pytest.mark.parametrize(
    "rare, usual",
    [
        ("髙島", "高島"),
        ("山﨑", "山崎"),
        ("𠮷野", "吉野"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("濵田", "浜田"),
        ("齋藤", "斎藤"),
    ],
)
def test_shapes_of_one_kanji_are_one(rare: str, usual: str) -> None:
    assert w.fold(rare) == w.fold(usual)


def test_a_variation_selector_changes_nothing() -> None:
    assert w.fold("葛\U000e0100城") == "葛城"


def test_invisible_and_broken_characters_vanish() -> None:
    assert w.fold("a\x00b\u200b\ud800c\u202e") == "abc"


def test_latin_words_are_kept_with_and_without_accents() -> None:
    tokens = w.text_tokens("Tiếng Việt, ação", with_readings=False)
    assert {"wtiếng", "ftieng", "wviệt", "fviet", "wação", "facao"} <= set(tokens)


def test_kana_of_a_name_are_in_its_readings() -> None:
    tokens = set(w.text_tokens("飾磨のこども食堂", with_readings=True))
    assert {"kしかま", "rしょく", "rくどう"} <= tokens


def test_a_token_has_the_same_number_for_ever() -> None:
    assert w.hashed("w相談") == 6839748942872046919
    assert 0 <= w.hashed("\ud800") < 1 << 64


@pytest.mark.parametrize(
    "typed", ["あ" * 10_000, "\x07" * 10_000, "!?…" * 3_000, "\ud800" * 9_000, "﷽" * 9_000, "a " * 9_000]
)
def test_long_and_strange_queries_are_read_in_normal_time(typed: str) -> None:
    ask("相談")
    start = time.process_time()
    asked = ask(typed)
    assert time.process_time() - start < 0.5
    assert len(asked.text) <= w.QUERY_LENGTH


@pytest.mark.parametrize(
    "text",
    [
        "家賃が払えなくて困っています",
        "I have nobody to talk to",
        "刚来日本想交朋友不会说",
        "말할 사람이 없어요 외로워요",
    ],
)
def test_sentences_are_told_from_words(text: str) -> None:
    assert ask(text).sentence


@pytest.mark.parametrize("text", ["こども食堂", "居場所 夜", "将棋", "free lunch", "多重債務"])
def test_words_side_by_side_are_no_sentence(text: str) -> None:
    assert not ask(text).sentence


def test_one_slip_is_one_letter() -> None:
    assert one_slip("しょくどう", "しょくどお")
    assert one_slip("しょくどう", "しょくど")
    assert one_slip("abcd", "abdc")
    assert not one_slip("しょくどう", "しょくどう")
    assert not one_slip("しょくどう", "しくどお")


def test_what_was_meant_is_the_most_usual_word() -> None:
    spellings = Spellings.of([["こども食堂", "図書館"], ["図書館"]])
    assert spellings.meant("図書棺") == "図書館"
    assert spellings.meant("こども食同") == "こども食堂"
    assert spellings.meant("将棋") is None
    assert spellings.meant("あ" * 200) is None
