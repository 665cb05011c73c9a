"""How the reader wants the page: furigana and text size, carried in the address so that no cookie is needed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Display:
    """`furigana`: readings above kanji; `large`: bigger letters. やさしい日本語 always has furigana."""

    furigana: bool
    large: bool
    asked_furigana: bool

    @property
    def query(self) -> dict[str, str]:
        """What a link carries on; nothing for the usual page."""
        pairs = {}
        if self.asked_furigana:
            pairs["furi"] = "1"
        if self.large:
            pairs["size"] = "l"
        return pairs


class DisplayMiddleware:
    """Reads the switches, and sets readings above the finished page where they are wanted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # The reader of kanji belongs to an app above; the settings say which (wiring).
        self.add_readings: Callable[[str], str] = lambda html: import_string(settings.FURIGANA)(html)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("furi") == "1"
        code = get_language()
        request.display = Display(  # type: ignore[attr-defined]
            furigana=code == "ja-easy" or (asked and code == "ja"),
            large=request.GET.get("size") == "l",
            asked_furigana=asked,
        )
        response = self.get_response(request)
        if request.display.furigana and _is_page(response):  # type: ignore[attr-defined]
            response.content = self.add_readings(response.content.decode()).encode()
        return response


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
