"""What I do here, and whom I act for."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tsunagari.kernel.pages import lists, render, writes
from tsunagari.network.actors import ACTING_FOR
from tsunagari.network.models import Posting
from tsunagari.network.showing.work import my_work


@lists("posting.read")
def work(request: HttpRequest, postings: QuerySet[Posting]) -> HttpResponse:
    return render(request, "network/work.html", my_work(request, postings))


@writes("posting.choose")
def choice(request: HttpRequest, posting: Posting) -> HttpResponse:
    organization: UUID = posting.member.organization_id
    request.session[ACTING_FOR] = str(organization)
    return redirect("work")


@writes("person.read")
def no_choice(request: HttpRequest) -> HttpResponse:
    request.session.pop(ACTING_FOR, None)
    return redirect("work")
