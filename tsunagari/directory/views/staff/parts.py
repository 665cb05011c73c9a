"""The parts of an entry that are edited one by one: dates, phones, places, tags, words in other languages."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tsunagari.directory.actions import dates, details
from tsunagari.directory.forms.places import PlaceTyped
from tsunagari.directory.forms.typed import typed
from tsunagari.directory.forms.when import read_lines
from tsunagari.directory.models import Service
from tsunagari.directory.terms import OccurrenceState
from tsunagari.directory.views.keep import ids
from tsunagari.directory.views.staff.entry import back, page
from tsunagari.kernel.pages import acting, writes


@writes("entry.confirm")
def date_states(request: HttpRequest, service: Service) -> HttpResponse:
    chosen, act = ids(request.POST.getlist("date")), request.POST.get("act", "")
    actor = acting(request)
    if act == OccurrenceState.CONFIRMED:
        dates.confirm_dates(service, dates=chosen, by=actor)
    elif act in (OccurrenceState.FULL, OccurrenceState.CANCELLED):
        dates.set_state(service, dates=chosen, state=OccurrenceState(act), by=actor)
    return back(service, "dates", "#dates")


@writes("entry.confirm")
def new_dates(request: HttpRequest, service: Service) -> HttpResponse:
    """First the reading is shown, then the same text sent again is taken: nobody publishes what was misread."""
    text = typed(request.POST.get("text", ""), 4000)
    found, unread = read_lines(text)
    if found and text == typed(request.POST.get("sure", ""), 4000):
        dates.add_dates(service, starts=found, by=acting(request))
        return back(service, "dates", "#dates")
    sorry = _("日付を読みとれませんでした。「12月3日（木）13:30〜15:00」のように、1行に1日ずつ書いてください。")
    error = None if found else sorry
    return page(request, service, dates_text=text, read_dates=found, unread=unread, dates_error=error)


def typed_phones(request: HttpRequest) -> list[tuple[str, str]]:
    """(number, who answers) pairs as they were typed."""
    numbers = [typed(n, 64) for n in request.POST.getlist("number")][:20]
    words = [typed(d, 200) for d in request.POST.getlist("description")][:20]
    return list(zip(numbers, words, strict=False))


@writes("entry.edit")
def phones(request: HttpRequest, service: Service) -> HttpResponse:
    details.set_phones(service, phones=typed_phones(request), by=acting(request))
    return back(service, "saved", "#where")


@writes("entry.edit")
def place(request: HttpRequest, service: Service) -> HttpResponse:
    form = PlaceTyped.read(request.POST)
    if form.errors:
        return page(request, service, status=422, place_errors=form.errors, place_for=request.POST.get("location", ""))
    location: Any = next(iter(ids([request.POST.get("location", "")])), None)
    details.set_place(service, location=location, values=form.values, by=acting(request))
    return back(service, "saved", "#where")


@writes("entry.edit")
def tags(request: HttpRequest, service: Service) -> HttpResponse:
    terms: list[UUID] = ids(request.POST.getlist("term"))
    details.set_tags(service, terms=terms, by=acting(request))
    return back(service, "saved", "#tags")


@writes("entry.edit")
def text(request: HttpRequest, service: Service) -> HttpResponse:
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and language != settings.LANGUAGE_CODE:
        limits = {"name": 120, "description": 4000, "when_text": 1000}
        values = {name: typed(request.POST.get(name, ""), limit) for name, limit in limits.items()}
        details.set_text(service, language=language, values=values, by=acting(request))
    return back(service, "saved", "#texts")
