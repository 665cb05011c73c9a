"""Asking to take part, without a name in the address, a cookie or an account."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tsunagari.kernel.codes import code_hash
from tsunagari.kernel.pages import acting, not_found, public, render, writes
from tsunagari.network.actions import joining
from tsunagari.network.forms.joining import KEY_LENGTH, JoinForm, ReplyForm
from tsunagari.network.models import Application
from tsunagari.network.showing import joining as showing

View = Callable[..., HttpResponse]


def unshared(view: View) -> View:
    """Attack: a shared computer's back button, a proxy's cache. Older browsers send a form with `Origin: null` under
    "no-referrer", which our own door would refuse: hence "same-origin"."""

    @wraps(view)
    def hushed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"], response.headers["Referrer-Policy"] = "no-store", "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return hushed


@public
def join(request: HttpRequest) -> HttpResponse:
    return render(request, "network/join.html", showing.call())


@public
@unshared
def join_form(request: HttpRequest) -> HttpResponse:
    terms = joining.terms_in_force()
    if terms is None:
        return render(request, "network/join_closed.html")
    return _form(request, showing.join_form(terms))


def _form(request: HttpRequest, form: JoinForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "terms": form.in_force, "key": _key(str(form.data.get("key", "")))}
    return render(request, "network/join_form.html", context, status=status)


@writes("terms.accept")
@unshared
def applications(request: HttpRequest) -> HttpResponse:
    terms = joining.terms_in_force()
    if terms is None:
        return render(request, "network/join_closed.html", status=409)
    form = showing.join_form(terms, request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        _sent, code = joining.apply(terms, answers=form.answers(), key=form.cleaned_data["key"], by=acting(request))
    except joining.Flooded:
        return render(request, "network/join_closed.html", {"flooded": True}, status=429)
    return HttpResponseRedirect(reverse("join_receipt", args=[code]))


def _key(sent: str = "") -> str:
    """A usable key is kept, so that a second try is the same application."""
    return sent if KEY_LENGTH <= len(sent) <= 64 else secrets.token_urlsafe(24)


def _of_code(code: str) -> Application | None:
    return Application.objects.filter(receipt=code_hash(code)).first()


@public
@unshared
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    found = _of_code(code)
    if found is None:
        return not_found(request)
    return render(request, "network/join_receipt.html", showing.received(found, code) | {"form": ReplyForm()})


@writes("application_link.reply")
@unshared
def reply(request: HttpRequest, code: str) -> HttpResponse:
    found, form = _of_code(code), ReplyForm(request.POST)
    if found is None:
        return not_found(request)
    if not form.is_valid():
        return render(request, "network/join_receipt.html", showing.received(found, code) | {"form": form}, status=422)
    joining.reply(found, text=form.cleaned_data["text"], by=acting(request))
    return HttpResponseRedirect(reverse("join_receipt", args=[code]))
