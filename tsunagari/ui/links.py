"""Addresses of the page the reader is on: in another language, or with one thing in the query changed."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def switch_language(context: Context, code: str) -> str:
    """This page in the language `code`, query kept; the front page where this page has no name of its own.

    A template that says `{% set lost = true %}` (404, 403) never shows its own address.
    """
    request = context.get("request")
    match = None if context.get("lost") or request is None else request.resolver_match
    with override(code):
        if match is None or not match.view_name:
            return reverse("front")
        try:
            address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return reverse("front")
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


@pass_context
def here(context: Context, **changes: Any) -> str:
    """This page with parts of its query changed; None takes a part out: `here(furi="1")`, `here(page=None)`."""
    request = context.get("request")
    if context.get("lost") or request is None:
        address, query = reverse("front"), {}
    else:
        address, query = request.path, {name: request.GET.getlist(name) for name in request.GET}
    query.update({name: [] if value is None else value for name, value in changes.items()})
    text = urlencode({name: value for name, value in query.items() if value != []}, doseq=True)
    return f"{address}?{text}" if text else address
