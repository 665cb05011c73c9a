"""What a sentence is about, by the everyday phrases of each term: the nearest phrases vote for their terms.

This works when no entry says it in similar words, and in all languages alike. The phrases are encoded once
(`finder.taxonomies.write_senses`) and kept as one signed byte per number; a phrase not in the file has no vote."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.meaning import Meaning
from tsunagari.directory.search.vectors import DIMENSIONS, Matrix
from tsunagari.directory.search.words import fold, hashed

VOTES = 3  # the nearest phrases of a term that count
KINDS = 6  # terms that a sentence can stand for
FIRST, NEXT = 6.0, 0.8  # weight of the nearest term, and what each further one has of it
_SCALE = 127.0
_REMEMBERED = 256


class Senses:
    """Phrases of terms as vectors; rows of one term stand together."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], path: Path) -> None:
        hashes, vectors = _read(path)
        at = {int(key): row for row, key in enumerate(hashes.tolist())}
        rows = {
            term: list(dict.fromkeys(at[key] for text in texts if (key := hashed(fold(text))) in at))
            for term, texts in phrases.items()
        }
        self.terms = tuple(term for term, found in rows.items() if len(found) >= VOTES)
        picked = [row for term in self.terms for row in rows[term]]
        self._starts = np.cumsum([0, *(len(rows[term]) for term in self.terms)])
        self._answered: dict[bytes, dict[str, float]] = {}
        self._matrix = vectors[picked].astype(np.float32) / _SCALE

    def about(self, question: Matrix) -> dict[str, float]:
        """The terms nearest to a question, with falling weights. Ranks, not closeness: that has no fixed scale."""
        if not self.terms:
            return {}
        key = question.tobytes()
        if key not in self._answered:
            if len(self._answered) >= _REMEMBERED:
                self._answered.clear()
            self._answered[key] = self._vote(question)
        return self._answered[key]

    def _vote(self, question: Matrix) -> dict[str, float]:
        near = self._matrix @ question
        pairs = zip(self._starts[:-1], self._starts[1:], strict=True)
        votes = np.array([np.partition(near[low:high], -VOTES)[-VOTES:].mean() for low, high in pairs])
        best = np.lexsort((np.arange(len(votes)), -votes))[:KINDS]
        return {self.terms[term]: FIRST * NEXT**place for place, term in enumerate(best.tolist())}


def write(phrases: Iterable[str], path: Path, meaning: Meaning) -> int:
    """Encode phrases and write them; those that the file has already are kept. Says how many were new."""
    hashes, vectors = _read(path)
    known = dict(zip(hashes.tolist(), vectors, strict=True))
    wanted = {hashed(fold(text)): text for text in phrases}
    new = [(key, text) for key, text in sorted(wanted.items()) if key not in known]
    for start in range(0, len(new), 64):
        some = new[start : start + 64]
        rows = meaning.passage([text for _, text in some])
        for (key, _), row in zip(some, rows, strict=True):
            known[key] = np.round(row.astype(np.float32) * _SCALE).astype(np.int8)
    _store(sorted(wanted), known, path)
    return len(new)


def _store(keys: Sequence[int], known: Mapping[int, npt.NDArray[np.int8]], path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.array(keys, np.uint64), allow_pickle=False)
        np.save(file, np.stack([known[key] for key in keys]), allow_pickle=False)


def _read(path: Path) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int8]]:
    try:
        with path.open("rb") as file:
            return np.load(file, allow_pickle=False), np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return np.zeros(0, np.uint64), np.zeros((0, DIMENSIONS), np.int8)
