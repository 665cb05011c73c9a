"""From what was typed to what is looked up. Knows words only; what exists in an index is the index's affair."""

import re
from dataclasses import dataclass

from tsunagari.directory.search import words as w

_LONG = 9  # letters of a Japanese chunk that looks like a sentence
_LONG_IN_LATIN = 4  # words
_KATAKANA = re.compile("[ァ-ヺー]+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two spaces. It is found when each of `groups` is (any token of a group will do), or when
    every token of `phrase` is: neighbouring characters for what the dictionary cut otherwise, triples of kana for
    what was typed without kanji. `spelt` are the words as typed, for finding what was meant by a mistyped one."""

    groups: tuple[tuple[int, ...], ...]
    phrase: tuple[int, ...]
    in_kana: bool
    in_katakana: bool  # a loan word: texts write it as it is typed, so its word counts beside its reading
    reading: str
    spelt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A query as tokens. `sentence`: whole sentences are not looked up word by word but ranked by nearness."""

    text: str
    chunks: tuple[Chunk, ...]
    normals: tuple[str, ...]
    sentence: bool

    @property
    def empty(self) -> bool:
        return not self.chunks


def ask(text: str) -> Ask:
    """Read a query. Long ones are cut, invisible characters dropped; nothing typed is kept anywhere."""
    folded = w.fold(text, w.QUERY_LENGTH)
    made = [(part, w.words(part)) for part in w.chunks(folded)]
    chunks = tuple(chunk for part, parts in made if (chunk := _chunk(part, parts)))
    normals = tuple(word.normal if word.content else "" for _, parts in made for word in parts)
    return Ask(folded, chunks, normals, _is_sentence(folded, [word for _, parts in made for word in parts]))


def _chunk(part: str, parts: list[w.Word]) -> Chunk | None:
    if not w.is_latin(part) or w.KANJI_RUN.search(part):
        return _japanese(part, parts)
    latin = w.latin_words(part)
    groups = tuple(_latin(word) for word in latin)
    return Chunk(groups, (), False, False, "", tuple(latin)) if groups else None


def _latin(word: str) -> tuple[int, ...]:
    return (w.hashed("w" + word), w.hashed("f" + w.plain(word)))


def _japanese(part: str, parts: list[w.Word]) -> Chunk | None:
    content = [word for word in parts if word.content]
    groups: list[tuple[int, ...]] = [(w.hashed("w" + word.normal),) for word in content if not w.is_latin(word.normal)]
    groups += [_latin(word) for word in w.latin_words(part) if w.is_latin(word)]
    in_kana = w.is_kana(part)
    if in_kana:
        phrase = tuple(w.hashed("r" + triple) for triple in dict.fromkeys(w.trigrams(w.hiragana(part))))
    else:
        phrase = tuple(w.hashed("b" + pair) for pair in dict.fromkeys(w.bigrams(part)))
    spelt = (part, *(word.surface for word in content)) if len(content) != 1 else (part,)
    reading = "".join(word.reading for word in parts)
    if not (groups or phrase):
        return None
    return Chunk(tuple(dict.fromkeys(groups)), phrase, in_kana, bool(_KATAKANA.fullmatch(part)), reading, spelt)


def _is_sentence(folded: str, parts: list[w.Word]) -> bool:
    """Words set side by side are looked up; a sentence has words that only hold it together."""
    latin = w.latin_words(folded)
    if w.is_latin(folded) and not w.KANJI_RUN.search(folded):
        return len(latin) >= _LONG_IN_LATIN or len(folded.split()) > _LONG_IN_LATIN
    letters = sum(len(word.surface) for word in parts if word.surface.strip())
    if w.has_hangul(folded):
        return letters >= _LONG and " " in folded.strip()
    hollow = sum(not word.content for word in parts if word.surface.strip())
    content = sum(word.content for word in parts)
    return (letters >= _LONG and (hollow >= 2 or content >= 4)) or (letters >= 6 and hollow >= 2)
