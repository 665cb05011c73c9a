"""Which entries a filter lets through, as one bitmap each, and how many entries each value of a filter would give."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.columns import Bits, Columns, chord_within, kilometres, packed, unit
from tsunagari.directory.search.moments import OFFSET, Moment

Squares = npt.NDArray[np.float64]
ALL_OF = "feature"


@dataclass(frozen=True, slots=True)
class Filters:
    """`terms`: by taxonomy the codes asked for. One of them suffices (worries, audiences, areas …), except for
    features, which must all be there. `near` is (lat, lon); `km` None only sorts by distance."""

    terms: Mapping[str, tuple[str, ...]]
    moment: Moment | None = None
    near: tuple[float, float] | None = None
    km: float | None = None


class Sieve:
    """Filters over the columns of one snapshot."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._rows = {name: at for at, name in enumerate(columns.names)}
        groups: dict[str, list[int]] = {}
        for name, at in self._rows.items():
            groups.setdefault(name.partition(":")[0], []).append(at)
        self.groups = {group: np.array(rows) for group, rows in groups.items()}
        self._alive: tuple[int, Bits] = (-1, self.nothing())

    def nothing(self) -> Bits:
        return np.zeros(self.columns.size // 64, np.uint64)

    def alive(self, now: int) -> Bits:
        """Entries that have not left. Asked for each query, answered once a minute."""
        minute = now // 60
        if self._alive[0] != minute:
            self._alive = (minute, packed(self.columns.until > now))
        return self._alive[1]

    def row(self, name: str) -> Bits | None:
        at = self._rows.get(name)
        return None if at is None else self.columns.terms[at]

    def group(self, taxonomy: str, codes: tuple[str, ...]) -> Bits:
        rows = [self.row(f"{taxonomy}:{code}") for code in codes]
        if taxonomy == ALL_OF:
            return self.nothing() if None in rows else np.bitwise_and.reduce([r for r in rows if r is not None])
        known = [row for row in rows if row is not None]
        return np.bitwise_or.reduce(known) if known else self.nothing()

    def moment(self, moment: Moment) -> Bits:
        """Open in one of the hours and not closed that day, or with a date in the span."""
        columns = self.columns
        open_then = np.bitwise_or.reduce(columns.week[list(moment.hours)]) if moment.hours else self.nothing()
        if moment.day is not None:
            low, high = np.searchsorted(columns.closed[:, 0], (moment.day, moment.day + 1))
            if high > low:
                open_then = open_then & ~self._owners(columns.closed[low:high, 1])
        low, high = np.searchsorted(columns.dates[:, 0], (moment.start, moment.end))
        running = columns.dates[:low]
        owners = np.concatenate([
            columns.dates[low:high][_suits(columns.dates[low:high, 0], moment), 2],
            running[running[:, 1] > moment.start][:, 2] if moment.from_hour is None and moment.weekdays is None
            else running[:0, 2],
        ])  # fmt: skip
        return open_then | self._owners(owners) if len(owners) else open_then

    def squares(self, near: tuple[float, float]) -> Squares:
        """Squared chord from `near` to the nearest spot of each entry; infinite for entries without a spot."""
        columns = self.columns
        found = np.full(columns.size, np.inf)
        if len(columns.spots):
            offset = columns.spots - unit([near[0]], [near[1]])
            np.minimum.at(found, columns.spot_owners, np.einsum("ij,ij->i", offset, offset))
        return found

    def parts(self, filters: Filters, squares: Squares | None) -> dict[str, Bits]:
        """One bitmap per filter that is set."""
        parts = {taxonomy: self.group(taxonomy, codes) for taxonomy, codes in filters.terms.items() if codes}
        if filters.moment is not None:
            parts["when"] = self.moment(filters.moment)
        if squares is not None and filters.km is not None:
            parts["near"] = packed(squares <= chord_within(filters.km))
        return parts

    def counts(self, base: Bits, parts: Mapping[str, Bits]) -> dict[str, int]:
        """How many entries each value has: on the result, except that a filter of which one value suffices is
        counted as if it were not set, since another value would be taken instead."""
        everything = _all(base, parts)
        numbers = np.bitwise_count(self.columns.terms & everything).sum(axis=1, dtype=np.int64)
        for taxonomy in parts:
            if taxonomy in self.groups and taxonomy != ALL_OF:
                rows = self.groups[taxonomy]
                others = _all(base, {name: bits for name, bits in parts.items() if name != taxonomy})
                numbers[rows] = np.bitwise_count(self.columns.terms[rows] & others).sum(axis=1)
        return {name: n for name, n in zip(self.columns.names, numbers.tolist(), strict=True) if n}

    def _owners(self, ordinals: npt.NDArray[np.int64]) -> Bits:
        flags = np.zeros(self.columns.size, np.uint8)
        flags[ordinals] = 1
        return packed(flags)


def _all(base: Bits, parts: Mapping[str, Bits]) -> Bits:
    return reduce(np.bitwise_and, parts.values(), base)


def _suits(starts: npt.NDArray[np.int64], moment: Moment) -> npt.NDArray[np.bool_]:
    hours = (starts + OFFSET) // 3600
    suits = np.ones(len(starts), np.bool_)
    if moment.from_hour is not None:
        suits &= hours % 24 >= moment.from_hour
    if moment.weekdays is not None:
        suits &= np.isin((hours // 24 + 3) % 7, list(moment.weekdays))  # 1 January 1970 was a Thursday
    return suits


def distances(squares: Squares) -> Squares:
    return kilometres(squares)
