"""Who named whom, and the two graphs read from it: "any" (either named the other) and "mutual" (both did)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Organization:
    """One organisation of a wave. `answered`: it told whom it works with; `host`: it runs the secretariat."""

    id: str
    sector: str = ""
    host: bool = False
    answered: bool = True


@dataclass(frozen=True)
class Graph:
    """An undirected graph over n numbered nodes. `ties`: each once, smaller number first, in order."""

    n: int
    ties: tuple[Pair, ...]

    @cached_property
    def neighbours(self) -> list[set[int]]:
        found: list[set[int]] = [set() for _ in range(self.n)]
        for a, b in self.ties:
            found[a].add(b)
            found[b].add(a)
        return found

    @cached_property
    def degrees(self) -> list[int]:
        return [len(one) for one in self.neighbours]

    def without(self, gone: set[int]) -> tuple["Graph", list[int]]:
        """The graph without these nodes, and the old number of each new one."""
        kept = [node for node in range(self.n) if node not in gone]
        new = {old: number for number, old in enumerate(kept)}
        ties = tuple((new[a], new[b]) for a, b in self.ties if a in new and b in new)
        return Graph(len(kept), ties), kept


class Network:
    """Organisations of one wave and their answers. Self-ties, doubles and names outside the wave are dropped."""

    def __init__(self, organizations: Iterable[Organization], answers: Iterable[tuple[str, str]]) -> None:
        self.organizations: Sequence[Organization] = tuple({one.id: one for one in organizations}.values())
        self.number = {one.id: n for n, one in enumerate(self.organizations)}
        numbers = self.number
        self.arcs: frozenset[Pair] = frozenset(
            (numbers[a], numbers[b]) for a, b in answers if a != b and a in numbers and b in numbers
        )

    @property
    def n(self) -> int:
        return len(self.organizations)

    @cached_property
    def any(self) -> Graph:
        """A tie where either named the other."""
        return Graph(self.n, tuple(sorted({(a, b) if a < b else (b, a) for a, b in self.arcs})))

    @cached_property
    def mutual(self) -> Graph:
        """A tie where both named each other."""
        arcs = self.arcs
        return Graph(self.n, tuple(sorted((a, b) for a, b in arcs if a < b and (b, a) in arcs)))

    @cached_property
    def sectors(self) -> list[str]:
        return [one.sector for one in self.organizations]

    @cached_property
    def hosts(self) -> set[int]:
        return {n for n, one in enumerate(self.organizations) if one.host}

    @cached_property
    def silent(self) -> set[int]:
        """Who did not answer: of them it is unknown, not "no tie"."""
        return {n for n, one in enumerate(self.organizations) if not one.answered}

    def name(self, node: int) -> str:
        return self.organizations[node].id

    def possible_pairs(self) -> tuple[int, int]:
        """How many pairs there could be across sectors and inside one."""
        inside = sum(size * (size - 1) // 2 for size in Counter(self.sectors).values())
        return self.n * (self.n - 1) // 2 - inside, inside
