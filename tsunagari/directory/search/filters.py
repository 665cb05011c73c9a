"""Which entries a filter lets through, as one bitmap each, and how many entries each value of a filter would give."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.columns import Bits, Columns, chord_within, packed, unit
from tsunagari.directory.search.moments import OFFSET, TOKYO, Moment, moment

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
        self._placed, self._first_spots = np.unique(columns.spot_owners, return_index=True)
        self._spots = np.ascontiguousarray(columns.spots.T)
        self._alive: tuple[int, Bits] = (-1, self.nothing())
        self._usual: tuple[int, dict[str, Bits]] = (-1, {})
        self._owned = columns.dates[np.lexsort((columns.dates[:, 0], columns.dates[:, 2]))]

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
        known = [row for code in codes if (row := self.row(f"{taxonomy}:{code}")) is not None]
        if not known or (taxonomy == ALL_OF and len(known) < len(codes)):
            return self.nothing()
        found: Bits = np.bitwise_and.reduce(known) if taxonomy == ALL_OF else np.bitwise_or.reduce(known)
        return found

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

    def usual(self, now: int) -> dict[str, Bits]:
        """The bitmaps of the times most asked for, made once a minute; "open" is open at this very moment."""
        minute = now // 60
        if self._usual[0] != minute:
            at = datetime.fromtimestamp(now, TOKYO)
            moments = {f"when:{when}": moment(when, at) for when in ("now", "today", "evening", "weekend")}
            moments["open"] = Moment((at.weekday() * 24 + at.hour,), now, now + 1, at.toordinal())
            self._usual = (minute, {name: self.moment(m) for name, m in moments.items() if m is not None})
        return self._usual[1]

    def next_dates(self, ordinals: Sequence[int], now: int) -> dict[int, int]:
        """The next date of each entry that has one: its start, the one going on included."""
        owners = self._owned[:, 2]
        lows, highs = owners.searchsorted(ordinals), owners.searchsorted(ordinals, side="right")
        found: dict[int, int] = {}
        for ordinal, low, high in zip(ordinals, lows.tolist(), highs.tolist(), strict=True):
            for start, end, _ in self._owned[low:high].tolist():
                if end > now:
                    found[ordinal] = start
                    break
        return found

    def having(self, terms: Iterable[str], ordinals: Sequence[int]) -> dict[str, list[bool]]:
        """For each known term whether each of these entries has it."""
        rows = {term: row for term in terms if (row := self.row(term)) is not None}
        return {term: self.having_bits(row, ordinals) for term, row in rows.items()}

    def having_bits(self, bits: Bits, ordinals: Sequence[int]) -> list[bool]:
        at = np.asarray(ordinals, np.int64)
        found = (bits[at >> 6] >> (at & 63).astype(np.uint64)) & np.uint64(1)
        return found.astype(np.bool_).tolist()  # type: ignore[no-any-return]

    def squares(self, near: tuple[float, float]) -> Squares:
        """Squared chord from `near` to the nearest spot of each entry; infinite for entries without a spot."""
        found = np.full(self.columns.size, np.inf)
        if len(self._placed):
            x, y, z = unit([near[0]], [near[1]])[0]
            dx, dy, dz = self._spots[0] - x, self._spots[1] - y, self._spots[2] - z
            squares = dx * dx + dy * dy + dz * dz
            several = len(self._placed) < len(squares)
            found[self._placed] = np.minimum.reduceat(squares, self._first_spots) if several else squares
        return found

    def parts(self, filters: Filters, squares: Squares | None) -> dict[str, Bits]:
        """One bitmap per filter that is set."""
        parts = {taxonomy: self.group(taxonomy, codes) for taxonomy, codes in filters.terms.items() if codes}
        if filters.moment is not None:
            parts["when"] = self.moment(filters.moment)
        if squares is not None and filters.km is not None:
            parts["near"] = packed(squares <= chord_within(filters.km))
        return parts

    def counts(self, base: Bits, parts: Mapping[str, Bits], now: int) -> dict[str, int]:
        """How many entries each value has: on the result, except that a filter of which one value suffices is
        counted as if it were not set, since another value would be taken instead."""
        everything = _all(base, parts)
        numbers = np.bitwise_count(self.columns.terms & everything).sum(axis=1, dtype=np.int64)
        for taxonomy in parts:
            if taxonomy in self.groups and taxonomy != ALL_OF:
                rows = self.groups[taxonomy]
                others = _all(base, {name: bits for name, bits in parts.items() if name != taxonomy})
                numbers[rows] = np.bitwise_count(self.columns.terms[rows] & others).sum(axis=1)
        found = {name: n for name, n in zip(self.columns.names, numbers.tolist(), strict=True) if n}
        timeless = _all(base, {name: bits for name, bits in parts.items() if name != "when"})
        for name, bits in self.usual(now).items():
            if name != "open" and (n := int(np.bitwise_count(timeless & bits).sum())):
                found[name] = n
        return found

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
