"""Our own exports coming back: the entry as data, except where somebody changed a cell in between."""

import json

from tsunagari.directory.exporting.columns import cells
from tsunagari.directory.importing.cells import Cells
from tsunagari.directory.importing.values import Values
from tsunagari.directory.sheets.reading import clean
from tsunagari.directory.terms import ImportKind

# Which values a cell speaks for: when the cell was changed, these are read from it and not from the data.
_TIMES = ("when_text", "schedules", "closures", "occurrences")
_ADDRESS = ("location.address", "location.municipality_code")
SPEAKS_FOR: dict[str, tuple[str, ...]] = {
    "name": ("name",), "name_kana": ("kana",), "name_en": ("texts",), "alternate_name": ("alternate_name",),
    "organization": ("organization",), "days": _TIMES, "opens": _TIMES, "closes": _TIMES, "hours_note": _TIMES,
    "starts_on": _TIMES, "ends_on": _TIMES, "venue": ("location.name",), "address": _ADDRESS, "postal_code": _ADDRESS,
    "building": _ADDRESS, "latitude": ("location.latitude", "location.longitude"),
    "longitude": ("location.latitude", "location.longitude"), "phone": ("phones",), "extension": ("phones",),
    "fax": ("phones",), "email": ("email",), "contact_name": ("contacts",),
    "transportation": ("location.transportation",),
    "accessibility": ("location.accessibility",), "url": ("url", "urls", "website"), "description": ("description",),
    "audience": ("eligibility_description", "minimum_age", "maximum_age"), "cost": ("fees_description", "costs"),
    "booking": ("application_process",), "category": ("terms",), "worries": ("terms",), "audiences": ("terms",),
    "features": ("terms",), "kind": ("kind",), "status": ("status",), "corporate_number": ("corporate_number",),
    "sector": ("sector",),
}  # fmt: skip


def restored(row: Cells, read: Values, kind: ImportKind, tags: list[str]) -> Values:
    """`read` is what the cells alone say. With 詳細データ beside them, only changed cells speak."""
    try:
        held = json.loads(row.text("detail"))
    except ValueError:
        return read
    if not isinstance(held, dict) or not isinstance(held.get("name"), str):
        return read
    expected = cells(held, kind)
    for field in SPEAKS_FOR:
        if field not in row.mapping or row.text(field) == clean(expected.get(field, "")):
            continue
        for key in SPEAKS_FOR[field]:
            held[key] = tags if key == "terms" else row.text(field) if key == "status" else read.get(key)
    return held
