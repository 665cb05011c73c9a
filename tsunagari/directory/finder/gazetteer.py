"""The places of the town: those of data/place_names.json and every area in which an entry stands."""

import json
from functools import lru_cache
from typing import Any

from tsunagari.directory.finder.taxonomies import DATA
from tsunagari.directory.search.places import Gazetteer, Place


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    path = DATA / "place_names.json"
    found: Any = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    rows = found if isinstance(found, list) else found.get("places", [])
    return Gazetteer(_place(row) for row in rows)


def _place(row: dict[str, Any]) -> Place:
    spellings = [row.get("kana", ""), *row.get("spellings", []), *row.get("misspellings", [])]
    return Place(
        name=row["name"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        km=float(row.get("km", 3.0)),
        spellings=tuple(spelling for spelling in spellings if spelling),
    )
