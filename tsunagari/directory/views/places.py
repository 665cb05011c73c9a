"""The page of one entry: place, help or activity alike."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tsunagari.directory.showing import around, entry
from tsunagari.directory.showing.whereabouts import pins, place_words
from tsunagari.directory.views.display import tail_of
from tsunagari.kernel import access
from tsunagari.kernel.access import NotVisible
from tsunagari.kernel.pages import acting, public, render


@public
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The entry with this id; the id of a location leads to what stands there."""
    try:
        service = entry.find_entry(pk)
    except NotVisible:
        elsewhere = entry.entry_at(pk)
        if elsewhere is None:
            raise
        return HttpResponseRedirect(reverse("place", args=[elsewhere]))
    shown = entry.entry_page(service)
    # Who refers people begins here; the public's actor allows nothing, and no question goes to the database.
    may_refer = access.may_any(acting(request), "organization.begin_slip")
    context = {"entry": shown, "pins": pins(shown.places, shown.name, ""), "may_refer": may_refer}
    context |= around.of(shown, tail_of(request))
    return render(request, "directory/place.html", context)


@public
def slip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet of paper to carry, with a code that opens the page on another phone."""
    shown = entry.entry_page(entry.find_entry(pk))
    context = {
        "entry": shown,
        "place_words": [place_words(one) for one in shown.places],
        "when": around.when_of(shown.service, shown.when_text),
        "address": request.build_absolute_uri(reverse("place", args=[pk])),
    }
    return render(request, "directory/slip.html", context)
