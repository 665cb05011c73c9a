"""What entries mean, as vectors of length one, and which lie nearest to a question."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
DIMENSIONS = 384
_BLOCK = 2048  # rows made wide at a time: they stay in the processor's cache
_DEEP = 600
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Vectors:
    """`rows` (n, 384) float16 of those entries that have been encoded, `owners` their ordinals."""

    rows: npt.NDArray[np.float16]
    owners: npt.NDArray[np.int32]

    @classmethod
    def of(cls, blobs: Sequence[bytes], first: int = 0) -> "Vectors":
        owners = [at for at, blob in enumerate(blobs, first) if len(blob) == DIMENSIONS * 2]
        joined = b"".join(blob for blob in blobs if len(blob) == DIMENSIONS * 2)
        rows = np.frombuffer(joined, "<f2").reshape(-1, DIMENSIONS)
        return cls(rows, np.array(owners, np.int32))

    def joined(self, blobs: Sequence[bytes], first: int) -> "Vectors":
        more = Vectors.of(blobs, first)
        if not len(more.owners):
            return self
        return Vectors(np.concatenate([self.rows, more.rows]), np.concatenate([self.owners, more.owners]))

    def nearest(self, question: Matrix, allowed: npt.NDArray[np.bool_], count: int) -> list[int]:
        """The ordinals of the nearest allowed entries, nearest first. Always some: closeness has no threshold,
        since a nearest answer that is far is still better than none."""
        at = np.flatnonzero(allowed[self.owners])
        if not len(at):
            return []
        rows = self.rows if len(at) == len(self.rows) else self.rows[at]
        blocks = [rows[low : low + _BLOCK].astype(np.float32) @ question for low in range(0, len(rows), _BLOCK)]
        near = np.concatenate(blocks)
        if len(at) > count:
            best = np.argpartition(near, len(near) - count)[len(near) - count :]
            at, near = at[best], near[best]
        order = np.lexsort((self.owners[at], -near))
        return self.owners[at[order]].tolist()  # type: ignore[no-any-return]


class Nearness:
    """The nearest entries of the last questions, whatever the filters: most questions are answered from these."""

    def __init__(self, vectors: Vectors, living: npt.NDArray[np.bool_]) -> None:
        self._vectors, self._living = vectors, living
        self._known: OrderedDict[bytes, list[int]] = OrderedDict()

    def nearest(self, question: Matrix, allowed: npt.NDArray[np.bool_], count: int) -> list[int]:
        """As `Vectors.nearest`; scans all vectors only for a question that is new or filtered narrowly."""
        key = hashlib.blake2b(question.tobytes(), digest_size=16).digest()
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._vectors.nearest(question, self._living, _DEEP)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        found = [ordinal for ordinal in known if allowed[ordinal]][:count]
        enough = len(found) == count or len(known) < _DEEP
        return found if enough else self._vectors.nearest(question, allowed, count)
