"""Whether sectors keep to themselves: E-I index and brokerage roles."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from tsunagari.network.metrics.graphs import Graph, Network
from tsunagari.network.metrics.shape import share

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")


@dataclass(frozen=True, slots=True)
class Openness:
    """E-I (Krackhardt & Stern 1988): −1 all ties inside one's sector, +1 all across. `expected`: if ties ignored
    sectors; `rescaled`: between the lowest and highest this network could have. None where undefined."""

    external: int
    internal: int
    index: float | None
    expected: float | None
    lowest: float | None
    highest: float | None
    rescaled: float | None
    by_sector: dict[str, tuple[int, int, float | None]]


def _index(external: int, internal: int) -> float | None:
    return share(external - internal, external + internal)


def openness(network: Network, graph: Graph) -> Openness:
    """E-I of this graph, beside what chance would give."""
    sectors, ties = network.sectors, graph.ties
    seen: dict[str, list[int]] = {sector: [0, 0] for sector in sorted(set(sectors))}
    for a, b in ties:
        inside = sectors[a] == sectors[b]
        for sector in (sectors[a], sectors[b]):  # a tie inside is seen from both its ends
            seen[sector][inside] += 1
    internal = sum(one[1] for one in seen.values()) // 2
    external, m = len(ties) - internal, len(ties)
    across, within = network.possible_pairs()
    lowest = share(m - 2 * min(m, within), m)
    highest = share(2 * min(m, across) - m, m)
    index = _index(external, internal)
    return Openness(
        external,
        internal,
        index,
        _index(across, within),
        lowest,
        highest,
        _rescaled(index, lowest, highest),
        {sector: (out, own, _index(out, own)) for sector, (out, own) in seen.items()},
    )


def _rescaled(index: float | None, lowest: float | None, highest: float | None) -> float | None:
    if index is None or lowest is None or highest is None or highest == lowest:
        return None
    return 2 * (index - lowest) / (highest - lowest) - 1


def brokerage(network: Network) -> dict[int, Counter[str]]:
    """Gould & Fernandez: for each node how often it stands on an open way i→k→j (i≠j, no arc i→j), by role."""
    into, out = defaultdict(list), defaultdict(list)
    for a, b in network.arcs:
        out[a].append(b)
        into[b].append(a)
    named = {node: set(others) for node, others in out.items()}
    sectors, found = network.sectors, {}
    for node in range(network.n):
        roles: Counter[str] = Counter()
        for i in into[node]:
            known = named.get(i, set())
            for j in out[node]:
                if j != i and j not in known:
                    roles[_role(sectors[i], sectors[node], sectors[j])] += 1
        found[node] = roles
    return found


def _role(i: str, k: str, j: str) -> str:
    if i == j:
        return "coordinator" if k == i else "consultant"
    if k == j:
        return "gatekeeper"
    return "representative" if k == i else "liaison"
