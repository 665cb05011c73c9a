"""/find/: words, sentences and filters in; a short list with reasons out. Nothing typed is stored or logged."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import now

from tsunagari.directory import finder
from tsunagari.directory.forms import asking
from tsunagari.directory.forms.asking import Asked
from tsunagari.directory.showing import danger, found
from tsunagari.directory.showing.phones import desk, lines_by_state
from tsunagari.directory.showing.saying import language
from tsunagari.directory.views.display import display_of, tail_of
from tsunagari.directory.views.quiet import hush
from tsunagari.kernel.access import PUBLIC
from tsunagari.kernel.pages import page_or_part, public


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
    response = page_or_part(request, "directory/find.html", "results", _page(request, asked, query, answer))
    return hush(response) if request.GET else response


def _page(request: HttpRequest, asked: Asked, query: finder.Query, answer: found.Answer) -> dict[str, Any]:
    base, display = reverse("find"), list(display_of(request).items())
    more = answer.results.total > len(answer.cards) and asked.page < asking.MOST_PAGES
    return {
        "asked": asked,
        "answer": answer,
        "counts": answer.results.counts,
        "choices": found.choices(language()),
        "whens": found.whens(),
        "kinds": found.kinds(),
        "more": f"{base}?{asked.address(page=asked.page + 1, **dict(display))}" if more else "",
        "here_address": f"{base}?{asked.address()}",
        "danger": _danger(asked),
        **({} if answer.cards else _instead(query, base, tail_of(request))),
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
