"""Cells of an HSDS package to values of a column, or the reason why not."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model

Convert = Callable[[str], Any]
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?\Z")
_EMPTY = {"true": True, "false": False, "1": True, "0": False}


class Unfit(ValueError):
    """Why a cell does not fit its column, as half a sentence."""


def converter(table: type[Model], name: str) -> Convert:
    """What turns a cell of this column into its value. An empty cell becomes the column's default."""
    column: Any = table._meta.get_field(name.removesuffix("_id") if _is_relation(table, name) else name)
    convert = _convert(column)
    needed = not column.blank and not column.null and not column.has_default() and not column.choices
    default = None if column.null else column.get_default() if column.has_default() else ""
    if name == "id":
        return convert
    if needed and not isinstance(column, ForeignKey):
        return partial(_needed, convert)
    return partial(_or_default, convert, default)


def _is_relation(table: type[Model], name: str) -> bool:
    if not name.endswith("_id"):
        return False
    return any(column.attname == name for column in table._meta.fields if isinstance(column, ForeignKey))


def _or_default(convert: Convert, default: Any, cell: str) -> Any:
    return convert(cell) if cell else default


def _needed(convert: Convert, cell: str) -> Any:
    if not cell:
        raise Unfit("が空です")
    return convert(cell)


def _convert(column: Field[Any, Any]) -> Convert:
    kind = column.get_internal_type()
    if kind in ("UUIDField", "ForeignKey", "OneToOneField"):
        return _uuid
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    if kind.endswith("IntegerField"):
        return partial(_integer, kind)
    if kind == "DecimalField":
        return partial(_decimal, column)
    choices = frozenset(value for value, _ in column.flatchoices) if column.choices else None
    return partial(_string, column.max_length, choices, kind == "CharField" and column.__class__.__name__ == "URLField")


def _uuid(cell: str) -> UUID:
    try:
        return UUID(cell)
    except ValueError:
        raise Unfit("がUUIDではありません") from None


def _string(limit: int | None, choices: frozenset[Any] | None, is_url: bool, cell: str) -> str:
    if limit and len(cell) > limit:
        raise Unfit(f"が長すぎます（{limit}字まで）")
    if choices is not None and cell not in choices:
        raise Unfit(f"の値「{cell[:40]}」は使えません")
    if is_url and not cell.lower().startswith(("http://", "https://")):
        raise Unfit("はhttp://かhttps://で始まるURLにしてください")
    return cell


def _integer(kind: str, cell: str) -> int:
    try:
        value = int(Decimal(cell))
    except (InvalidOperation, ValueError, OverflowError):
        raise Unfit(f"が数ではありません（{cell[:20]}）") from None
    most = 32_767 if "Small" in kind else 2_147_483_647
    if value > most or value < (0 if kind.startswith("Positive") else -most):
        raise Unfit("の数が大きすぎるか小さすぎます")
    return value


def _decimal(column: Any, cell: str) -> Decimal:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise Unfit(f"が数ではありません（{cell[:20]}）") from None
    if not value.is_finite() or abs(value) >= 10 ** (column.max_digits - column.decimal_places):
        raise Unfit("の数が大きすぎます")
    places: int = column.decimal_places
    return round(value, places)


def _float(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise Unfit(f"が数ではありません（{cell[:20]}）") from None
    if not abs(value) <= 180:
        raise Unfit("が緯度・経度の範囲の外です")
    return value


def _boolean(cell: str) -> bool:
    if cell.lower() not in _EMPTY:
        raise Unfit("は true か false にしてください")
    return _EMPTY[cell.lower()]


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        raise Unfit(f"が日付（2026-08-05の形）ではありません（{cell[:20]}）") from None


def _time(cell: str) -> time:
    found = _TIME.match(cell)
    if not found or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        raise Unfit(f"が時刻（09:00の形）ではありません（{cell[:20]}）")
    return time(int(found[1]), int(found[2]), int(found[3] or 0))


def _moment(cell: str) -> datetime:
    try:
        value = datetime.fromisoformat(cell)
    except ValueError:
        raise Unfit(f"が日時ではありません（{cell[:30]}）") from None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


_BY_KIND: dict[str, Convert] = {
    "FloatField": _float,
    "BooleanField": _boolean,
    "DateField": _date,
    "TimeField": _time,
    "DateTimeField": _moment,
}
