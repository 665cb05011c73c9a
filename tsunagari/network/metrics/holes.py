"""Structural holes (Burt): who reaches separate circles, and who stands in one."""

from tsunagari.network.metrics.graphs import Graph


def effective_sizes(graph: Graph) -> list[tuple[float, float] | None]:
    """For each node (effective size, efficiency): d − 2t/d, t = ties among its neighbours. None for isolates."""
    neighbours, inside = graph.neighbours, [0] * graph.n
    for a, b in graph.ties:
        for node in neighbours[a] & neighbours[b]:
            inside[node] += 1
    return [(d - 2 * t / d, 1 - 2 * t / d / d) if d else None for d, t in zip(graph.degrees, inside, strict=True)]


def constraints(graph: Graph) -> list[float | None]:
    """Burt 2004: Σ_j (p_ij + Σ_q p_iq p_qj)² over neighbours j, p = equal shares. Low: bridges holes. None: isolate."""
    neighbours = graph.neighbours
    shares = [1 / d if d else 0.0 for d in graph.degrees]
    sums = [0.0] * graph.n
    for a, b in graph.ties:
        through = sum(shares[q] for q in neighbours[a] & neighbours[b])
        sums[a] += (shares[a] * (1 + through)) ** 2
        sums[b] += (shares[b] * (1 + through)) ** 2
    return [one if d else None for one, d in zip(sums, graph.degrees, strict=True)]
