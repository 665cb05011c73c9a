"""What a field is called on the screen and in messages: the heading our own lists use."""

from django.utils.translation import gettext_lazy as _

from tsunagari.directory.importing.own import SPEAKS_FOR
from tsunagari.directory.sheets.headings import HEADINGS

_OTHERS = {
    "when_text": "日時", "schedules": "日時", "closures": "お休み", "occurrences": "開催日", "terms": "分類",
    "first_visit": "はじめての方へ", "texts": "ほかの言語の文", "costs": "料金", "location.address": "住所",
    "location.latitude": "緯度", "location.longitude": "経度", "location.name": "場所名称", "website": "URL",
}  # fmt: skip
_TABLES = {
    "organization": _("団体"), "service": _("掲載"), "location": _("場所"), "phone": _("電話"), "address": _("住所"),
    "service_at_location": _("掲載と場所のつながり"), "schedule": _("曜日と時間"), "contact": _("窓口"),
    "language": _("ことば"), "accessibility": _("バリアフリー"), "service_area": _("対象の地域"),
    "cost_option": _("料金"), "required_document": _("持ち物"), "url": _("ホームページ"), "attribute": _("分類"),
    "organization_identifier": _("法人番号"), "taxonomy": _("分類の表"), "taxonomy_term": _("分類のことば"),
    "closure": _("お休み"), "occurrence": _("開催日"), "first_visit": _("はじめての人へ"),
    "service_text": _("ほかのことば"),
}  # fmt: skip


def table_label(entity: str) -> str:
    """What the rows of a table of an HSDS package are called; rare ones keep their HSDS name."""
    return str(_TABLES.get(entity, entity))


def label(key: str) -> str:
    """The Japanese word for a key of `Values`, or for a column of a package; unknown ones are named as they are."""
    if key in _OTHERS:
        return _OTHERS[key]
    found = next((field for field, keys in SPEAKS_FOR.items() if key in keys), key)
    return HEADINGS[found][0] if found in HEADINGS else key
