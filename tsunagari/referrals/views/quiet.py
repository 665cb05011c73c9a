"""Pages that hold what one person or one receiver may read: kept nowhere, found by no search engine."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def quiet(view: View) -> View:
    """Attack: the "back" of a shared computer, a proxy's cache, the next site's log.

    Not "no-referrer": older browsers would then send these forms with `Origin: null`, which our own door refuses.
    """

    @functools.wraps(view)
    def hushed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return hushed
