"""The lines: who answers now."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from tsunagari.directory.showing.phones import desk, lines_by_state
from tsunagari.kernel.access import PUBLIC
from tsunagari.kernel.pages import public, render


@public
def lines(request: HttpRequest) -> HttpResponse:
    groups = lines_by_state(PUBLIC, now(), request.GET.getlist("for")[:4])
    return render(request, "directory/lines.html", {"groups": groups})


@public
def consult(request: HttpRequest) -> HttpResponse:
    """How to reach the town's own desk. The desk itself answers here once it exists."""
    groups = lines_by_state(PUBLIC, now())
    return render(request, "directory/consult.html", {"desk": desk(), "lines": groups["now"][:3]})
