"""The ground of the map: the town's outline, drawn without asking anybody."""

import json
from itertools import pairwise

from tests.ui.conftest import ROOT
from tsunagari.ui.outline import rings, rounded


def test_a_square_of_land_has_one_closed_shore() -> None:
    walks = rings({(row, column) for row in range(3) for column in range(3)})
    assert len(walks) == 1
    assert len(walks[0]) == 12
    shore = rounded(walks[0], 34.0, 134.0)
    assert shore[0] == shore[-1]


def test_the_towns_own_centre_lies_inside_its_drawing() -> None:
    shapes = json.loads((ROOT / "tsunagari/ui/static/ui/outline/28201.json").read_text())["coordinates"]
    inside = sum(_holds(ring, 134.6906, 34.8266) for (ring,) in shapes)
    assert inside == 1
    assert len(shapes) > 5, "the islands of 家島 are drawn too"


def _holds(ring: list[list[float]], x: float, y: float) -> bool:
    crossed = [a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) for a, b in pairwise(ring) if (a[1] > y) != (b[1] > y)]
    return sum(x < at for at in crossed) % 2 == 1
