"""Words and their readings: Sudachi's words in their longest form, with corrections laid over them."""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jaconv
from sudachipy import Dictionary, SplitMode, Tokenizer

from .counting import counted
from .okurigana import KANJI, split

Pairs = list[tuple[str, str | None]]
_HAS_KANJI = re.compile(f"[{KANJI}]")
_NUMBER = re.compile(r"[0-9０-９]+")
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Token:
    """A word: surface, reading in hiragana, whether it is a name (a correction may then cut it), part of speech."""

    surface: str
    reading: str
    is_name: bool
    word_class: str


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    return Dictionary(dict="core")


def tokens(text: str) -> list[Token]:
    """Words of a text. Each thread has a tokenizer of its own: they keep state."""
    tokenizer: Tokenizer | None = getattr(_local, "tokenizer", None)
    if tokenizer is None:
        tokenizer = _local.tokenizer = _dictionary().tokenizer(mode=SplitMode.C)
    found = []
    for word in tokenizer.tokenize(text):
        surface, kind = word.surface(), word.part_of_speech()
        reading = jaconv.kata2hira(word.reading_form()) if _HAS_KANJI.search(surface) else ""
        found.append(Token(surface, reading, kind[1] == "固有名詞", kind[0]))
    return found


@lru_cache(maxsize=1)
def builtin() -> dict[str, str]:
    """Corrections that come with the software: names around Himeji, and words of this field."""
    here = Path(__file__).parent
    found: dict[str, str] = {}
    for name in ("places.json", "builtin.json"):
        found |= json.loads((here / name).read_text(encoding="utf-8"))
    return found


class Readings:
    """Readings with corrections. What a reviewer set goes before what is built in."""

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        given = {surface: jaconv.kata2hira(reading) for surface, reading in (overrides or {}).items() if surface}
        # A longer built-in word must not hide what somebody corrected inside it.
        corrected = [surface for surface in given if len(surface) > 1]
        kept = {word: reading for word, reading in builtin().items() if not any(one in word for one in corrected)}
        self.words = {**kept, **given}
        surfaces = sorted(self.words, key=len, reverse=True)
        self._pattern = re.compile("|".join(re.escape(surface) for surface in surfaces))
        self.cached = lru_cache(maxsize=20_000)(self.ruby)

    def ruby(self, text: str) -> Pairs:
        """Pieces of the text with the reading of those that need one; joined, the pieces are the text."""
        if not _HAS_KANJI.search(text):
            return [(text, None)] if text else []
        pairs: Pairs = []
        for surface, reading in self._pieces(text):
            for part, over in split(surface, reading) if reading else [(surface, None)]:
                if over is None and pairs and pairs[-1][1] is None:
                    pairs[-1] = (pairs[-1][0] + part, None)
                else:
                    pairs.append((part, over))
        return pairs

    def _pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """Corrected stretches where they fall on words (or inside a name), Sudachi's words elsewhere."""
        words = tokens(text)
        starts, at = {}, 0
        for index, word in enumerate(words):
            starts[at] = index
            at += len(word.surface)
        position = 0
        for match in self._matches(text, words, starts):
            yield from self._plain(text, words, starts, position, match.start())
            yield match.group(), self.words[match.group()]
            position = match.end()
        yield from self._plain(text, words, starts, position, len(text))

    def _matches(self, text: str, words: list[Token], starts: dict[int, int]) -> Iterator[re.Match[str]]:
        edges = set(starts) | {len(text)}
        names = [False] * (len(text) + 1)
        for at, index in starts.items():
            if words[index].is_name:
                names[at : at + len(words[index].surface)] = [True] * len(words[index].surface)
        for match in self._pattern.finditer(text):
            begin, end = match.span()
            if (begin in edges or (len(match.group()) > 1 and names[begin])) and (
                end in edges or (len(match.group()) > 1 and names[end - 1])
            ):
                yield match

    def _plain(
        self, text: str, words: list[Token], starts: dict[int, int], begin: int, end: int
    ) -> Iterator[tuple[str, str]]:
        if begin >= end:
            return
        ends = {at + len(words[index].surface) for at, index in starts.items()}
        if begin in starts and end in ends:
            first, position, chosen = starts[begin], begin, []
            while position < end:
                chosen.append(words[first])
                position += len(words[first].surface)
                first += 1
            before = words[starts[begin] - 1].surface if starts[begin] else ""
        else:
            chosen, before = tokens(text[begin:end]), text[:begin][-1:]
        yield from counted(chosen, before)


_BUILTIN = lru_cache(maxsize=1)(Readings)


def ruby(text: str, readings: Readings | None = None) -> Pairs:
    """Pieces of a text with readings for those that have kanji: [("行", "い"), ("った", None)]."""
    return (readings or _BUILTIN()).ruby(text)


def standard() -> Readings:
    """Readings without a reviewer's corrections."""
    return _BUILTIN()
