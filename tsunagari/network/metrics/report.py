"""Everything about one wave as plain numbers, ready to be stored or printed; None where a score is not defined."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from tsunagari.network.metrics import holes, missing, sectors, shape, waves
from tsunagari.network.metrics.graphs import Graph, Network
from tsunagari.network.metrics.people import gini
from tsunagari.network.metrics.sectors import ROLES


def report(network: Network, before: Network | None = None) -> dict[str, Any]:
    """All measures of NETWORK_METRICS that ties alone give, by name; with the wave before, also what changed.

    Below 60 % of answers only coverage and in-degree are said.
    """
    covered = missing.coverage(network)
    head = {"n": network.n, "graph": "any", "coverage": _coverage(covered), "in_degree": _in_degree(network)}
    if not covered.enough and network.n:
        return head
    graph = network.any
    broken = shape.breaks(graph)
    found = {
        **head,
        "ties": {"any": len(graph.ties), "mutual": len(network.mutual.ties), "arcs": len(network.arcs)},
        "density": _densities(network),
        "mean_degree": shape.mean_degree(graph),
        "degree_centralization": _centralizations(network),
        **_between(network, graph),
        "reciprocity": {"arcs": covered.reciprocity_arcs, "ties": covered.reciprocity_ties},
        "ei": _openness(network, graph),
        **_breaks(network, broken),
        "without_host": without_host(network),
        **_circles(network, graph),
        "brokerage": _brokerage(network),
        "transitivity": shape.transitivity(graph),
        "degree_gini": gini(graph.degrees),
    }
    return found | ({"change": asdict(waves.change(before, network))} if before else {})


def _coverage(covered: missing.Coverage) -> dict[str, Any]:
    said = asdict(covered)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def _named(network: Network, values: Iterable[Any]) -> dict[str, Any]:
    return {network.name(node): value for node, value in enumerate(values)}


def _in_degree(network: Network) -> dict[str, int]:
    counts = [0] * network.n
    for _, named in network.arcs:
        counts[named] += 1
    return _named(network, counts)


def _densities(network: Network) -> dict[str, float | None]:
    directed = shape.share(len(network.arcs), network.n * (network.n - 1))
    return {"any": shape.density(network.any), "mutual": shape.density(network.mutual), "directed": directed}


def _centralizations(network: Network) -> dict[str, float | None]:
    n = network.n
    out = [0] * n
    for naming, _ in network.arcs:
        out[naming] += 1
    into = list(_in_degree(network).values())
    most = (n - 1) ** 2 if n > 1 else 0
    return {
        "any": shape.degree_centralization(network.any),
        "mutual": shape.degree_centralization(network.mutual),
        "in": shape.centralization(into, most),
        "out": shape.centralization(out, most),
    }


def _between(network: Network, graph: Graph) -> dict[str, Any]:
    values = shape.betweenness(graph)
    if values is None:
        return {"betweenness": None, "betweenness_centralization": None}
    total = shape.centralization(values, network.n - 1)
    return {"betweenness": _named(network, values), "betweenness_centralization": total}


def _openness(network: Network, graph: Graph) -> dict[str, Any]:
    found = asdict(sectors.openness(network, graph))
    parts = {
        name: {"external": out, "internal": own, "index": index}
        for name, (out, own, index) in found.pop("by_sector").items()
    }
    return found | {"by_sector": parts}


def _breaks(network: Network, broken: shape.Breaks) -> dict[str, Any]:
    name = network.name
    sizes = [len(one) for one in broken.components]
    return {
        "isolates": [name(one[0]) for one in broken.components if len(one) == 1],
        "components": [[name(node) for node in one] for one in broken.components],
        "articulation_points": [name(node) for node in broken.articulation],
        "bridges": [[name(a), name(b)] for a, b in broken.bridges],
        "fragmentation": shape.fragmentation(sizes),
        "fragmentation_without": {name(node): value for node, value in shape.fragmentation_without(broken).items()},
    }


def without_host(network: Network) -> dict[str, Any] | None:
    """The network without its secretariat, the best single test of 水平的連携. None where nobody is the host."""
    if not network.hosts:
        return None
    rest, old = network.any.without(network.hosts)
    broken = shape.breaks(rest)
    touching = len(network.any.ties) - len(rest.ties)
    return {
        "hosts": sorted(network.name(node) for node in network.hosts),
        "ties": len(rest.ties),
        "density": shape.density(rest),
        "components": [[network.name(old[node]) for node in one] for one in broken.components],
        "degree_centralization": shape.degree_centralization(rest),
        "share_of_ties_touching": shape.share(touching, len(network.any.ties)),
    }


def _circles(network: Network, graph: Graph) -> dict[str, Any]:
    sizes = holes.effective_sizes(graph)
    return {
        "effective_size": _named(network, (one[0] if one else None for one in sizes)),
        "efficiency": _named(network, (one[1] if one else None for one in sizes)),
        "constraint": _named(network, holes.constraints(graph)),
    }


def _brokerage(network: Network) -> dict[str, dict[str, int]]:
    found = sectors.brokerage(network)
    return {network.name(node): {role: roles[role] for role in ROLES} for node, roles in found.items()}
