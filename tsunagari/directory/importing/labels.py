"""What a field is called on the screen and in messages: the heading our own lists use."""

from tsunagari.directory.importing.own import SPEAKS_FOR
from tsunagari.directory.sheets.headings import HEADINGS

_OTHERS = {
    "when_text": "日時", "schedules": "日時", "closures": "お休み", "occurrences": "開催日", "terms": "分類",
    "first_visit": "はじめての方へ", "texts": "ほかの言語の文", "costs": "料金", "location.address": "住所",
    "location.latitude": "緯度", "location.longitude": "経度", "location.name": "場所名称", "website": "URL",
}  # fmt: skip


def label(key: str) -> str:
    """The Japanese word for a key of `Values`, or for a column of a package; unknown ones are named as they are."""
    if key in _OTHERS:
        return _OTHERS[key]
    found = next((field for field, keys in SPEAKS_FOR.items() if key in keys), key)
    return HEADINGS[found][0] if found in HEADINGS else key
