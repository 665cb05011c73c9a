"""A town of one house: the look alone, with stand-ins for the pages it links to."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tsunagari.kernel.pages import not_found, public, refused, render
from tsunagari.ui.samples import SAMPLES
from tsunagari.ui.shapes import Link

_EXAMPLES = [Link(words, "/find/") for words in ("話し相手がほしい", "夜に行ける場所", "家にいるのがつらい")]


@public
def front(request: HttpRequest) -> HttpResponse:
    values = {"examples": _EXAMPLES, "today": SAMPLES["cards"], "lines": SAMPLES["lines"], "near_text": ""}
    return render(request, "directory/front.html", values)


@public
def other(request: HttpRequest, pk: str = "") -> HttpResponse:
    return render(request, "ui/about.html")


@public
def conflict(request: HttpRequest) -> HttpResponse:
    fields, hidden = [("名前", "ひだまり", "ひなた")], [("name", "ひなた")]
    values = {"fields": fields, "hidden": hidden, "action": "/x/", "back": "/find/"}
    return render(request, "ui/409.html", values, status=409)


@public
def stale(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/stale.html", status=403)


urlpatterns = i18n_patterns(
    path("", front, name="front"),
    path("find/", other, name="find"),
    path("guide/", other, name="guide"),
    path("activities/", other, name="activities"),
    path("lines/", other, name="lines"),
    path("places/<uuid:pk>/", other, name="place"),
    path("hidden/<uuid:pk>/", public(lambda request, pk: not_found(request)), name="hidden"),
    path("join/", other, name="join"),
    path("refused/", public(lambda request: refused(request))),
    path("conflict/", conflict),
    path("stale/", stale),
    path("", include("tsunagari.ui.urls")),
    prefix_default_language=False,
)
handler404 = "tsunagari.kernel.pages.not_found"
handler500 = "tsunagari.kernel.pages.broken"
