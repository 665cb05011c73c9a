"""Pages whose address says what somebody looks for or answers."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def hush(response: HttpResponse) -> HttpResponse:
    """Attack: a shared computer, a proxy's cache, the next site's log. The page is kept nowhere and its address is
    told to nobody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def quiet(view: View) -> View:
    """Every answer of this page is hushed."""

    @functools.wraps(view)
    def hushed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return hush(view(request, *args, **kwargs))

    return hushed
