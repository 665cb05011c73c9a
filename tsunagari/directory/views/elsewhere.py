"""Addresses that are almost right: another language code, a page that moved."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override

from tsunagari.kernel.pages import public

_OWN = dict(settings.LANGUAGES)
_ALIASES = {
    "easy": "ja-easy", "ja-simple": "ja-easy", "simple": "ja-easy", "jp": "ja", "cn": "zh", "tw": "zh", "kr": "ko",
    "vn": "vi", "br": "pt", "us": "en", "uk": "en",
}  # fmt: skip


def nearest_language(code: str) -> str:
    """The language we have that is nearest to the one asked for: pt-br → pt, zh-hant → zh, fr → en."""
    plain = code.lower().replace("_", "-")
    if plain in _ALIASES:
        return _ALIASES[plain]
    base = plain.split("-")[0]
    return plain if plain in _OWN else base if base in _OWN else "en"


@public
def other_language(request: HttpRequest, code: str, rest: str) -> HttpResponse:
    """A page of ours under a code we do not use leads to the page itself; anything else is absent."""
    if len(code) > 2 and code.lower().replace("_", "-") not in _ALIASES and code[2:3] not in "-_":
        raise Http404  # a word, not the two letters of a language: /nope/
    language = nearest_language(code)
    with override(language):
        address = reverse("front") + rest
        try:
            found = resolve(address)
        except Resolver404 as absent:
            raise Http404 from absent
    if found.kwargs.keys() == {"code", "rest"}:  # back to this view: a code after a code
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
