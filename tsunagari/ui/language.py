"""The language of a page is the first part of its address, and nothing else: no cookie, no guess from the browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate

_CODES = frozenset(code for code, _name in settings.LANGUAGES) - {settings.LANGUAGE_CODE}
_SPOKEN = {"ja-easy": "ja", "zh": "zh-Hans", "pt": "pt-BR"}


class LanguageMiddleware:
    """Django's own middleware takes a language for absent as long as its catalogue has not been compiled, and tells
    caches that pages differ by what browsers prefer: neither is so here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info[1:10].partition("/")[0]
        code = first if first in _CODES else settings.LANGUAGE_CODE
        activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", _SPOKEN.get(code, code))
        return response
