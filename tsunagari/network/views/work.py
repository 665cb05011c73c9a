"""Whom I act for, when I am posted to several members."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tsunagari.kernel.pages import writes
from tsunagari.network.actors import ACTING_FOR
from tsunagari.network.models import Posting


@writes("posting.choose")
def choice(request: HttpRequest, posting: Posting) -> HttpResponse:
    organization: UUID = posting.member.organization_id
    request.session[ACTING_FOR] = str(organization)
    return redirect("work")


@writes("person.read")
def no_choice(request: HttpRequest) -> HttpResponse:
    request.session.pop(ACTING_FOR, None)
    return redirect("work")
