"""The worked network N1 of NETWORK_METRICS, and its second wave."""

from collections.abc import Iterable

from tsunagari.network.metrics import Network, Organization

SECTORS = {
    "A": "gov", "B": "welfare", "C": "welfare", "D": "npo", "E": "npo", "J": "npo", "F": "biz", "G": "biz",
    "H": "local", "I": "local",
}  # fmt: skip
ARCS = [(arc[0], arc[2]) for arc in "A>B B>A A>C C>A B>C C>B A>D D>A D>E E>D D>B E>F F>G G>F A>F H>I I>H I>A".split()]


def n1(arcs: Iterable[tuple[str, str]] = ARCS, silent: str = "") -> Network:
    organizations = [Organization(one, SECTORS[one], one == "A", one not in silent) for one in sorted(SECTORS)]
    return Network(organizations, [arc for arc in arcs if arc[0] not in silent])


def wave_2() -> Network:
    return n1([*(arc for arc in ARCS if arc != ("A", "F")), ("C", "J"), ("B", "G")])
