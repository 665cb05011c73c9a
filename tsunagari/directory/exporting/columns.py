"""Which columns a list has when it leaves, and what stands in each for one entry.

The last column (詳細データ) holds the whole entry as data, so that what is exported and imported again is the
same; a cell that somebody changed in between wins over it (`importing.own`)."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tsunagari.directory.sheets.headings import HEADINGS
from tsunagari.directory.sheets.sheet import MAX_CELL
from tsunagari.directory.terms import ImportKind

Values = dict[str, Any]
_TOKYO = ZoneInfo("Asia/Tokyo")
_DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "月火水木金土日", strict=True))
_SHARED = (
    "address postal_code building latitude longitude phone "
    "extension fax email contact_name transportation accessibility"
    " url description audience cost booking category worries audiences features kind status uuid detail"
)
FIELDS: dict[ImportKind, tuple[str, ...]] = {
    ImportKind.PLACES: (
        *"municipality_code row_key name name_kana name_en alternate_name organization".split(),
        *"days opens closes hours_note".split(),
        *_SHARED.split(),
    ),
    ImportKind.ACTIVITIES: (
        *"municipality_code row_key name name_kana name_en alternate_name organization".split(),
        *"starts_on ends_on opens closes hours_note venue".split(),
        *_SHARED.split(),
    ),
    ImportKind.ORGANIZATIONS: tuple(
        "row_key name name_kana alternate_name description phone "
        "extension fax email url corporate_number sector uuid detail".split()
    ),
}
FIELDS[ImportKind.SERVICES] = FIELDS[ImportKind.PLACES]
# The data set of events calls these by other names.
_EVENT_WORDS = {
    "name": "イベント名", "name_kana": "イベント名_カナ", "name_en": "イベント名_英語", "organization": "主催者",
    "hours_note": "開始日時特記事項", "phone": "連絡先電話番号", "extension": "連絡先内線番号",
    "booking": "参加申込方法",
}  # fmt: skip


def headings(kind: ImportKind) -> list[str]:
    """The heading row of an exported list."""
    words = _EVENT_WORDS if kind == ImportKind.ACTIVITIES else {}
    return [words.get(field, HEADINGS[field][0]) for field in FIELDS[kind]]


def cells(values: Values, kind: ImportKind) -> dict[str, str]:
    """Field → cell for one entry, without its id and without 詳細データ."""
    found = {field: _text(values.get(key)) for field, key in _PLAIN.items()}
    found |= _phones(values.get("phones", []))
    address = values.get("location.address", {})
    found["address"] = "".join(address.get(part, "") for part in ("state_province", "city", "address_1"))
    found["postal_code"], found["building"] = address.get("postal_code", ""), address.get("address_2", "")
    found["name_en"] = values.get("texts", {}).get("en", [""])[0]
    found["contact_name"] = _first(values, "contacts")
    found["accessibility"] = _first(values, "location.accessibility")
    found |= {field: _codes(values, taxonomy) for field, taxonomy in _TAGS.items()}
    found |= _dates(values) if kind == ImportKind.ACTIVITIES else _hours(values)
    if kind == ImportKind.ORGANIZATIONS:
        found["url"] = _text(values.get("website"))
    return {field: found.get(field, "") for field in FIELDS[kind]}


_PLAIN = {
    "municipality_code": "location.municipality_code", "name": "name", "name_kana": "kana",
    "alternate_name": "alternate_name",
    "organization": "organization", "latitude": "location.latitude", "longitude": "location.longitude",
    "email": "email",
    "transportation": "location.transportation", "url": "url", "description": "description", "hours_note": "when_text",
    "audience": "eligibility_description", "cost": "fees_description", "booking": "application_process", "kind": "kind",
    "status": "status", "venue": "location.name", "corporate_number": "corporate_number", "sector": "sector",
}  # fmt: skip
_TAGS = {"category": "category", "worries": "worry", "audiences": "audience", "features": "feature"}


def detail(values: Values) -> str:
    """The whole entry as data; an entry too long for one cell goes without it and keeps what its columns hold."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text if len(text) <= MAX_CELL - 1 else ""


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _first(values: Values, group: str) -> str:
    rows = values.get(group) or []
    return _text(rows[0][0]) if rows and rows[0] else ""


def _codes(values: Values, taxonomy: str) -> str:
    codes = [code.partition(":") for code in values.get("terms", [])]
    return ";".join(code for owner, _, code in codes if owner == taxonomy)


def _phones(rows: list[list[Any]]) -> dict[str, str]:
    def numbers(wanted: Callable[[bool], bool]) -> list[list[Any]]:
        return [row for row in rows if wanted(len(row) > 2 and row[2] == "fax")]

    voice, fax = numbers(lambda is_fax: not is_fax), numbers(lambda is_fax: is_fax)
    return {
        "phone": "、".join(row[0] for row in voice),
        "extension": _text(voice[0][1]) if len(voice) == 1 and len(voice[0]) > 1 else "",
        "fax": "、".join(row[0] for row in fax),
    }


def _hours(values: Values) -> dict[str, str]:
    """Days and hours of the one weekly rule, if there is just one; else only the words beside."""
    rules = values.get("schedules", [])
    if len(rules) != 1:
        return {}
    rule = dict(zip(_SCHEDULE, rules[0], strict=False))
    days = str(rule.get("byday") or "").split(",")
    if rule.get("freq") != "WEEKLY" or not all(day in _DAYS for day in days):
        return {}
    return {
        "days": "".join(_DAYS[day] for day in days),
        "opens": _text(rule.get("opens_at")),
        "closes": _text(rule.get("closes_at")),
    }


_SCHEDULE = (
    "valid_from", "valid_to", "dtstart", "timezone", "until", "count", "wkst", "freq", "interval", "byday", "byweekno",
    "bymonthday", "byyearday", "description", "opens_at", "closes_at",
)  # fmt: skip


def _dates(values: Values) -> dict[str, str]:
    """First and last day, and the hours where they are the same every day."""
    rows = values.get("occurrences", [])
    if not rows:
        return {}
    starts = [datetime.fromisoformat(row[0]).astimezone(_TOKYO) for row in rows]
    ends = [datetime.fromisoformat(row[1]).astimezone(_TOKYO) if row[1] else None for row in rows]
    opens = {moment.strftime("%H:%M") for moment, row in zip(starts, rows, strict=True) if not row[2]}
    closes = {moment.strftime("%H:%M") for moment in ends if moment}
    return {
        "starts_on": min(starts).date().isoformat(),
        "ends_on": max(starts).date().isoformat(),
        "opens": opens.pop() if len(opens) == 1 else "",
        "closes": closes.pop() if len(closes) == 1 else "",
    }
