"""For machines that watch over us: is the process up, can it serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from tsunagari.kernel.pages import public


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. No database: a proxy must not restart us because the database is away."""
    return HttpResponse("ok", content_type="text/plain")


@public
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too, and has our tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM directory_findergeneration LIMIT 1")
    except DatabaseError:
        return HttpResponse("database away", content_type="text/plain", status=503)
    return HttpResponse("ready", content_type="text/plain")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may keep: entries, not what people look for or answer."""
    hidden = ("/find/", "/guide/", "/reports/", "/keep/", "/accounts/", "/net/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden)]
    lines += [f"Disallow: /*{path}" for path in hidden[:4]]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
