"""Texts that are kept by language: which one this reader gets."""

from collections.abc import Mapping

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
