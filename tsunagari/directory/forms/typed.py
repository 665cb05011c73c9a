"""Text that somebody typed, made safe to keep: any Unicode may come, nothing invisible may stay."""

import re
import unicodedata
from datetime import date

# Control and format characters, lone surrogates, private use; variation selectors stay (𠮷, 葛󠄀 are names of people).
_CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)


def typed(value: str, limit: int) -> str:
    """One line or more as typed, without what cannot be seen, at most `limit` characters."""
    return _CONTROL.sub(" ", value[: limit * 2].replace("\r\n", "\n")).strip()[:limit].strip()


def web_address(value: str) -> str:
    """A web address as typed, with https:// where nothing stands before it; empty when it opens anything but a page.

    Attack: `javascript:` and `data:` run in the reader's page when tapped."""
    text = typed(value, 500)
    scheme, _, rest = text.partition(":")
    if "//" not in text and "." in scheme:
        return f"https://{text}"
    return text if scheme.lower() in ("http", "https") and re.match(r"//[^\s/]+\S*\Z", rest) else ""


def number(value: str, low: float, high: float) -> float | None:
    """A number within bounds, whatever digits were used; None when it is none."""
    try:
        found = float(unicodedata.normalize("NFKC", value[:32]).strip())
    except ValueError:
        return None
    return found if low <= found <= high else None


def whole(value: str, low: int, high: int) -> int | None:
    """A whole number within bounds; None when it is none."""
    text = unicodedata.normalize("NFKC", value[:16]).strip()
    if not re.fullmatch(r"-?\d{1,9}", text):
        return None
    return int(text) if low <= int(text) <= high else None


def day(value: str) -> date | None:
    """A day written 2026-11-23; None when it is none."""
    text = unicodedata.normalize("NFKC", value[:16]).strip()
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def point(value: str) -> tuple[float, float] | None:
    """`lat,lon` on Earth; None when it is none."""
    lat, comma, lon = value[:64].partition(",")
    y, x = number(lat, -90, 90), number(lon, -180, 180)
    return (y, x) if comma and y is not None and x is not None else None
