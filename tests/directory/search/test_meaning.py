"""Meaning is a help and never a need; nothing that was asked is kept in readable form."""

import numpy as np
import pytest

from tsunagari.directory.search import meaning as module
from tsunagari.directory.search.meaning import Meaning
from tsunagari.directory.search.senses import Senses, write
from tsunagari.directory.search.why import Known, Reason, ranked, reasons


def test_without_an_engine_there_is_no_meaning_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUNAGARI_MEANING", "off")
    none = Meaning()
    assert not none.available
    assert none.query("さみしい") is None
    assert none.passage(["こども食堂"]).shape == (0, 384)


def test_an_old_processor_gets_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_fits_processor", lambda: False)
    assert not Meaning().available


def test_a_question_lies_near_to_what_answers_it() -> None:
    meaning = Meaning()
    if not meaning.available:
        pytest.skip("the engine does not run on this machine")
    question = meaning.query("最近ひとりぼっちで、誰かと話したい")
    assert question is not None
    texts = ["話し相手。ただ話を聞いてくれる人がいます。", "税金の申告の受付。", "野球場の予約。"]
    assert int(np.argmax(meaning.passage(texts).astype(np.float32) @ question)) == 0
    assert abs(float(np.linalg.norm(question)) - 1) < 1e-3


def test_what_is_remembered_of_a_question_is_not_the_question() -> None:
    meaning = Meaning()
    meaning.query("だれにも言えないこと")
    assert all(isinstance(key, bytes) and len(key) == 16 for key in meaning._answered)
    other = Meaning()
    other.query("だれにも言えないこと")
    assert not set(meaning._answered) & set(other._answered)


def test_phrases_are_encoded_once_and_vote_for_their_terms(tmp_path) -> None:  # type: ignore[no-untyped-def]
    meaning = Meaning()
    if not meaning.available:
        pytest.skip("the engine does not run on this machine")
    phrases = {"category:a": ["さみしい", "話したい", "孤独"], "category:b": ["家賃", "立ち退き", "大家さん"]}
    path = tmp_path / "senses.npy"
    everything = [text for texts in phrases.values() for text in texts]
    assert write(everything, path, meaning) == 6
    assert write(everything, path, meaning) == 0
    question = meaning.query("ひとりでさみしい")
    assert question is not None
    assert next(iter(Senses(phrases, path).about(question))) == "category:a"
    assert Senses(phrases, tmp_path / "none.npy").about(question) == {}


def known(**options: object) -> Known:
    given = {
        "asked": [], "meant": [], "exact": False, "by_meaning": False, "open_now": False, "next_date": None,
        "metres": None, "place": None,
    }  # fmt: skip
    return Known(**given | options)  # type: ignore[arg-type]


def test_the_trouble_comes_before_where_and_when() -> None:
    found = reasons(known(asked=["worry:rent"], metres=300, open_now=True))
    assert found == (Reason("term", {"term": "worry:rent"}), Reason("near", {"m": 300}))


def test_there_is_always_a_reason() -> None:
    assert reasons(known()) == (Reason("fresh"),)
    assert reasons(known(by_meaning=True)) == (Reason("meaning"),)


def test_a_kind_says_more_than_a_trouble_that_many_share() -> None:
    assert ranked({"worry:health": 2.0, "category:grief": 1.0})[0] == "category:grief"
