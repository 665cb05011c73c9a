"""What is known of each entry besides its words, column by column, so that a filter is one step over all entries.

Yes/no columns are bitmaps: bit i of a row stands for the entry with ordinal i. Joining two blocks needs no shifting,
because each block is filled up to a multiple of 64 with ordinals that stand for nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.entries import Entry

Bits = npt.NDArray[np.uint64]
_RADIUS_KM = 6371.0088
HOURS = 168


@dataclass(frozen=True, slots=True)
class Columns:
    """`until` is -1 for ordinals that stand for nobody. `spots` are unit vectors of points in order of their owner;
    `dates` (start, end, owner) are sorted by start, `closed` (day, owner) by day."""

    ids: npt.NDArray[np.bytes_]
    fresh: npt.NDArray[np.int64]
    until: npt.NDArray[np.int64]
    stamps: npt.NDArray[np.int64]
    names: tuple[str, ...]
    terms: Bits
    week: Bits
    spots: npt.NDArray[np.float64]
    spot_owners: npt.NDArray[np.int32]
    dates: npt.NDArray[np.int64]
    closed: npt.NDArray[np.int64]

    @property
    def size(self) -> int:
        return len(self.until)

    @classmethod
    def of(cls, entries: Sequence[Entry], names: Iterable[str] = ()) -> "Columns":
        """A block of entries. `names` are terms whose rows come first, also when no entry has them."""
        size = -(-max(len(entries), 1) // 64) * 64
        ordered = list(dict.fromkeys([*names, *sorted({term for entry in entries for term in entry.terms})]))
        weeks = np.zeros((size, 21), np.uint8)
        for ordinal, entry in enumerate(entries):
            weeks[ordinal] = np.frombuffer(entry.week, np.uint8)
        spots = [(o, lat, lon) for o, entry in enumerate(entries) for lat, lon in entry.points]
        return cls(
            ids=_filled([entry.id.encode() for entry in entries], size, "S36", b""),
            fresh=_filled([entry.fresh for entry in entries], size, np.int64, 0),
            until=_filled([entry.until for entry in entries], size, np.int64, -1),
            stamps=_filled([entry.stamp for entry in entries], size, np.int64, 0),
            names=tuple(ordered),
            terms=_term_rows(entries, ordered, size),
            week=packed(np.unpackbits(weeks, axis=1, bitorder="little").T),
            spots=unit([lat for _, lat, _ in spots], [lon for _, _, lon in spots]),
            spot_owners=np.array([o for o, _, _ in spots], np.int32),
            dates=_sorted([(s, e, o) for o, entry in enumerate(entries) for s, e in entry.dates], 3),
            closed=_sorted([(day, o) for o, entry in enumerate(entries) for day in entry.closed], 2),
        )

    def joined(self, other: "Columns") -> "Columns":
        """Both blocks as one; `other` must name its terms in the order of ours (and may add new ones)."""
        grown = np.zeros((len(other.names), self.size // 64), np.uint64)
        grown[: len(self.names)] = self.terms
        dates, closed = other.dates.copy(), other.closed.copy()
        dates[:, -1] += self.size
        closed[:, -1] += self.size
        return Columns(
            ids=np.concatenate([self.ids, other.ids]),
            fresh=np.concatenate([self.fresh, other.fresh]),
            until=np.concatenate([self.until, other.until]),
            stamps=np.concatenate([self.stamps, other.stamps]),
            names=other.names,
            terms=np.hstack([grown, other.terms]),
            week=np.hstack([self.week, other.week]),
            spots=np.concatenate([self.spots, other.spots]),
            spot_owners=np.concatenate([self.spot_owners, other.spot_owners + np.int32(self.size)]),
            dates=_ordered(np.concatenate([self.dates, dates])),
            closed=_ordered(np.concatenate([self.closed, closed])),
        )

    def without(self, ordinals: Sequence[int]) -> "Columns":
        """The same, where some ordinals now stand for nobody."""
        until = self.until.copy()
        until[list(ordinals)] = -1
        return replace(self, until=until)


def packed(flags: npt.NDArray[np.uint8] | npt.NDArray[np.bool_]) -> Bits:
    """Flags (…, n) as bitmaps (…, n/64), n a multiple of 64."""
    bits = np.packbits(np.ascontiguousarray(flags), axis=-1, bitorder="little")
    return bits.view(np.uint64)


def unpacked(bits: Bits) -> npt.NDArray[np.bool_]:
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def unit(lats: Sequence[float], lons: Sequence[float]) -> npt.NDArray[np.float64]:
    """Points as unit vectors (3, n): the chord between two of them gives their distance without trigonometry."""
    lat, lon = np.radians(np.array(lats, np.float64)), np.radians(np.array(lons, np.float64))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def kilometres(squared_chord: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Haversine's distance from the squared chord of unit vectors."""
    return 2 * _RADIUS_KM * np.arcsin(np.minimum(np.sqrt(squared_chord) / 2, 1.0))


def chord_within(km: float) -> float:
    """The squared chord that `km` on the ground corresponds to."""
    return float((2 * np.sin(min(km / _RADIUS_KM, np.pi) / 2)) ** 2)


def _filled(values: Sequence[object], size: int, kind: object, empty: object) -> npt.NDArray:  # type: ignore[type-arg]
    column = np.full(size, empty, dtype=kind)  # type: ignore[call-overload]
    column[: len(values)] = values
    return column  # type: ignore[no-any-return]


def _term_rows(entries: Sequence[Entry], names: Sequence[str], size: int) -> Bits:
    row = {name: at for at, name in enumerate(names)}
    flags = np.zeros((len(names), size), np.uint8)
    for ordinal, entry in enumerate(entries):
        flags[[row[term] for term in entry.terms], ordinal] = 1
    return packed(flags)


def _sorted(rows: Sequence[tuple[int, ...]], width: int) -> npt.NDArray[np.int64]:
    return _ordered(np.array(rows, np.int64).reshape(-1, width))


def _ordered(table: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return table[np.argsort(table[:, 0], kind="stable")] if len(table) else table
