"""What entries mean, as vectors of length one, and which lie nearest to a question."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
DIMENSIONS = 384
_DEEP = 600
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Vectors:
    """`rows` (n, 384) of those entries that have been encoded, `owners` their ordinals. Four bytes a number: making
    two-byte numbers wide for each question takes three times as long as the comparison itself."""

    rows: Matrix
    owners: npt.NDArray[np.int32]

    @classmethod
    def of(cls, blobs: Sequence[bytes], first: int = 0) -> "Vectors":
        """From stored vectors (384 × float16, or empty) of entries whose ordinals begin at `first`."""
        owners = [at for at, blob in enumerate(blobs, first) if len(blob) == DIMENSIONS * 2]
        joined = b"".join(blob for blob in blobs if len(blob) == DIMENSIONS * 2)
        rows = np.frombuffer(joined, "<f2").reshape(-1, DIMENSIONS)
        return cls(rows.astype(np.float32), np.array(owners, np.int32))

    def near(self, question: Matrix, allowed: Flags) -> tuple[npt.NDArray[np.int32], Matrix]:
        """The allowed entries that have a vector, and how near each is."""
        at = np.flatnonzero(allowed[self.owners])
        rows = self.rows if len(at) * 2 > len(self.rows) else self.rows[at]
        near = rows @ question
        return self.owners[at], near if rows is not self.rows else near[at]


class Nearness:
    """The nearest entries of one snapshot, and from memory those of the last questions, whatever the filters."""

    def __init__(self, parts: Sequence[Vectors], living: Flags, places: npt.NDArray[np.int64]) -> None:
        """`places` settle who comes first among equals: higher does."""
        self._parts, self._living, self._places = parts, living, places
        self._known: OrderedDict[bytes, list[int]] = OrderedDict()

    def nearest(self, question: Matrix, allowed: Flags, count: int) -> list[int]:
        """The ordinals of the nearest allowed entries, nearest first. Always some: closeness has no threshold,
        since a nearest answer that is far is still better than none. All vectors are compared only for a question
        that is new or filtered narrowly."""
        key = hashlib.blake2b(question.tobytes(), digest_size=16).digest()
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compare(question, self._living, _DEEP)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        found = [ordinal for ordinal in known if allowed[ordinal]][:count]
        enough = len(found) == count or len(known) < _DEEP
        return found if enough else self._compare(question, allowed, count)

    def _compare(self, question: Matrix, allowed: Flags, count: int) -> list[int]:
        pairs = [part.near(question, allowed) for part in self._parts]
        owners = np.concatenate([found for found, _ in pairs])
        # The last digits depend on where a row stands in its block: without them order is the same everywhere.
        near = np.round(np.concatenate([closeness for _, closeness in pairs]), 5)
        if len(owners) > count:
            best = np.flatnonzero(near >= np.partition(near, len(near) - count)[len(near) - count])
            owners, near = owners[best], near[best]
        return owners[np.lexsort((-self._places[owners], -near))][:count].tolist()  # type: ignore[no-any-return]
