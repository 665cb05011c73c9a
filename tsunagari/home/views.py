"""My work today, and the whole town at a glance for who untangles what got stuck."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tsunagari.home.showing import handing, town
from tsunagari.home.showing.work import work_page
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, reads, render, writes
from tsunagari.referrals.actions import referring, slips
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.models import Referral, Slip


@lists("slip.read")
def work(request: HttpRequest, slips: QuerySet[Slip]) -> HttpResponse:
    return render(request, "home/work.html", work_page(request, slips))


@lists("town.read")
def whole_town(request: HttpRequest, referrals: QuerySet[Referral]) -> HttpResponse:
    if not access.may_any(acting(request), "town.read"):
        raise access.NotVisible("town.read")
    return render(request, "home/town.html", town.town_page(request))


@reads("referral.hand_over")
def referral(request: HttpRequest, referral: Referral) -> HttpResponse:
    return render(request, "home/handing.html", handing.handing_page(referral))


@reads("contact.hand_over")
def contact(request: HttpRequest, slip: Slip) -> HttpResponse:
    return render(request, "home/handing.html", handing.handing_page(slip))


def _given(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("引きつぎました。日にちはそのままです。"))
    return redirect("town" if access.may_any(acting(request), "town.read") else "work")


@writes("referral.hand_over")
def referral_holder(request: HttpRequest, referral: Referral) -> HttpResponse:
    form = handing.form(request, referral)
    try:
        if form.is_valid():
            place, person = form.chosen
            referring.hand_over(referral, to=person, organization_id=place, by=acting(request))
            return _given(request)
    except NotYet:
        pass
    return render(request, "home/handing.html", handing.handing_page(referral, wrong=True), status=422)


@writes("contact.hand_over")
def contact_holder(request: HttpRequest, slip: Slip) -> HttpResponse:
    form = handing.form(request, slip)
    try:
        if form.is_valid():
            slips.hand_over(slip, to=form.chosen[1], by=acting(request))
            return _given(request)
    except NotYet:
        pass
    return render(request, "home/handing.html", handing.handing_page(slip, wrong=True), status=422)
