"""Two waves beside each other: ties that formed, held, and dissolved."""

from dataclasses import dataclass

from tsunagari.network.metrics.graphs import Network
from tsunagari.network.metrics.shape import share


@dataclass(frozen=True, slots=True)
class Change:
    """Ties ("any") by name. `jaccard`: kept over all; None where no tie was in either wave. `across`: of those that
    formed, between sectors."""

    kept: list[tuple[str, str]]
    formed: list[tuple[str, str]]
    dissolved: list[tuple[str, str]]
    jaccard: float | None
    across: int


def change(before: Network, after: Network) -> Change:
    """Only organisations of both waves count: who came or left did not break a tie."""
    both = before.number.keys() & after.number.keys()
    old, new = _ties(before, both), _ties(after, both)
    kept, formed, dissolved = sorted(old & new), sorted(new - old), sorted(old - new)
    sector = {one.id: one.sector for one in after.organizations}
    across = sum(sector[a] != sector[b] for a, b in formed)
    return Change(kept, formed, dissolved, share(len(kept), len(old | new)), across)


def _ties(network: Network, known: set[str]) -> set[tuple[str, str]]:
    names = ((network.name(a), network.name(b)) for a, b in network.any.ties)
    return {(min(a, b), max(a, b)) for a, b in names if a in known and b in known}
