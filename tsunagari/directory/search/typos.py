"""What was probably meant by a word that no entry has: a word of a name or a term, one slip away."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.words import hashed

SHORTEST = 3
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Spellings:
    """Words that exist, and under the hash of each word with one letter missing the word's number: two words one
    slip apart share such a shortened form, so one look-up replaces comparing with every word."""

    texts: tuple[str, ...]
    often: npt.NDArray[np.int32]
    keys: npt.NDArray[np.uint64]
    owners: npt.NDArray[np.int32]

    @classmethod
    def of(cls, spoken: Iterable[Iterable[str]]) -> "Spellings":
        counted = Counter(word for words in spoken for word in words if SHORTEST <= len(word) <= LONGEST)
        texts = tuple(sorted(counted))
        pairs = [(hashed(form), at) for at, word in enumerate(texts) for form in _forms(word)]
        keys = np.array([key for key, _ in pairs], np.uint64)
        order = np.argsort(keys, kind="stable")
        owners = np.array([at for _, at in pairs], np.int32)
        often = np.array([counted[text] for text in texts], np.int32)
        return cls(texts, often, keys[order], owners[order])

    def meant(self, word: str) -> str | None:
        """The most usual word one slip away from `word` (a letter wrong, missing, too many or two swapped)."""
        if not SHORTEST <= len(word) <= LONGEST or not self.texts:
            return None
        wanted = np.array([hashed(form) for form in set(_forms(word))], np.uint64)
        lows, highs = self.keys.searchsorted(wanted), self.keys.searchsorted(wanted, side="right")
        near = {int(at) for low, high in zip(lows, highs, strict=True) for at in self.owners[low:high]}
        fits = [at for at in near if one_slip(word, self.texts[at])]
        return self.texts[min(fits, key=lambda at: (-int(self.often[at]), self.texts[at]))] if fits else None


def _forms(word: str) -> Iterator[str]:
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))


def one_slip(typed: str, real: str) -> bool:
    """True when one letter was changed, left out, added, or two neighbours were swapped."""
    if typed == real or abs(len(typed) - len(real)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, real, strict=False)) if a != b), min(len(typed), len(real)))
    rest, other = typed[start:], real[start:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    longer, shorter = (rest, other) if len(rest) > len(other) else (other, rest)
    return longer[1:] == shorter
