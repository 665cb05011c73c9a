"""Pages about the site itself, and the gallery of its components (public, but linked from nowhere)."""

from django.http import HttpRequest, HttpResponse

from tsunagari.kernel.pages import public, render
from tsunagari.ui.samples import SAMPLES


@public
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", SAMPLES)


@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/about.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/privacy.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html")
