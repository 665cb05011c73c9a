"""Activities for calendars."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from tsunagari.directory.models import Occurrence
from tsunagari.directory.showing import calendars, dates
from tsunagari.directory.showing.entry import find_entry
from tsunagari.kernel.pages import public

DAYS = 42


def _answer(request: HttpRequest, name: str, rows: QuerySet[Occurrence], file: str) -> HttpResponse:
    base = request.build_absolute_uri("/").rstrip("/")
    text = calendars.calendar(name, rows, lambda pk: base + reverse("place", args=[pk]), request.get_host())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response


@public
def activities(request: HttpRequest) -> HttpResponse:
    today = localdate()
    return _answer(request, "つながり 活動", dates.coming(today, today + dt.timedelta(days=DAYS)), "activities")


@public
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    service, today = find_entry(pk), localdate()
    rows = dates.coming(today, today + dt.timedelta(days=366)).filter(service=service)
    return _answer(request, service.name, rows, "activity")
