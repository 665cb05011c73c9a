"""Readings over the text of a whole HTML page, leaving alone what is no running Japanese text."""

import re
from collections.abc import Callable
from html import escape

from .okurigana import KANJI
from .readings import Pairs, Readings, standard

_PARTS = re.compile(r"<!--.*?-->|<[!?][^>]*>|</?[A-Za-z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>|[^<]+|<", re.DOTALL)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_HAS_KANJI = re.compile(f"[{KANJI}]")
_LANG = re.compile(r"\slang\s*=\s*[\"']?([A-Za-z-]+)", re.IGNORECASE)
_NO_RUBY = re.compile(r"\sclass\s*=\s*(?:\"[^\"]*\bno-ruby\b[^\"]*\"|'[^']*\bno-ruby\b[^']*')", re.IGNORECASE)
_TYPED = re.compile(r"\sdata-typed(?=[\s=>/])", re.IGNORECASE)
_SKIPPED = frozenset("script style textarea option title select ruby noscript template code svg".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def ruby_html(html: str, readings: Readings | None = None) -> str:
    """The page with <ruby> over its kanji. Text inside `data-typed` is read but never kept in memory."""
    words = readings or standard()
    out: list[str] = []
    skipping, typed = _Inside(), _Inside()
    for part in _PARTS.findall(html):
        if part[0] != "<" or len(part) == 1:
            if skipping.depth or not _HAS_KANJI.search(part):
                out.append(part)
            else:
                out.append(_written(words.ruby(part) if typed.depth else words.cached(part)))
            continue
        out.append(part)
        name = _NAME.match(part)
        if name:
            tag = name.group(1).lower()
            skipping.see(part, tag, _is_skipped)
            typed.see(part, tag, _is_typed)
    return "".join(out)


class _Inside:
    """Whether we are inside an element that matters, however deep: counts only tags of that element's name."""

    __slots__ = ("depth", "tag")

    def __init__(self) -> None:
        self.tag, self.depth = "", 0

    def see(self, part: str, tag: str, matters: Callable[[str, str], bool]) -> None:
        """Note one tag."""
        if self.depth:
            if tag == self.tag and not part.endswith("/>"):
                self.depth += -1 if part[1] == "/" else 1
        elif part[1] != "/" and tag not in _VOID and part[-2] != "/" and matters(part, tag):
            self.tag, self.depth = tag, 1


def _is_skipped(part: str, tag: str) -> bool:
    if tag in _SKIPPED:
        return True
    if len(part) < 12:
        return False
    lang = _LANG.search(part)
    if lang and not lang.group(1).lower().startswith("ja"):
        return True
    return _NO_RUBY.search(part) is not None


def _is_typed(part: str, tag: str) -> bool:
    return _TYPED.search(part) is not None


def _written(pairs: Pairs) -> str:
    return "".join(
        surface if reading is None else f"<ruby>{surface}<rp>(</rp><rt>{escape(reading)}</rt><rp>)</rp></ruby>"
        for surface, reading in pairs
    )
