"""What happened between organisations: trust as they rate it, who hosts, who met whom for the first time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

FEWEST_RATERS = 3

Ratings = Mapping[tuple[str, str], Sequence[int]]


def gini(values: Sequence[float]) -> float | None:
    """0: all the same, towards 1: one has everything. None where there is nothing to share."""
    total, n = sum(values), len(values)
    if not total:
        return None
    ranked = sum((2 * rank - n - 1) * one for rank, one in enumerate(sorted(values), 1))
    return ranked / (n * total)


def trust(ratings: Ratings) -> dict[str, dict[str, float | int | None]]:
    """PARTNER items: for each rated organisation the mean over raters of the mean of their items (1–4), and 0–100.

    `ratings`: (rater, rated) → items. Suppressed (None) below three raters; never a public ranking.
    """
    by_rated: dict[str, list[float]] = defaultdict(list)
    for (_, rated), items in sorted(ratings.items()):
        by_rated[rated].append(sum(items) / len(items))
    found: dict[str, dict[str, float | int | None]] = {}
    for rated, means in by_rated.items():
        shown = len(means) >= FEWEST_RATERS
        mean = sum(means) / len(means)
        found[rated] = {
            "raters": len(means),
            "mean": mean if shown else None,
            "score": (mean - 1) / 3 * 100 if shown else None,
        }
    return found


def asymmetry(ratings: Ratings, one: str, other: str) -> float | None:
    """How much more the one trusts the other than the reverse: for a private conversation only."""
    there, back = ratings.get((one, other)), ratings.get((other, one))
    return sum(there) / len(there) - sum(back) / len(back) if there and back else None


def together(events: Iterable[Iterable[str]]) -> dict[tuple[str, str], float]:
    """Newman: Σ over shared events of 1/(guests−1). A big event says little; no relation until both confirm it."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for guests in events:
        names = sorted(set(guests))
        for pair in combinations(names, 2):
            weights[pair] += 1 / (len(names) - 1)
    return dict(weights)


def first_meetings(events: Iterable[Iterable[str]]) -> list[int]:
    """For each event in order, how many pairs were together for the first time: 「顔の見える関係」 as a number."""
    met: set[tuple[str, str]] = set()
    counts = []
    for guests in events:
        pairs = set(combinations(sorted(set(guests)), 2))
        counts.append(len(pairs - met))
        met |= pairs
    return counts
