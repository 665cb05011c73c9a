"""What the index keeps of one entry, and how its tokens are packed for the database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.words import hashed, text_tokens

Floats = npt.NDArray[np.float32]

# Weight of a field, and how many tokens it usually has: a word in a short name says more than one in a long text.
FIELDS = {"name": (10.0, 12), "terms": (4.0, 30), "summary": (3.0, 60), "body": (1.0, 250)}
_LENGTH_MATTERS = 0.6
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


def weights(fields: Mapping[str, str]) -> dict[str, float]:
    """BM25F with fixed usual lengths: tokens of each field, in 0…1. Fixed, because a stored entry must not
    depend on the other entries; how rare a token is comes in when the index is asked."""
    total: Counter[str] = Counter()
    for field, text in fields.items():
        weight, usual = FIELDS[field]
        counted = Counter(text_tokens(text, with_readings=field in SHORT_FIELDS))
        length = (1 - _LENGTH_MATTERS) + _LENGTH_MATTERS * counted.total() / usual
        for token, times in counted.items():
            total[token] += weight * times / length  # type: ignore[assignment]
    return {token: weight / (weight + _HALF_FULL) for token, weight in total.items()}


def pack(tokens: Mapping[str, float], terms: Iterable[str] = ()) -> bytes:
    """Sorted hashes (u64) and then their weights (u16): ten bytes a token. Terms weigh fully."""
    numbers = {hashed(token): weight for token, weight in tokens.items()}
    numbers.update({hashed("t" + term): 1.0 for term in terms})
    order = sorted(numbers)
    hashes = np.array(order, dtype="<u8")
    impacts = np.array([max(1, round(numbers[number] * FULL)) for number in order], dtype="<u2")
    return hashes.tobytes() + impacts.tobytes()


def unpack(blob: bytes) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]]:
    count = len(blob) // 10
    return np.frombuffer(blob, "<u8", count), np.frombuffer(blob, "<u2", count, count * 8)
