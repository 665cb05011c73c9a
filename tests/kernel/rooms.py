"""Pages and rules for the tests of the door: rows of the timetable play things of a town."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as town
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, Q, rule
from tsunagari.kernel.models import Slot
from tsunagari.kernel.pages import lists, public, reads, writes

__all__ = ["handler400", "handler403", "handler404", "handler500"]


@rule("room.read", Slot)
def read(actor: Actor) -> Q:
    """Everybody who signed in sees the rooms that are not secret."""
    return ~Q(name__startswith="secret") if actor.signed_in else NOBODY


@rule("room.enter", Slot)
def enter(actor: Actor) -> Q:
    """The rooms whose name begins with open may be entered, secret ones too if one could see them."""
    return Q(name__startswith="open") | Q(name__startswith="secret")


@rule("diary.read", Slot, confidential=True)
def diary(actor: Actor) -> Q:
    """Diaries are read by anybody, but never without a line."""
    return EVERYBODY


@rule("bell.ring", Slot, anonymous=True)
def ring(actor: Actor) -> Q:
    """Anybody rings."""
    return EVERYBODY


def _say(request: HttpRequest, *things: Any, **more: Any) -> HttpResponse:
    return HttpResponse(",".join(getattr(one, "name", "") or ",".join(sorted(r.name for r in one)) for one in things))


def _write(request: HttpRequest, *things: Any) -> HttpResponse:
    Slot.objects.create(name="written", next_at=timezone.now())
    return HttpResponse("written")


urlpatterns = [
    path("rooms/", lists("room.read")(_say)),
    path("rooms/<str:pk>/", reads("room.enter")(_say)),
    path("rooms/<str:pk>/entry/", writes("room.enter")(_write)),
    path("rooms/<str:pk>/careless/", reads("room.enter")(_write)),
    path("careless/", public(_write)),
    path("hall/", public(_say)),
    path("diaries/", lists("diary.read")(_say)),
    path("diaries/<str:pk>/", reads("diary.read")(_say)),
    path("bell/<str:pk>/", writes("bell.ring")(_write)),
    *town,
]
