"""The person's side: with the code of her receipt (受付票), no account and no cookie.

The code comes in the body of a POST and goes back in hidden fields: it is in no address, no cookie and no log.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tsunagari.directory.models import Organization
from tsunagari.kernel import audit, rows
from tsunagari.kernel.pages import acting, public, render, writes
from tsunagari.referrals.actions import arriving, consents, referring, slips
from tsunagari.referrals.forms import receipt as forms
from tsunagari.referrals.models import Slip
from tsunagari.referrals.showing import standing
from tsunagari.referrals.showing.receipt import receipt_page
from tsunagari.referrals.terms import Later
from tsunagari.referrals.views import guesses
from tsunagari.referrals.views.quiet import quiet

View = Callable[[HttpRequest, Slip], HttpResponse]
CODE = "code"


def _ask(request: HttpRequest, why: str = "", status: int = 200) -> HttpResponse:
    context = {"why": why, "entrance": reverse("receipt")}
    return render(request, "referrals/receipt.html", context, status=status)


def _page(request: HttpRequest, slip: Slip, done: str = "") -> HttpResponse:
    """The page as things stand now. That it was read is written down before a word of it is gathered."""
    audit.record_reading("slip_receipt.use", by=acting(request), about=slip)
    slip.refresh_from_db()
    context: dict[str, Any] = {
        "page": receipt_page(slip),
        "code": request.POST.get(CODE, "")[:64],
        "done": done,
        "answers": Later.choices,
        "untils": forms.until_choices(),
        "entrance": reverse("receipt"),
    }
    return render(request, "referrals/receipt_page.html", context)


def with_receipt(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """The view gets the slip whose receipt was typed. Any other code gets one page, whatever is wrong with it."""

    @functools.wraps(view)
    def door(request: HttpRequest) -> HttpResponse:
        if guesses.too_many(request):
            return _ask(request, "rest", 429)
        with rows.for_the_house():  # the code is the door here, whoever is signed in at this browser
            slip = slips.of_receipt(forms.typed_code(request.POST.get(CODE, "")))
            if slip is not None:
                return view(request, slip)
        guesses.note(request)
        return _ask(request, "unknown", 404)

    return door


@public
@quiet
def receipt(request: HttpRequest) -> HttpResponse:
    return _ask(request)


@writes("slip_receipt.use")
@quiet
@with_receipt
def page(request: HttpRequest, slip: Slip) -> HttpResponse:
    return _page(request, slip)


@writes("slip_receipt.use")
@quiet
@with_receipt
def switch_withdrawal(request: HttpRequest, slip: Slip) -> HttpResponse:
    """One switch, or all of one organisation."""
    wanted = forms.ids(request.POST.getlist("switch")[:200])
    if recipient := forms.one_id(request.POST.get("recipient", "")):
        wanted = list(slip.switches.filter(recipient_id=recipient).values_list("pk", flat=True))
    consents.withdraw_with_receipt(slip, switches=wanted, by=acting(request))
    return _page(request, slip, "withdrawn")


@writes("slip_receipt.use")
@quiet
@with_receipt
def referral_withdrawal(request: HttpRequest, slip: Slip) -> HttpResponse:
    wanted = forms.one_id(request.POST.get("referral", ""))
    if wanted and (referral := slip.referrals.filter(pk=wanted).first()):
        referring.withdraw_with_receipt(referral, by=acting(request))
    return _page(request, slip, "withdrawn")


@writes("slip_receipt.use")
@quiet
@with_receipt
def answer(request: HttpRequest, slip: Slip) -> HttpResponse:
    """How it is, in her own words of three."""
    wanted, said = forms.one_id(request.POST.get("question", "")), request.POST.get("answer", "")
    question = next((one for one in standing.questions(slip) if one.pk == wanted), None)
    if question and said in Later.values:
        arriving.answer_with_receipt(question, answer=Later(said), by=acting(request))
    return _page(request, slip, "answered")


@writes("slip_receipt.use")
@quiet
@with_receipt
def consent(request: HttpRequest, slip: Slip) -> HttpResponse:
    """What a place under way may be told: ticked is yes, the others were asked and declined."""
    recipient = Organization.objects.filter(pk__in=forms.ids([request.POST.get("recipient", "")])).first()
    ticked = [] if "none" in request.POST else request.POST.getlist("yes")
    answers, until = forms.cells(request.POST.getlist("asked"), ticked), forms.until(request.POST.get("until", ""))
    if recipient and answers:
        consents.answer_with_receipt(slip, recipient, answers=answers, until=until, by=acting(request))
    return _page(request, slip, "consented")
