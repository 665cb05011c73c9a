"""The reader's display switches, for addresses that a view builds itself."""

from urllib.parse import urlencode

from django.http import HttpRequest


def display_of(request: HttpRequest) -> dict[str, str]:
    """Furigana and text size as parts of an address."""
    found: dict[str, str] = request.display.query  # type: ignore[attr-defined]
    return found


def tail_of(request: HttpRequest) -> str:
    """The same as the end of an address: "" or "?furi=1"."""
    pairs = display_of(request)
    return f"?{urlencode(pairs)}" if pairs else ""
