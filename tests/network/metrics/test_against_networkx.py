"""500 random networks, measured by us and by networkx."""

import math
import random

import networkx as nx
import pytest

from tsunagari.network.metrics import Network, Organization, holes, report, shape
from tsunagari.network.metrics.missing import reciprocity

NETWORKS = 500


def _random(seed: int) -> Network:
    dice = random.Random(seed)
    names = [str(n) for n in range(dice.randrange(3, 18))]
    dense = dice.choice((0.02, 0.05, 0.1, 0.3, 0.7))
    arcs = [(a, b) for a in names for b in names if a != b and dice.random() < dense]
    return Network([Organization(one, dice.choice("pqrs")) for one in names], arcs)


def _drawn(network: Network) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(network.n))
    graph.add_edges_from(network.any.ties)
    return graph


def _same(ours: list[float | None], theirs: list[float]) -> bool:
    pairs = zip(ours, theirs, strict=True)
    return all(math.isnan(b) if a is None else math.isclose(a, b, abs_tol=1e-9) for a, b in pairs)


@pytest.mark.parametrize("start", range(0, NETWORKS, 100))
def test_we_measure_what_networkx_measures(start: int) -> None:
    for seed in range(start, start + 100):
        network = _random(seed)
        graph, nodes = _drawn(network), range(network.n)
        theirs = nx.betweenness_centrality(graph)
        assert _same(shape.betweenness(network.any) or [], [theirs[n] for n in nodes]), seed
        theirs = nx.constraint(graph)
        assert _same(holes.constraints(network.any), [theirs[n] for n in nodes]), seed
        theirs = nx.effective_size(graph)
        ours = [one[0] if one else None for one in holes.effective_sizes(network.any)]
        assert _same(ours, [theirs[n] for n in nodes]), seed
        found = shape.breaks(network.any)
        assert found.articulation == sorted(nx.articulation_points(graph)), seed
        assert found.bridges == sorted((min(one), max(one)) for one in nx.bridges(graph)), seed
        assert sorted(found.components) == sorted(sorted(one) for one in nx.connected_components(graph)), seed
        for node, value in shape.fragmentation_without(found).items():
            rest = graph.subgraph(set(nodes) - {node})
            sizes = [len(one) for one in nx.connected_components(rest)]
            assert value == pytest.approx(shape.fragmentation(sizes) or 0), seed
        if shape.transitivity(network.any) is not None:
            assert shape.transitivity(network.any) == pytest.approx(nx.transitivity(graph)), seed
        arcs = nx.DiGraph(list(network.arcs))
        if network.arcs:
            assert reciprocity(network)[0] == pytest.approx(nx.overall_reciprocity(arcs)), seed
        assert report(network)["density"]["any"] == pytest.approx(nx.density(graph)), seed
