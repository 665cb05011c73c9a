"""Missing answers: "unknown" is not "no tie". Coverage, and what scores would be at least and at most."""

from dataclasses import dataclass

from tsunagari.network.metrics.graphs import Graph, Network
from tsunagari.network.metrics.sectors import openness
from tsunagari.network.metrics.shape import breaks, density, share

ENOUGH = 0.6  # below this share of answers only coverage and in-degree are shown

Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`answered` of `n`; `enough`: more than coverage and in-degree may be shown. Bounds are (lowest, highest)."""

    n: int
    answered: int
    share: float | None
    enough: bool
    respondents_density: float | None
    unknown_pairs: int
    density: Bounds
    openness: Bounds
    components: tuple[int, int]
    isolates: tuple[int, int]
    reciprocity_arcs: float | None
    reciprocity_ties: float | None


def reciprocity(network: Network) -> tuple[float | None, float | None]:
    """Mutual arcs over arcs, and mutual ties over ties; only pairs of which both answered."""
    silent = network.silent
    arcs = {(a, b) for a, b in network.arcs if a not in silent and b not in silent}
    mutual = sum((b, a) in arcs for a, b in arcs)
    ties = {(min(pair), max(pair)) for pair in arcs}
    return share(mutual, len(arcs)), share(mutual // 2, len(ties))


def _unknown(network: Network) -> list[tuple[int, int]]:
    """Pairs without an observed tie of which one did not answer."""
    silent, neighbours = network.silent, network.any.neighbours
    found = set()
    for node in silent:
        for other in range(network.n):
            if other != node and other not in neighbours[node]:
                found.add((min(node, other), max(node, other)))
    return sorted(found)


def coverage(network: Network) -> Coverage:
    """How much was answered, and what the missing answers leave open."""
    n, silent = network.n, network.silent
    answered = n - len(silent)
    said = sum(a not in silent for a, _ in network.arcs)
    unknown = _unknown(network)
    full = Graph(n, tuple(sorted((*network.any.ties, *unknown)))) if unknown else network.any
    arcs, ties = reciprocity(network)
    return Coverage(
        n=n,
        answered=answered,
        share=share(answered, n),
        enough=bool(n) and answered >= ENOUGH * n,
        respondents_density=share(said, answered * (n - 1)) if n > 1 else None,
        unknown_pairs=len(unknown),
        density=(density(network.any), density(full)),
        openness=_openness(network, unknown),
        components=(len(breaks(full).components), len(breaks(network.any).components)),
        isolates=(full.degrees.count(0), network.any.degrees.count(0)),
        reciprocity_arcs=arcs,
        reciprocity_ties=ties,
    )


def _openness(network: Network, unknown: list[tuple[int, int]]) -> Bounds:
    """E-I if every unknown pair inside a sector were a tie, and if every one across were."""
    seen = openness(network, network.any)
    inside = sum(network.sectors[a] == network.sectors[b] for a, b in unknown)
    across = len(unknown) - inside
    low = share(seen.external - seen.internal - inside, seen.external + seen.internal + inside)
    high = share(seen.external + across - seen.internal, seen.external + across + seen.internal)
    return low, high
