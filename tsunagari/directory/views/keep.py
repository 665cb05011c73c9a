"""The keeper's link: one tap says 「変わりありません」, and nobody has to sign in."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import now

from tsunagari.directory.actions import dates, keeping
from tsunagari.directory.forms.typed import typed, web_address
from tsunagari.directory.models import KeeperLink
from tsunagari.directory.terms import ChangeState, OccurrenceState, Room
from tsunagari.kernel.access import PUBLIC
from tsunagari.kernel.pages import public, render, writes


def _page(request: HttpRequest, link: KeeperLink, token: str, **more: object) -> HttpResponse:
    service = link.keeper.service
    coming = service.occurrences.filter(starts_at__range=(now(), now() + timedelta(days=70)))
    context = {
        "service": service,
        "token": token,
        "rooms": Room.choices,
        "dates": coming.filter(state=OccurrenceState.PLANNED)[:12],
        "waiting": service.pending_changes.filter(state=ChangeState.WAITING),
        "reports": service.reports.filter(answered_at=None),
        "phone": keeping.current_value(service, "phone"),
        "done": request.GET.get("done", ""),
        **more,
    }
    response = render(request, "directory/keep.html", context)
    response.headers["Cache-Control"] = "no-store"
    # The address is the key: no other site may be told where the reader came from. Not "no-referrer": older browsers
    # would then send the forms of this page with `Origin: null`, which our own door refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _back(token: str, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('keep', args=[token])}?done={done}")


def ids(texts: list[str]) -> list[UUID]:
    """The ids among these texts; anything else is left out."""
    found = []
    for text in texts[:200]:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


@public
def keep(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, keeping.open_link(token), token)


@writes("link.use")
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    link = keeping.open_link(token)
    keeping.confirm_by_link(link, room=request.POST.get("room", ""), by=PUBLIC)
    return _back(token, "confirmed")


@writes("link.use")
def date_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    link = keeping.open_link(token)
    dates.confirm_dates_by_link(link, dates=ids(request.POST.getlist("date")), by=PUBLIC)
    return _back(token, "dates")


@writes("link.use")
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    link = keeping.open_link(token)
    values = {"phone": typed(request.POST.get("phone", ""), 64), "url": web_address(request.POST.get("url", ""))}
    keeping.propose_changes(link, values=values, by=PUBLIC)
    return _back(token, "proposed")
