"""/find/: words, sentences and filters in; a short list with reasons out. Nothing typed is stored or logged."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tsunagari.directory import finder
from tsunagari.directory.forms import asking
from tsunagari.directory.forms.asking import Asked
from tsunagari.directory.showing import danger, found
from tsunagari.directory.showing.phones import desk, lines_by_state
from tsunagari.directory.showing.saying import language
from tsunagari.directory.views.display import display_of, tail_of
from tsunagari.directory.views.drawn import drawn_cards, filters, typed_filters
from tsunagari.directory.views.quiet import hush
from tsunagari.kernel.access import PUBLIC
from tsunagari.kernel.pages import page_or_part, public, render
from tsunagari.ui.shapes import Link

LONGEST_CODE = 1000  # letters of an address that a telephone still reads from paper


def query_of(asked: Asked) -> finder.Query:
    """What was asked, in the finder's words. "More" means a longer list, so it is always read from its beginning."""
    terms = asked.terms
    return finder.Query(
        q=asked.q,
        lang=language(),
        worry=terms.get("worry", ()),
        audience=terms.get("for", ()),
        category=terms.get("category", ()),
        feature=terms.get("feature", ()),
        kind=terms.get("kind", ()),
        when=asked.when,
        near=asked.near,
        place=asked.place,
        km=asked.km,
        per_page=asked.page * found.PER_PAGE,
    )


@public
def find(request: HttpRequest) -> HttpResponse:
    asked = asking.read(request.GET)
    query = query_of(asked)
    answer = found.answered(finder.search(query), tail_of(request))
    if request.GET.get("format") == "json":
        return hush(JsonResponse(found.as_json(answer), json_dumps_params={"ensure_ascii": False}))
    if request.GET.get("as") == "slip":
        return hush(render(request, "directory/find_slip.html", _slip(request, asked, answer)))
    response = page_or_part(request, "directory/find.html", "results", _page(request, asked, query, answer))
    return hush(response) if request.GET else response


def _page(request: HttpRequest, asked: Asked, query: finder.Query, answer: found.Answer) -> dict[str, Any]:
    base, display = reverse("find"), display_of(request)
    more = answer.results.total > len(answer.hits) and asked.page < asking.MOST_PAGES
    same = f"{base}?{asked.address(**display)}"
    return {
        "asked": asked,
        "answer": answer,
        "cards": drawn_cards(answer),
        "filters": filters(asked),
        "typed": typed_filters(asked, answer.results.counts, base, display),
        "tabs": _tabs(same, asked.page),
        "on_map": request.GET.get("view") == "map",
        "more": _with(same, f"page={asked.page + 1}") if more else "",
        "slip": _with(same, f"page={asked.page}&as=slip"),
        "danger": _danger(asked),
        **({} if answer.hits else _instead(query, base, tail_of(request))),
    }


def _with(same: str, part: str) -> str:
    """The address that asks the same, with one more part."""
    return f"{same}{part}" if same.endswith("?") else f"{same}&{part}"


def _tabs(same: str, page: int) -> list[Link]:
    """The same results as a list and on a map."""
    listed = _with(same, f"page={page}") if page > 1 else same
    return [Link(_("一覧"), listed), Link(_("地図"), _with(listed, "view=map"))]


def _slip(request: HttpRequest, asked: Asked, answer: found.Answer) -> dict[str, Any]:
    """The list on paper, with a code that opens it on another phone. Very long words would make no readable code."""
    address = f"{request.build_absolute_uri(reverse('find'))}?{asked.address(page=asked.page)}"
    back = f"{reverse('find')}?{asked.address(page=asked.page, **display_of(request))}"
    return {
        "answer": answer,
        "phones": found.phones(answer),
        "address": address if len(address) < LONGEST_CODE else "",
        "back": back,
    }


def _danger(asked: Asked) -> list[Any]:
    """Lines come first when the words say that somebody may be in danger."""
    if not asked.q or not danger.in_danger(asked.q):
        return []
    groups = lines_by_state(PUBLIC, now())
    return [*groups["now"][:2], *groups["danger"]]


def _instead(query: finder.Query, base: str, tail: str) -> dict[str, Any]:
    """No result is never a dead end: the nearest there is, other words, the desk, the lines."""
    close = finder.nearest(query)
    return {
        "nearest": found.answered(close.results, tail).cards[: found.PER_PAGE],
        "dropped": found.let_go(close.dropped),
        "other_words": found.other_words(close.words, base, language()),
        "lines": lines_by_state(PUBLIC, now())["now"][:2],
        "desk": desk(),
    }
