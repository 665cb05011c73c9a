"""The page of an invitation. Signing in itself is allauth's, behind our templates (`urls.py`)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tsunagari.accounts import actions
from tsunagari.accounts.forms import AcceptForm
from tsunagari.accounts.models import Invitation
from tsunagari.kernel import access
from tsunagari.kernel.access import PUBLIC
from tsunagari.kernel.pages import public, render, writes


def _invitation(token: str) -> Invitation:
    invitation: Invitation = access.fetch(PUBLIC, "invitation_link.accept", token_hash=actions.token_hash(token))
    return invitation


@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    form = AcceptForm(email=_invitation(token).email)
    return render(request, "accounts/invitation.html", {"form": form, "token": token})


@writes("invitation_link.accept")
def acceptance(request: HttpRequest, token: str) -> HttpResponse:
    found = _invitation(token)
    form = AcceptForm(request.POST, email=found.email)
    if not form.is_valid():
        return render(request, "accounts/invitation.html", {"form": form, "token": token}, status=422)
    actions.accept(found, **form.cleaned_data, by=PUBLIC)
    messages.success(request, _("登録できました。メールアドレスとパスワードで入ってください。"))
    return redirect("account_login")


@public
def no_signup(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/no_signup.html")
