"""Answers that everybody words the same way: these leave in the reader's language, all others as they were written."""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tsunagari.directory.showing.saying import Words, language, own_words

_PHRASES = {
    "お金はかかりません": gettext_lazy("お金はかかりません。"),
    "かかりません": gettext_lazy("お金はかかりません。"),
    "無料": gettext_lazy("無料"),
    "車いすで入れる多目的トイレがあります": gettext_lazy("車いすで入れる多目的トイレがあります。"),
    "多目的トイレあり": gettext_lazy("車いすで入れる多目的トイレがあります。"),
    "多目的トイレ": gettext_lazy("車いすで入れる多目的トイレがあります。"),
    "洋式です。車いすでは少しせまいです": gettext_lazy("洋式です。車いすでは少しせまいです。"),
    "洋式が一つ。入口がせまく、車いすでは入れません": gettext_lazy("洋式が一つ。入口がせまく、車いすでは入れません。"),
    "洋式のトイレがあります": gettext_lazy("洋式のトイレがあります。"),
    "洋式": gettext_lazy("洋式のトイレがあります。"),
    "和式だけ": gettext_lazy("和式のトイレだけです。"),
    "和式だけです": gettext_lazy("和式のトイレだけです。"),
    "なし": gettext_lazy("ありません。"),
    "ありません": gettext_lazy("ありません。"),
}
_LANGUAGES = {
    "ja": gettext_lazy("日本語"),
    "en": gettext_lazy("英語"),
    "zh": gettext_lazy("中国語"),
    "vi": gettext_lazy("ベトナム語"),
    "ko": gettext_lazy("韓国語"),
    "pt": gettext_lazy("ポルトガル語"),
    "jsl": gettext_lazy("日本手話"),
    "es": gettext_lazy("スペイン語"),
    "tl": gettext_lazy("タガログ語"),
    "id": gettext_lazy("インドネシア語"),
    "ne": gettext_lazy("ネパール語"),
    "my": gettext_lazy("ミャンマー語"),
    "th": gettext_lazy("タイ語"),
    "easy": gettext_lazy("やさしい日本語"),
}
_CODES = {
    "日本語": "ja", "英語": "en", "中国語": "zh", "ベトナム語": "vi", "韓国語": "ko", "ポルトガル語": "pt",
    "日本手話": "jsl", "手話": "jsl", "スペイン語": "es", "タガログ語": "tl", "インドネシア語": "id",
    "ネパール語": "ne", "ミャンマー語": "my", "タイ語": "th", "やさしい日本語": "easy", "jpn": "ja", "eng": "en",
    "zho": "zh", "vie": "vi", "kor": "ko", "por": "pt", "spa": "es", "tgl": "tl", "ind": "id", "nep": "ne",
}  # fmt: skip
_YEN = re.compile(r"([0-9][0-9,]{0,9})円")
_BETWEEN = re.compile(r"[、,，・/／\s]+")


def answer(text: str) -> Words:
    """A short answer: a price alone, or words that everybody uses, in the reader's language; else as written."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("。")
    if plain in _PHRASES:
        return Words(str(_PHRASES[plain]))
    if yen := _YEN.fullmatch(plain):
        return Words(_("%(yen)s円") % {"yen": f"{int(yen[1].replace(',', '')):,}"})
    return own_words(text)


def language_named(name: str) -> str:
    """The name of a language in the reader's own, given by its code or its Japanese name; empty when unknown."""
    code = _CODES.get(name, name.partition("-")[0])
    return str(_LANGUAGES.get(code, ""))


def languages(text: str) -> Words:
    """「日本語、英語」 as names in the reader's language, when every one of them is known."""
    names = [language_named(name) for name in _BETWEEN.split(text.strip().rstrip("。")) if name]
    if not names or not all(names):
        return own_words(text)
    return Words(("、" if language() in ("ja", "ja-easy", "zh") else ", ").join(names))
