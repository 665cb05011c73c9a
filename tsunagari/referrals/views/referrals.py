"""A referral on its way: choosing a place, asking for room, sending, taking up, meeting, arriving, staying."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from tsunagari.directory.models import Organization, Service
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, page_or_part, reads, render, writes
from tsunagari.referrals.actions import arriving, referring, wiping
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.forms import referrals as forms
from tsunagari.referrals.models import Handover, Referral, Slip, Wipe
from tsunagari.referrals.showing import referrals as showing
from tsunagari.referrals.showing.not_yet import sentence
from tsunagari.referrals.showing.places import places_page


def page(request: HttpRequest, referral: Referral, *, status: int = 200, **more: Any) -> HttpResponse:
    """Where it stands; `more` brings back what did not work."""
    context = showing.referral_page(request, referral, **more)
    return render(request, "referrals/referral.html", context, status=status)


def step(request: HttpRequest, referral: Referral, done: str, act: Callable[..., Any], **values: Any) -> HttpResponse:
    """Take one step and go back to the page, or say gently why it cannot be taken yet."""
    try:
        act(referral, **values, by=acting(request))
    except NotYet as held:
        referral.refresh_from_db()
        return page(request, referral, status=422, why=sentence(held.why))
    return HttpResponseRedirect(f"{reverse('referral', args=[referral.pk])}?done={done}")


def _wrong(request: HttpRequest, referral: Referral, form: Any, **more: Any) -> HttpResponse:
    return page(request, referral, status=422, why=forms.told(form), **more)


@reads("slip.refer")
def places(request: HttpRequest, slip: Slip) -> HttpResponse:
    return page_or_part(request, "referrals/places.html", "found", places_page(request, slip))


@writes("slip.refer")
def additions(request: HttpRequest, slip: Slip) -> HttpResponse:
    actor, (receiver, service) = acting(request), _chosen(request)
    if receiver is None:
        return _places_again(request, slip, "no_place")
    try:
        referral = referring.propose(slip, receiver, service=service, by=actor)
    except NotYet as held:
        return _places_again(request, slip, held.why)
    return HttpResponseRedirect(f"{reverse('referral', args=[referral.pk])}?done=asked")


def _chosen(request: HttpRequest) -> tuple[Organization | None, Service | None]:
    """The organisation that was tapped, and its entry; neither when the public finds no such thing in the directory:
    who edits it also sees what was taken out."""
    service = None
    try:
        receiver = access.fetch(access.PUBLIC, "organization.read", pk=request.POST.get("receiver", ""))
        if wanted := request.POST.get("service"):
            service = access.fetch(access.PUBLIC, "entry.read", pk=wanted, organization=receiver)
    except access.NotVisible:
        return None, None
    return receiver, service


def _places_again(request: HttpRequest, slip: Slip, why: str) -> HttpResponse:
    return render(request, "referrals/places.html", places_page(request, slip, sentence(why)), status=422)


@lists("referral.read")
def referrals(request: HttpRequest, rows: QuerySet[Referral]) -> HttpResponse:
    return page_or_part(request, "referrals/referrals.html", "found", showing.referrals_page(request, rows))


@reads("referral.read")
def referral(request: HttpRequest, found: Referral) -> HttpResponse:
    return page(request, found)


@reads("referral.open")
def sheet(request: HttpRequest, found: Referral) -> HttpResponse:
    return render(request, "referrals/sheet.html", showing.sheet_page(request, found))


@writes("referral.ask_room")
def room_question(request: HttpRequest, found: Referral) -> HttpResponse:
    return step(request, found, "asked", referring.ask_room)


@writes("referral.answer_room")
def room(request: HttpRequest, found: Referral) -> HttpResponse:
    form = forms.RoomForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, form)
    return step(request, found, "room", referring.answer_room, **form.cleaned_data)


@writes("referral.send")
def sending(request: HttpRequest, found: Referral) -> HttpResponse:
    return step(request, found, "sent", referring.send)


@writes("referral.accept")
def acceptance(request: HttpRequest, found: Referral) -> HttpResponse:
    return step(request, found, "accepted", referring.accept)


@writes("referral.decline")
def refusal(request: HttpRequest, found: Referral) -> HttpResponse:
    form = forms.DeclineForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, form)
    return step(request, found, "declined", referring.decline, **form.cleaned_data)


@writes("referral.withdraw")
def withdrawal(request: HttpRequest, found: Referral) -> HttpResponse:
    return step(request, found, "withdrawn", referring.withdraw)


@writes("referral.plan_meeting")
def meetings(request: HttpRequest, found: Referral) -> HttpResponse:
    form = forms.MeetingForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, form, meeting_form=form)
    try:
        meeting = arriving.plan_meeting(found, **form.values, by=acting(request))
    except NotYet as held:
        return page(request, found, status=422, why=sentence(held.why), meeting_form=form)
    return redirect("meeting", pk=meeting.pk)


@reads("meeting.read")
def meeting(request: HttpRequest, found: Handover) -> HttpResponse:
    return render(request, "referrals/meeting.html", showing.meeting_page(request, found))


@writes("meeting.tell")
def telling(request: HttpRequest, found: Handover) -> HttpResponse:
    form = forms.TellForm(request.POST)
    if not form.is_valid():
        found = access.fetch(acting(request), "meeting.read", pk=found.pk)  # it shows words: written down first
        typed = {"sentence": request.POST.get("sentence", "")}
        context = showing.meeting_page(request, found) | {"why": forms.told(form), "typed": typed}
        return render(request, "referrals/meeting.html", context, status=422)
    arriving.tell_meeting(found, **form.cleaned_data, by=acting(request))
    return HttpResponseRedirect(f"{reverse('referral', args=[found.referral_id])}?done=told")


@writes("referral.note_arrival")
def arrival(request: HttpRequest, found: Referral) -> HttpResponse:
    return step(request, found, "came", arriving.note_arrival)


@writes("referral.note_arrival")
def visit_again(request: HttpRequest, found: Referral) -> HttpResponse:
    return step(request, found, "came_again", arriving.note_return)


@writes("referral.note_attempt")
def attempts(request: HttpRequest, found: Referral) -> HttpResponse:
    form = forms.AttemptForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, form)
    return step(request, found, "tried", arriving.note_attempt, **form.cleaned_data)


@writes("referral.follow_up")
def follow_ups(request: HttpRequest, found: Referral) -> HttpResponse:
    form = forms.LaterForm(request.POST)
    question = found.follow_ups.filter(months=form.cleaned_data["months"]).first() if form.is_valid() else None
    if question is None:
        return _wrong(request, found, form)
    arriving.answer_follow_up(question, answer=form.cleaned_data["answer"], by=acting(request))
    return HttpResponseRedirect(f"{reverse('referral', args=[found.pk])}?done=answered")


@writes("referral.end")
def ending(request: HttpRequest, found: Referral) -> HttpResponse:
    form = forms.EndForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, form)
    return step(request, found, "ended", arriving.end, **form.cleaned_data)


@writes("referral.hand_over")
def handover(request: HttpRequest, found: Referral) -> HttpResponse:
    form = showing.hand_form(found, request.POST)
    if not form.is_valid():
        return _wrong(request, found, form)
    account, organization = map(UUID, form.chosen)
    try:
        referring.hand_over(found, to=account, organization_id=organization, by=acting(request))
    except NotYet as held:
        return page(request, found, status=422, why=sentence(held.why))
    still = access.visible(acting(request), "referral.read").filter(pk=found.pk).exists()
    return redirect("referral", pk=found.pk) if still else redirect("work")


@writes("wipe.answer")
def wipe_answers(request: HttpRequest, found: Wipe) -> HttpResponse:
    form = forms.WipeForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found.referral, form)
    wiping.answer_wipe(found, answer=form.cleaned_data["answer"], by=acting(request))
    return HttpResponseRedirect(f"{reverse('referral', args=[found.referral_id])}?done=wiped")
