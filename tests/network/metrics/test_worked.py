"""Every value of the worked network, to four decimals."""

from itertools import pairwise
from typing import Any

import pytest

from tests.network.metrics.worked import n1, wave_2
from tsunagari.network.metrics import Network, Organization, people, report, sectors, shape

R = report(n1())
EXACT = {"abs": 0.00005}


def near(value: Any) -> Any:
    return pytest.approx(value, **EXACT)


def only(values: dict[str, Any], names: str = "ABCDEFGHIJ") -> list[Any]:
    return [values[name] for name in names]


def test_ties_and_density() -> None:
    assert R["ties"] == {"any": 11, "mutual": 7, "arcs": 18}
    assert R["density"] == near({"any": 0.2444, "mutual": 0.1556, "directed": 0.2})
    assert R["mean_degree"] == near(2.2)


def test_centralization() -> None:
    assert R["degree_centralization"] == near({"any": 0.3889, "mutual": 0.2222, "in": 0.2716, "out": 0.2716})
    assert only(R["betweenness"]) == near([0.5046, 0.0231, 0, 0.088, 0.0278, 0.2454, 0, 0, 0.1944, 0])
    assert R["betweenness_centralization"] == near(0.4403)


def test_reciprocity() -> None:
    assert R["reciprocity"] == near({"arcs": 0.7778, "ties": 0.6364})


def test_sectors() -> None:
    ei = R["ei"]
    assert (ei["external"], ei["internal"]) == (7, 4)
    assert [ei["index"], ei["expected"], ei["lowest"], ei["highest"], ei["rescaled"]] == near(
        [0.2727, 0.7333, -1 / 11, 1, -0.3333]
    )
    found = {name: (one["external"], one["internal"], one["index"]) for name, one in ei["by_sector"].items()}
    assert found == {
        "gov": (5, 0, 1.0),
        "welfare": (3, 2, near(0.2)),
        "npo": (3, 2, near(0.2)),
        "biz": (2, 2, 0.0),
        "local": (1, 2, near(-0.3333)),
    }


def test_where_it_breaks() -> None:
    assert R["isolates"] == ["J"]
    assert R["components"] == [list("ABCDEFGHI"), ["J"]]
    assert R["articulation_points"] == list("AFI")
    assert sorted(map("".join, R["bridges"])) == ["AI", "FG", "HI"]
    assert R["fragmentation"] == near(0.2)
    assert R["fragmentation_without"] == near({"A": 0.5556, "F": 0.4167, "I": 0.4167})


def test_without_the_host() -> None:
    rest = R["without_host"]
    assert (rest["ties"], rest["components"]) == (6, [list("BCDEFG"), list("HI"), ["J"]])
    assert [rest["density"], rest["degree_centralization"], rest["share_of_ties_touching"]] == near(
        [0.1667, 0.1071, 0.4545]
    )


def test_structural_holes() -> None:
    assert only(R["effective_size"], "ABCDFGH") == near([4.2, 1.6667, 1.0, 2.3333, 3.0, 1, 1])
    assert [R["efficiency"]["A"], R["efficiency"]["B"]] == near([0.84, 0.5556])
    assert only(R["constraint"], "ABCDEFGHI") == near([0.3567, 0.6935, 0.8044, 0.4686, 0.5, 0.3333, 1, 1, 0.5])
    assert R["constraint"]["J"] is None
    assert R["effective_size"]["J"] is None


def test_brokerage() -> None:
    held = {
        name: {role: n for role, n in roles.items() if n}
        for name, roles in R["brokerage"].items()
        if any(roles.values())
    }
    assert held == {
        "A": {"liaison": 10},
        "B": {"gatekeeper": 1},
        "D": {"gatekeeper": 1, "representative": 2},
        "E": {"representative": 1},
        "F": {"gatekeeper": 2},
        "I": {"representative": 1},
    }


def test_transitivity_and_equality() -> None:
    assert R["transitivity"] == near(0.2727)
    assert R["degree_gini"] == near(0.3273)
    assert people.gini([4, 1, 1, 0, 0]) == near(0.6)


def test_the_second_wave() -> None:
    later = report(wave_2(), before=n1())
    change = later["change"]
    assert [len(change[name]) for name in ("kept", "formed", "dissolved")] == [10, 2, 1]
    assert (change["jaccard"], change["across"]) == (near(0.7692), 2)
    assert later["density"]["any"] == near(0.2667)
    assert later["articulation_points"] == list("ACI")
    assert later["isolates"] == []
    assert later["degree_centralization"]["any"] == near(0.2222)


def test_trust() -> None:
    ratings = {
        ("B", "A"): (3, 4, 3), ("C", "A"): (4, 4, 4), ("D", "A"): (3, 3, 2), ("I", "A"): (2, 3, 2),
        ("A", "D"): (4, 3, 3), ("E", "D"): (3, 3, 3),
    }  # fmt: skip
    found = people.trust(ratings)
    assert found["A"] == {"raters": 4, "mean": near(3.0833), "score": near(69.4444)}
    assert found["D"] == {"raters": 2, "mean": None, "score": None}
    assert people.asymmetry(ratings, "A", "D") == near(0.6667)
    assert people.asymmetry(ratings, "A", "E") is None


def test_meetings() -> None:
    events = ["ABC", "AD", "BCDE"]
    found = people.together(events)
    assert [found["B", "C"], found["A", "B"], found["A", "D"], found["D", "E"]] == near([0.8333, 0.5, 1.0, 0.3333])
    assert people.first_meetings(events) == [3, 1, 5]


def test_who_did_not_answer_is_unknown_not_alone() -> None:
    covered = report(n1(silent="G"))["coverage"]
    assert (covered["answered"], covered["unknown_pairs"]) == (9, 8)
    assert covered["respondents_density"] == near(0.2099)
    assert covered["density"] == near([0.2444, 0.4222])
    assert (covered["reciprocity_arcs"], covered["reciprocity_ties"]) == (near(0.75), near(0.6))
    assert covered["isolates"] == [0, 1]


def test_with_too_few_answers_only_coverage_and_in_degree_are_said() -> None:
    found = report(n1(silent="BCDGHJ"))
    assert set(found) == {"n", "graph", "coverage", "in_degree"}
    assert found["coverage"]["share"] == near(0.4)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_small_networks_have_no_wrong_noughts(n: int) -> None:
    found = report(Network([Organization(str(one), "x") for one in range(n)], []))
    assert found["degree_centralization"]["any"] is None
    assert found["betweenness_centralization"] is None
    assert found["ei"]["index"] is None
    assert found["reciprocity"] == {"arcs": None, "ties": None}
    assert found["degree_gini"] is None
    assert found["transitivity"] is None
    assert found["density"]["any"] == (0 if n == 2 else None)
    assert found["without_host"] is None


def test_one_sector_has_no_rescaled_index() -> None:
    network = Network([Organization(one, "x") for one in "ABC"], [("A", "B")])
    assert sectors.openness(network, network.any).rescaled is None


def test_self_ties_doubles_and_strangers_are_dropped() -> None:
    network = Network(
        [Organization("A"), Organization("B"), Organization("A")], [("A", "A"), ("A", "B"), ("A", "B"), ("A", "Z")]
    )
    assert (network.n, len(network.arcs)) == (2, 1)


def test_a_chain_is_walked_without_recursion() -> None:
    names = [str(n) for n in range(5000)]
    network = Network([Organization(one) for one in names], list(pairwise(names)))
    assert len(shape.breaks(network.any).bridges) == 4999
