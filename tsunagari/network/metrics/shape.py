"""The shape of a network: how dense, how far it hangs on one, where it breaks."""

from dataclasses import dataclass

import rustworkx

from tsunagari.network.metrics.graphs import Graph


def share(part: float, whole: float) -> float | None:
    """part / whole; None when there is no whole."""
    return part / whole if whole else None


def density(graph: Graph) -> float | None:
    """Ties over possible ties, 0–1. None below two organisations."""
    return share(2 * len(graph.ties), graph.n * (graph.n - 1))


def mean_degree(graph: Graph) -> float | None:
    """Ties an organisation has on average; falls less with size than density does."""
    return share(2 * len(graph.ties), graph.n)


def centralization(values: list[int] | list[float], most: float) -> float | None:
    """Freeman: how far the sum of distances from the highest value comes towards `most`, that of a star; 0–1."""
    return share(sum(max(values) - one for one in values), most) if values else None


def degree_centralization(graph: Graph) -> float | None:
    """1 for a star, 0 where all have the same. None below three organisations."""
    return centralization(graph.degrees, (graph.n - 1) * (graph.n - 2)) if graph.n > 2 else None


def betweenness(graph: Graph) -> list[float] | None:
    """For each node the share of shortest paths between others that pass it, 0–1. None below three."""
    if graph.n < 3:
        return None
    drawn = rustworkx.PyGraph(multigraph=False)
    drawn.add_nodes_from(range(graph.n))
    drawn.add_edges_from_no_data(list(graph.ties))
    found = rustworkx.betweenness_centrality(drawn, normalized=True)
    return [found[node] for node in range(graph.n)]


def transitivity(graph: Graph) -> float | None:
    """3 × triangles / connected triples. None where nobody has two ties."""
    triples = sum(d * (d - 1) // 2 for d in graph.degrees)
    neighbours = graph.neighbours
    closed = sum(len(neighbours[a] & neighbours[b]) for a, b in graph.ties)
    return share(closed, triples)


@dataclass(frozen=True, slots=True)
class Breaks:
    """Where a graph falls apart. `components`: nodes by component, largest first. `parts`: for each node the sizes of
    the pieces its own component falls into without it."""

    components: list[list[int]]
    articulation: list[int]
    bridges: list[tuple[int, int]]
    parts: list[list[int]]


def breaks(graph: Graph) -> Breaks:
    """One walk in depth (Tarjan) finds components, cut nodes, bridges and the pieces each node holds together."""
    walk = _Walk(graph)
    for node in range(graph.n):
        if walk.seen[node] < 0:
            walk.through(node)
    components = sorted(walk.components, key=lambda one: (-len(one), one))
    cut = [node for node, pieces in enumerate(walk.parts) if len(pieces) > 1]
    return Breaks(components, cut, sorted(walk.bridges), walk.parts)


class _Walk:
    def __init__(self, graph: Graph) -> None:
        self.neighbours = [sorted(one) for one in graph.neighbours]
        self.seen, self.low = [-1] * graph.n, [0] * graph.n
        self.size = [1] * graph.n
        self.hung: list[list[int]] = [[] for _ in range(graph.n)]
        self.parts: list[list[int]] = [[] for _ in range(graph.n)]
        self.bridges: list[tuple[int, int]] = []
        self.components: list[list[int]] = []
        self.clock = 0

    def _enter(self, node: int) -> None:
        self.seen[node] = self.low[node] = self.clock
        self.clock += 1

    def through(self, root: int) -> None:
        """Walk one component without recursion: towns may be deeper than Python's stack."""
        nodes, stack = [root], [(root, -1, iter(self.neighbours[root]))]
        self._enter(root)
        while stack:
            node, parent, rest = stack[-1]
            child = next(rest, None)
            if child is None:
                stack.pop()
                if parent >= 0:
                    self._leave(node, parent)
            elif self.seen[child] < 0:
                self._enter(child)
                nodes.append(child)
                stack.append((child, node, iter(self.neighbours[child])))
            elif child != parent:
                self.low[node] = min(self.low[node], self.seen[child])
        self._settle(root, nodes)

    def _leave(self, node: int, parent: int) -> None:
        self.size[parent] += self.size[node]
        self.low[parent] = min(self.low[parent], self.low[node])
        if self.low[node] >= self.seen[parent]:
            self.hung[parent].append(self.size[node])
        if self.low[node] > self.seen[parent]:
            self.bridges.append((min(node, parent), max(node, parent)))

    def _settle(self, root: int, nodes: list[int]) -> None:
        self.components.append(sorted(nodes))
        for node in nodes:
            above = len(nodes) - 1 - sum(self.hung[node])
            self.parts[node] = [*self.hung[node], *([above] if above and node != root else [])]


def fragmentation(sizes: list[int]) -> float | None:
    """Borgatti: the share of pairs that cannot reach each other, 0–1. None below two."""
    n = sum(sizes)
    return 1 - sum(s * (s - 1) for s in sizes) / (n * (n - 1)) if n > 1 else None


def fragmentation_without(found: Breaks) -> dict[int, float | None]:
    """Fragmentation when one node is gone, recomputed with n−1, for every cut node."""
    component = {node: len(one) for one in found.components for node in one}
    whole = [len(one) for one in found.components]
    values = {}
    for node in found.articulation:
        others = list(whole)
        others.remove(component[node])
        values[node] = fragmentation(others + found.parts[node])
    return values
