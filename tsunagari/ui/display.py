"""How the reader wants the page: furigana and text size, carried in the address so that no cookie is needed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
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

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("furi") == "1"
        code = get_language()
        request.display = Display(  # type: ignore[attr-defined]
            furigana=code == "ja-easy" or (asked and code == "ja"),
            large=request.GET.get("size") == "l",
            asked_furigana=asked,
        )
        return self.get_response(request)
