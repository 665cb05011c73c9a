"""The roster of a day: as a page, on paper, for Excel. Only what each member allowed."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tsunagari.kernel.pages import page_or_part, public
from tsunagari.network.showing import roster as showing
from tsunagari.network.showing.roster import Roster, day_of


def _asked(request: HttpRequest) -> Roster:
    return showing.roster(day_of(request.GET.get("as_of", "")), request.GET.get("sort", ""))


def _file(day: date, ending: str, content_type: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="members-{day.isoformat()}.{ending}"'
    return response


@public
def members(request: HttpRequest) -> HttpResponse:
    found = _asked(request)
    context = {"roster": found, "as_of_text": showing.as_of_text(found.day), "today": timezone.localdate()}
    return page_or_part(request, "network/roster.html", "list", context)


@public
def members_csv(request: HttpRequest) -> HttpResponse:
    found = _asked(request)
    return _file(found.day, "csv", "text/csv; charset=utf-8", showing.csv(found))


@public
def members_pdf(request: HttpRequest) -> HttpResponse:
    day = day_of(request.GET.get("as_of", ""))
    return _file(day, "pdf", "application/pdf", showing.paper(day, request.GET.get("sort", "")))
