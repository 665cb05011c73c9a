"""Protecting a person, one act; lifting it, two people and 72 hours."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from tsunagari.kernel import access
from tsunagari.kernel.access import Can
from tsunagari.kernel.pages import acting, reads, render, writes
from tsunagari.referrals.actions import slips
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.models import Slip, Unprotecting
from tsunagari.referrals.policies.slips import LIFTED_AFTER
from tsunagari.referrals.showing.not_yet import sentence
from tsunagari.referrals.showing.people import account_names
from tsunagari.referrals.showing.slips import colleague_form
from tsunagari.referrals.views.slips import again, back


@writes("slip.protect")
def protection(request: HttpRequest, slip: Slip) -> HttpResponse:
    slips.protect(slip, by=acting(request))
    if access.visible(acting(request), "slip.read").filter(pk=slip.pk).exists():
        return back(slip, "protected")
    return redirect("slips")  # whose it is sees it from here; to her who protected it is absent too


@writes("slip.ask_unprotect")
def unprotectings(request: HttpRequest, slip: Slip) -> HttpResponse:
    form = colleague_form(slip, request.POST)
    if not form.is_valid():
        return again(request, slip, why=" ".join(map(str, form.errors.get("to", []))))
    try:
        slips.ask_unprotect(slip, of=form.cleaned_data["to"].pk, by=acting(request))
    except NotYet as held:
        return again(request, slip, why=sentence(held.why))
    return back(slip, "asked")


@reads("unprotecting.read")
def unprotecting(request: HttpRequest, asked: Unprotecting) -> HttpResponse:
    names = account_names([asked.asked_by, asked.asked_of])
    context = {
        "asked": asked,
        "asker": names.get(asked.asked_by, ""),
        "second": names.get(asked.asked_of, ""),
        "from_when": asked.asked_at + LIFTED_AFTER + timedelta(minutes=1),
        "can": Can(acting(request), "unprotecting", asked),
        "hers": access.visible(acting(request), "slip.read").filter(pk=asked.slip_id).exists(),
    }
    return render(request, "referrals/unprotecting.html", context)


def _on(request: HttpRequest, asked: Unprotecting, done: str) -> HttpResponse:
    """To the sheet if she may read it, else to where she came from."""
    if access.visible(acting(request), "slip.read").filter(pk=asked.slip_id).exists():
        return HttpResponseRedirect(f"{reverse('slip', args=[asked.slip_id])}?done={done}")
    return redirect("unprotecting", pk=asked.pk)


@writes("unprotecting.lift")
def lifting(request: HttpRequest, asked: Unprotecting) -> HttpResponse:
    slips.lift(asked, by=acting(request))
    return _on(request, asked, "lifted")


@writes("unprotecting.drop")
def objection(request: HttpRequest, asked: Unprotecting) -> HttpResponse:
    slips.drop(asked, by=acting(request))
    return _on(request, asked, "kept")
