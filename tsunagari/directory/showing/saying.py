"""Texts that are kept by language: which one this reader gets."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

_INSTEAD = {"ja": ("ja-easy", "en"), "ja-easy": ("ja", "en")}


def language() -> str:
    """The code of the language the page is in."""
    return get_language() or "ja"


def said(texts: Mapping[str, str], code: str | None = None) -> str:
    """The text in the reader's language, else the nearest one that somebody wrote."""
    code = code or language()
    for one in (code, *_INSTEAD.get(code, ("en", "ja"))):
        if texts.get(one):
            return texts[one]
    return next((text for text in texts.values() if text), "")


@dataclass(frozen=True, slots=True)
class Words:
    """Words on a page. `japanese`: somebody wrote them in Japanese only, and the page is in another language; they
    are then marked for screen readers and for the eye (`ui/language_note.html`)."""

    text: str
    japanese: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def own_words(text: str) -> Words:
    """What somebody wrote freely, as it stands."""
    return Words(text, bool(text) and language() not in ("ja", "ja-easy"))
