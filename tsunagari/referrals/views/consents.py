"""Asking the person what may be told to whom: the matrix of one recipient."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tsunagari.kernel.pages import acting, reads, render, writes
from tsunagari.referrals.actions import consents
from tsunagari.referrals.forms import consents as forms
from tsunagari.referrals.forms.receipt import until
from tsunagari.referrals.models import Slip
from tsunagari.referrals.showing.matrix import matrix_page, recipient_of


@reads("slip.ask_consent")
def matrix(request: HttpRequest, slip: Slip, recipient: UUID) -> HttpResponse:
    return render(request, "referrals/consents.html", matrix_page(request, slip, recipient_of(slip, recipient)))


@writes("slip.ask_consent")
def answers(request: HttpRequest, slip: Slip, recipient: UUID) -> HttpResponse:
    place, said = recipient_of(slip, recipient), forms.answers(request.POST)
    if not said:
        why = _("まだ、ひとつも選ばれていません。聞けたものだけで大丈夫です。")
        context = matrix_page(request, slip, place, why=why)
        return render(request, "referrals/consents.html", context, status=422)
    day, how = until(request.POST.get("until", "")), forms.how(request.POST)
    consents.ask(slip, place, answers=said, until=day, how=how, by=acting(request))
    return _back(slip, recipient, "consent")


@writes("slip.ask_consent")
def withdrawal(request: HttpRequest, slip: Slip, recipient: UUID) -> HttpResponse:
    place = recipient_of(slip, recipient)
    standing = slip.switches.filter(recipient=place, replaced_at=None).values_list("pk", flat=True)
    consents.withdraw(slip, switches=standing, by=acting(request))
    return _back(slip, recipient, "withdrawn")


def _back(slip: Slip, recipient: UUID, done: str) -> HttpResponse:
    """To the referral that it was asked for."""
    referral = slip.referrals.filter(receiver_id=recipient).order_by("-made_at").first()
    address = reverse("referral", args=[referral.pk]) if referral else reverse("slip", args=[slip.pk])
    return HttpResponseRedirect(f"{address}?done={done}")
