"""The places of the town, as data/place_names.json has them: kana, Latin letters, usual slips."""

import json
from functools import lru_cache
from typing import Any

from tsunagari.directory.finder.taxonomies import DATA
from tsunagari.directory.search.places import Gazetteer, Place

_AROUND = 1.5  # a station is a point, but whoever names it means the quarter
_WHOLE_CITY = 30.0


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer(_place(row) for row in json.loads((DATA / "place_names.json").read_text(encoding="utf-8")))


def _place(row: dict[str, Any]) -> Place:
    km = _WHOLE_CITY if row["kind"] == "city" else max(_AROUND, float(row["within_km"]))
    spellings = (row["kana"], row["romaji"], *row["aliases"])
    return Place(row["name"], float(row["lat"]), float(row["lon"]), km, tuple(filter(None, spellings)))
