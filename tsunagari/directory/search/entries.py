"""What the index keeps of one entry, and how its tokens are packed for the database."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.words import TEXT_LENGTH, fold, hashed, readings, text_tokens, words

Floats = npt.NDArray[np.float32]

# Weight of a field, and how many tokens it usually has: a word in a short name says more than one in a long text.
FIELDS = {"name": (10.0, 12), "terms": (4.0, 30), "summary": (3.0, 60), "body": (1.0, 250)}
_LENGTH_MATTERS = 0.6
_SENTENCE = re.compile("[^。]+。?|。")  # no word, pair or reading goes on behind a full stop
_SHORT = 32
_HALF_FULL = 6.0  # a weight at which a token has half of the most it can say
FULL = 65535
NEVER = 1 << 40
SHORT_FIELDS = frozenset(("name", "terms", "summary"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the index sees it.

    `terms` are "taxonomy:code" strings (also kind:place, area:飾磨区); `points` are (lat, lon) of each location;
    `week` has 168 bits from Monday 0:00, `closed` days as date ordinals, `dates` (start, end) as epoch seconds;
    `fresh` is the epoch second of the last confirmation (0: never), `until` the second when the entry leaves."""

    id: str
    tokens: bytes
    terms: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    week: bytes = b"\0" * 21
    closed: tuple[int, ...] = ()
    dates: tuple[tuple[int, int], ...] = ()
    fresh: int = 0
    until: int = NEVER
    spoken: tuple[str, ...] = ()  # words of name and terms that a mistyped word is compared with
    vector: bytes = b""  # 384 × float16, empty until the job has come by
    stamp: int = 0  # the generation in which it was written


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of one entry by field (see `FIELDS`), its terms, its name and the reading of that."""

    fields: Mapping[str, str]
    terms: Sequence[str]
    name: str
    kana: str = ""


Indexed = tuple[bytes, list[str]]  # tokens, spoken; see `Entry`


def indexed(said: Said) -> Indexed:
    """The part of an entry that takes time: its words."""
    return pack(weights(said.fields), said.terms), sorted(filter(None, _spoken(said)))


def _spoken(said: Said) -> set[str]:
    """Words a mistyped word is compared with: the name, its parts, its kana."""
    name = fold(said.name)
    parts = words(name)
    return {name, fold(said.kana.replace(" ", "")), *readings(parts), *(part.surface for part in parts if part.content)}


def weights(fields: Mapping[str, str]) -> dict[str, float]:
    """BM25F with fixed usual lengths: tokens of each field, in 0…1. Fixed, because a stored entry must not
    depend on the other entries; how rare a token is comes in when the index is asked."""
    total: dict[str, float] = defaultdict(float)
    for field, text in fields.items():
        weight, usual = FIELDS[field]
        found = _tokens(text, field in SHORT_FIELDS)
        each = weight / ((1 - _LENGTH_MATTERS) + _LENGTH_MATTERS * len(found) / usual)
        for token in found:
            total[token] += each
    return {token: weight / (weight + _HALF_FULL) for token, weight in total.items()}


def _tokens(text: str, with_readings: bool) -> list[str]:
    """Tokens of a text. Names of terms, areas and organisations come again with every entry, and so do whole
    sentences (「どなたでもどうぞ。」): the tokens of short ones are kept, which is half of the time of an import."""
    found: list[str] = []
    for line in text.split("\n"):
        for sentence in _SENTENCE.findall(line[: 2 * TEXT_LENGTH]):
            tokens = _short if len(sentence) <= _SHORT else text_tokens
            found += tokens(sentence, with_readings=with_readings)
    return found


@lru_cache(maxsize=1 << 13)
def _short(sentence: str, *, with_readings: bool) -> Sequence[str]:
    return tuple(text_tokens(sentence, with_readings=with_readings))


_number = lru_cache(maxsize=1 << 16)(hashed)


def pack(tokens: Mapping[str, float], terms: Iterable[str] = ()) -> bytes:
    """Sorted hashes (u64) and then their weights (u16): ten bytes a token. Terms weigh fully."""
    named = [*tokens, *(f"t{term}" for term in terms)]
    hashes = np.array([_number(token) for token in named], "<u8")
    impacts = np.ones(len(named))
    impacts[: len(tokens)] = list(tokens.values())
    order = np.argsort(hashes)
    whole = np.maximum(np.round(impacts[order] * FULL), 1).astype("<u2")
    return hashes[order].tobytes() + whole.tobytes()


def unpack(blob: bytes) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]]:
    count = len(blob) // 10
    return np.frombuffer(blob, "<u8", count), np.frombuffer(blob, "<u2", count, count * 8)
