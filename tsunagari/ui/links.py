"""Addresses of the page the reader is on: in another language, or with one thing in the query changed."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def switch_language(context: Context, code: str) -> str:
    """This page in the language `code`, query kept; the front page where this page has no name of its own.

    A template that says `{% set lost = true %}` (404, 403) never shows its own address. A page that answers a form has
    none that a link could lead to: its view names the page of the form as `entrance`.
    """
    prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
    return prefix + elsewhere(context)


def elsewhere(context: Context) -> str:
    """The address of this page without its language."""
    request = context.get("request")
    if context.get("lost") or request is None or request.resolver_match is None:
        return "/"
    path, own = _own(context), f"/{get_language()}/"
    if path.startswith(own):
        path = path[len(own) - 1 :]
    query = _as_it_came(request)
    return f"{path}?{query}" if query else path


def _own(context: Context) -> str:
    """The address that links to this page name."""
    return str(context.get("entrance") or context["request"].path)


def _as_it_came(request: HttpRequest) -> str:
    """The query as the browser wrote it: writing it anew seven times a page was a fifth of the page's time."""
    text: str = request.META.get("QUERY_STRING", "")
    return text if text.isascii() else request.GET.urlencode()


@pass_context
def here(context: Context, **changes: Any) -> str:
    """This page with parts of its query changed; None takes a part out: `here(furi="1")`, `here(page=None)`."""
    request = context.get("request")
    if context.get("lost") or request is None:
        address, query = reverse("front"), {}
    elif not any(name in request.GET for name in changes):
        added = urlencode({name: value for name, value in changes.items() if value is not None}, doseq=True)
        text, address = "&".join(part for part in (_as_it_came(request), added) if part), _own(context)
        return f"{address}?{text}" if text else address
    else:
        address, query = _own(context), {name: request.GET.getlist(name) for name in request.GET}
    query.update({name: [] if value is None else value for name, value in changes.items()})
    text = urlencode({name: value for name, value in query.items() if value != []}, doseq=True)
    return f"{address}?{text}" if text else address
