"""The guide: one question a screen, nothing kept, everything in the address."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now

from tsunagari.directory.forms.typed import typed
from tsunagari.directory.guiding.book import Book, the_book
from tsunagari.directory.guiding.walk import MOST, Walk, entrance, walk
from tsunagari.directory.showing import guided
from tsunagari.directory.showing.phones import desk, lines_by_state
from tsunagari.directory.views.display import display_of, tail_of
from tsunagari.directory.views.quiet import quiet
from tsunagari.kernel.access import PUBLIC
from tsunagari.kernel.pages import public, render


@public
@quiet
def guide(request: HttpRequest) -> HttpResponse:
    door, display = entrance(typed(request.GET.get("start", ""), 16)), display_of(request)
    if not door:
        context = {"screen": "door", "doors": guided.doors(display), "lines_for": ""}
        return render(request, "directory/guide.html", context)
    steps = [typed(step, 48) for step in request.GET.getlist("a")[:MOST]]
    book = the_book()
    at = walk(book, door, steps)
    lines_for = "teens" if at.entrance == "under18" else ""
    if at.danger and request.GET.get("on") != "1":
        return render(request, "directory/guide.html", {"lines_for": lines_for, **_danger(at, display)})
    keep = {**display, "on": "1"} if at.danger else display
    context = guided.question_of(at, keep) if at.question else _end(request, book, at, keep)
    return render(request, "directory/guide.html", {"walk": at, "lines_for": lines_for, **context})


def _danger(at: Walk, display: dict[str, str]) -> dict[str, Any]:
    audience = ("children", "teens") if at.entrance == "under18" else ()
    groups = lines_by_state(PUBLIC, now(), audience)
    lines = [*groups["danger"], *groups["now"][:3], *groups["perhaps"][:2]]
    return {"screen": "danger", "lines": lines, "on": guided.address(at.entrance, at.steps, display, on="1")}


def _end(request: HttpRequest, book: Book, at: Walk, display: dict[str, str]) -> dict[str, Any]:
    found = guided.suggested(book, at, tail_of(request))
    more = urlencode([*(("category", code) for code in found.categories), *display_of(request).items()])
    return {
        "screen": "end",
        "suggestions": found.cards,
        "says": found.says,
        "desk": desk(),
        "back": guided.back(at, display),
        "more": f"{reverse('find')}?{more}",
    }
