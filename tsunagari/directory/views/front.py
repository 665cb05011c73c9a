"""The first page."""

from django.http import HttpRequest, HttpResponse

from tsunagari.directory.showing import front as showing
from tsunagari.directory.views.display import display_of, tail_of
from tsunagari.kernel.pages import public, render


@public
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/front.html", showing.front(display_of(request), tail_of(request)))
