"""Whether values fit the tables, said before anything is written: one bad row must not cost the whole list."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, DecimalField, FloatField, IntegerField, Model, TimeField

from tsunagari.directory import models as tables
from tsunagari.directory.importing.current import TABLES, VISIT
from tsunagari.directory.importing.values import ADDRESS, GROUPS, LOCATION, ORGANIZATION, SCALARS, Values

_LANGUAGES = frozenset({"ja-easy", "en", "zh", "vi", "ko", "pt"})
_WEB = re.compile(r"https?://[^\s]+\Z", re.IGNORECASE)
_TOO_LONG = "「{field}」が長すぎます（{limit}字まで）。短くしてください。"
_WRONG = "「{field}」の値を読めません。元の一覧を確かめてください。"
# Rows of one entry beyond this are a mistake or an attack, not a list.
MOST_ROWS = 2_000


def entry_problem(values: Values) -> str:
    """Why an entry cannot be written, as a sentence, or ''."""
    for key, value in values.items():
        problem = _key_problem(key, value)
        if problem:
            return problem
    return "" if values.get("organization") else "団体名も名称も空です。名称を入れてください。"


def organization_problem(values: Values) -> str:
    """The same for an organisation."""
    for key, value in values.items():
        if key == "phones":
            problem = _rows_problem(key, value)
        elif key == "corporate_number":
            problem = "" if isinstance(value, str) else _WRONG.format(field=key)
        elif key in ORGANIZATION:
            problem = _column_problem(tables.Organization, key, value)
        else:
            problem = _WRONG.format(field=key)
        if problem:
            return problem
    return ""


def _key_problem(key: str, value: Any) -> str:
    if key in SCALARS:
        return _column_problem(tables.Service, key, value)
    if key in GROUPS:
        return _rows_problem(key, value)
    known: dict[str, Callable[[Any], bool]] = {
        "organization": lambda v: isinstance(v, str) and len(v) <= 300,
        "terms": lambda v: _all(v, str),
        "texts": _texts_fit,
        "first_visit": lambda v: isinstance(v, dict) and v.keys() <= set(VISIT) and all(map(_is_text, v.values())),
        "occurrences": lambda v: isinstance(v, list) and len(v) <= MOST_ROWS and all(map(_is_date, v)),
        "location.address": lambda v: (
            isinstance(v, dict) and v.keys() <= set(ADDRESS) and all(map(_is_text, v.values()))
        ),
        "location.accessibility": lambda v: isinstance(v, list) and all(_all(row, str) and len(row) <= 3 for row in v),
    }
    if key in known:
        return "" if known[key](value) else _WRONG.format(field=key)
    name = key.removeprefix("location.")
    if key.startswith("location.") and name in LOCATION:
        return _column_problem(tables.Location, name, value)
    return _WRONG.format(field=key)


def _rows_problem(group: str, rows: Any) -> str:
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        return _WRONG.format(field=group)
    table, columns = TABLES[group], GROUPS[group]
    for row in rows:
        if not isinstance(row, list) or len(row) > len(columns):
            return _WRONG.format(field=group)
        for column, value in zip(columns, row, strict=False):
            problem = "" if value is None else _column_problem(table, column, value)
            if problem:
                return problem
    return ""


def _column_problem(table: type[Model], name: str, value: Any) -> str:
    """One value against one column: its type, its length, its choices."""
    if value is None:
        return ""
    column: Any = table._meta.get_field(name)
    if isinstance(value, str) and column.max_length and len(value) > column.max_length:
        return _TOO_LONG.format(field=name, limit=column.max_length)
    if isinstance(column, CharField) and column.choices and value not in dict(column.flatchoices):
        return _WRONG.format(field=name)
    if name in ("url", "website", "uri", "schedule_link") and value and not (_is_text(value) and _WEB.match(value)):
        return "URLはhttp://かhttps://で始まるものだけを入れられます。"
    return "" if _type_fits(column, value) else _WRONG.format(field=name)


def _type_fits(column: Any, value: Any) -> bool:
    if isinstance(column, (FloatField, DecimalField)):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e7
    if isinstance(column, IntegerField):
        low = 0 if column.get_internal_type().startswith("Positive") else -1000
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= _most(column)
    if isinstance(column, DateField):
        return _parses(date.fromisoformat, value)
    if isinstance(column, TimeField):
        return _parses(time.fromisoformat, value)
    if column.get_internal_type() == "BooleanField":
        return isinstance(value, bool)
    return _is_text(value)


def _most(column: Any) -> int:
    return 32_767 if "Small" in column.get_internal_type() else 2_147_483_647


def _parses(parse: Callable[[str], object], value: Any) -> bool:
    try:
        parse(value)
    except (TypeError, ValueError):
        return False
    return True


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\x00" not in value


def _all(values: Any, kind: type) -> bool:
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)


def _texts_fit(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() <= _LANGUAGES
        and all(_all(text, str) and len(text) == 3 for text in value.values())
    )


def _is_date(row: Any) -> bool:
    if not isinstance(row, list) or len(row) != 6 or row[5] not in ("planned", "confirmed", "full", "cancelled"):
        return False
    texts = all(text is None or _is_text(text) for text in row[3:5])
    return texts and _moment(row[0]) and (row[1] is None or _moment(row[1]))


def _moment(value: Any) -> bool:
    return _parses(datetime.fromisoformat, value) and datetime.fromisoformat(value).tzinfo is not None


def is_uuid(value: str) -> bool:
    """Whether a text is an id."""
    return _parses(UUID, value)
