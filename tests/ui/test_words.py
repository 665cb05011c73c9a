"""Sentences in templates: said in the reader's language, names in them escaped."""

from django.utils.translation import override

from tsunagari.ui.words import say, say_number


def test_a_name_inside_a_sentence_is_escaped() -> None:
    assert str(say("「%(name)s」です。", name="<b>")) == "「&lt;b&gt;」です。"


def test_a_per_cent_sign_is_written_twice_with_and_without_names() -> None:
    assert str(say("100%% だいじょうぶ")) == "100% だいじょうぶ"
    assert str(say("100%% %(name)s", name="A")) == "100% A"


def test_what_was_kept_for_one_language_is_not_said_in_another() -> None:
    with override("en"):
        english = say("さがす")
    with override("ja"):
        assert str(say("さがす")) == "さがす"
    with override("en"):
        assert say("さがす") == english


def test_a_number_is_put_into_its_sentence() -> None:
    assert str(say_number("%(num)s件", "%(num)s件", 3)) == "3件"
