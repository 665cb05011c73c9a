"""A receiver without an account: one link a slip, opened once, by one browser."""

import functools
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, override

from tsunagari.kernel import audit, rows
from tsunagari.kernel.access import PUBLIC, Forbidden, NotVisible
from tsunagari.kernel.pages import acting, public, reads, render, writes
from tsunagari.referrals.actions import answering
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.forms.answers import AnswerForm
from tsunagari.referrals.models import ReceiverLink, Referral
from tsunagari.referrals.showing.arrival import arrival_page
from tsunagari.referrals.terms import Reason, RoomAnswer, Wiped
from tsunagari.referrals.views.quiet import View, quiet


def _cookie_name(code: str) -> str:
    return f"{'__Secure-' if settings.SESSION_COOKIE_SECURE else ''}link-{code}"


def _cookie(request: HttpRequest) -> str:
    return request.COOKIES.get(_cookie_name(get_language() or settings.LANGUAGE_CODE), "")[:128]


def _bind(response: HttpResponse, link: ReceiverLink, secret: str) -> None:
    """This browser alone gets in from here. The cookie goes to the link's own addresses only, one a language."""
    for code, _words in settings.LANGUAGES:
        with override(code):
            path = reverse("receiver_link", args=[answering.token_of(link)])
        response.set_cookie(
            _cookie_name(code),
            secret,
            path=path,
            expires=link.expires_at,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )


def one_polite_page(view: View) -> View:
    """Run out, closed, forwarded, guessed, opened elsewhere: the same page, byte for byte."""

    @functools.wraps(view)
    def door(request: HttpRequest, token: str) -> HttpResponse:
        try:
            with rows.for_the_house():  # the link is the door here, whoever is signed in at this browser
                return view(request, token)
        except (NotVisible, Forbidden):
            return render(request, "referrals/link_gone.html", status=404)

    return door


def _page(request: HttpRequest, link: ReceiverLink, token: str, status: int = 200, **more: object) -> HttpResponse:
    """What the switches allow now. That it was read is written down before a word of it is gathered."""
    audit.record_reading("receiver_link.use", by=PUBLIC, about=link.referral, link=link.pk)
    referral = Referral.objects.select_related("slip__sender", "receiver").get(pk=link.referral_id)
    context: dict[str, Any] = {
        "page": arrival_page(referral),
        "token": token,
        "rooms": RoomAnswer.choices,
        "reasons": Reason.choices,
        "wipes": Wiped.choices,
        "entrance": reverse("receiver_link", args=[token]),
        "done": "",
        "errors": (),
        "why": "",
        **more,
    }
    return render(request, "referrals/link_page.html", context, status=status)


@public
@quiet
@one_polite_page
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Only a button: scanners of mail look at every link before the person does."""
    answering.find_link(token, cookie=_cookie(request), by=PUBLIC)
    return render(request, "referrals/link.html", {"token": token, "key": secrets.token_urlsafe(32)})


@writes("receiver_link.use")
@quiet
@one_polite_page
def opening(request: HttpRequest, token: str) -> HttpResponse:
    key = request.POST.get("key", "")[:128]
    found, secret = answering.open_link(token, key=key, cookie=_cookie(request), by=PUBLIC)
    response = _page(request, found, token)
    _bind(response, found, secret)
    return response


@writes("receiver_link.use")
@quiet
@one_polite_page
def answers(request: HttpRequest, token: str) -> HttpResponse:
    found = answering.find_link(token, cookie=_cookie(request), by=PUBLIC)
    form = AnswerForm.read(request.POST.dict())
    if found.opened_at is None:
        raise NotVisible("receiver_link.use")
    if form.answer is None:
        return _page(request, found, token, 422, errors=form.errors)
    try:
        answering.answer_by_link(found, answer=form.answer, by=PUBLIC)
    except NotYet as fault:
        return _page(request, found, token, 422, why=fault.why)
    return _page(request, found, token, done=form.answer.said.value)


@reads("referral.make_link")
@quiet
def made(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The link as a QR code to hand over, until it is opened."""
    found = referral.links.filter(closed_at=None).first()
    address = ""
    if found and found.opened_at is None:
        address = settings.PUBLIC_URL + reverse("receiver_link", args=[answering.token_of(found)])
    mailed = bool(referral.receiver.email and referral.slip.protected_at is None)
    context = {"referral": referral, "link": found, "address": address, "mailed": mailed}
    return render(request, "referrals/link_made.html", context)


@writes("referral.make_link")
def links(request: HttpRequest, referral: Referral) -> HttpResponse:
    answering.make_link(referral, by=acting(request))
    return HttpResponseRedirect(reverse("referral_link", args=[referral.pk]))
