"""Draws the outline of a town for the map: `python -m tsunagari.ui.outline 28201 34.8266 134.6906 > FILE.json`.

Asks `reversejp` (offline) for every point of a grid whether it lies in the town, walks round the cells that do, and
rounds the corners. The result is a drawing to find one's way by, about 300 m true, not a survey. Kept as
tsunagari/ui/static-src/outline/<code>.json.
"""

import json
import sys
from collections import defaultdict

import reversejp

Point = tuple[int, int]
Ring = list[tuple[float, float]]
STEP = 0.003
REACH = 0.5
COARSE = 8
SMALLEST_RING = 8


def _inside(code: str, lat: float, lon: float) -> bool:
    return any(region.code.startswith(code) for region in reversejp.find_properties(lon, lat))


def cells(code: str, lat: float, lon: float) -> set[Point]:
    """(row, column) of every cell of the grid whose middle lies in the town; close looks only along the border."""
    size = int(REACH / STEP / COARSE)

    def asked(row: int, column: int) -> bool:
        return _inside(code, lat + row * STEP, lon + column * STEP)

    span = range(-size * COARSE, size * COARSE + 1, COARSE)
    coarse = {(row, column): asked(row, column) for row in span for column in span}
    found: set[Point] = set()
    for (row, column), state in coarse.items():
        around = [
            coarse.get((row + dr, column + dc), False) for dr in (-COARSE, 0, COARSE) for dc in (-COARSE, 0, COARSE)
        ]
        block = [(row + dr, column + dc) for dr in range(-4, 4) for dc in range(-4, 4)]
        if state and all(around):
            found.update(block)
        elif any(around):
            found.update(one for one in block if asked(*one))
    return found


def rings(land: set[Point]) -> list[list[Point]]:
    """The borders of the cells as closed walks over grid corners, land on the left."""
    steps: dict[Point, list[Point]] = defaultdict(list)
    for row, column in land:
        corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
        beside = [(row - 1, column), (row, column + 1), (row + 1, column), (row, column - 1)]
        for side in range(4):
            if beside[side] not in land:
                steps[corners[side]].append(corners[(side + 1) % 4])
    walks = []
    while steps:
        start = at = next(iter(steps))
        walk = []
        while at in steps:
            walk.append(at)
            to = steps[at].pop()
            if not steps[at]:
                del steps[at]
            at = to
            if at == start:
                break
        walks.append(walk)
    return [walk for walk in walks if len(walk) >= SMALLEST_RING]


def rounded(walk: list[Point], lat: float, lon: float) -> Ring:
    """The mean of three neighbours, three times over: stairs become shores. GeoJSON order: lon, lat."""
    ring = [(float(column), float(row)) for row, column in walk]
    for _ in range(3):
        ring = [
            tuple((a[axis] + 2 * b[axis] + c[axis]) / 4 for axis in (0, 1))  # type: ignore[misc]
            for a, b, c in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True)
        ]
    thin = ring[::2] if len(ring) > 40 else ring
    return [(round(lon + x * STEP, 4), round(lat + y * STEP, 4)) for x, y in [*thin, thin[0]]]


def outline(code: str, lat: float, lon: float) -> dict[str, object]:
    """The town as one GeoJSON MultiPolygon; holes are left out."""
    shapes = [[rounded(walk, lat - STEP / 2, lon - STEP / 2)] for walk in rings(cells(code, lat, lon))]
    return {"type": "MultiPolygon", "coordinates": shapes}


if __name__ == "__main__":
    json.dump(outline(sys.argv[1], float(sys.argv[2]), float(sys.argv[3])), sys.stdout, separators=(",", ":"))
