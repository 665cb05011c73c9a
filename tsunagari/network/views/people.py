"""The secretariat's pages of people: who acts for whom, and who was asked to come."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tsunagari.accounts import actions as accounts
from tsunagari.accounts.models import Account, DutyTerm, Invitation
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, reads, render, writes
from tsunagari.network import actions
from tsunagari.network.forms.people import DutyForm, InviteForm, PostForm
from tsunagari.network.models import Posting
from tsunagari.network.showing import people as people_showing


@lists("person.read")
def people(request: HttpRequest, rows: QuerySet[Account]) -> HttpResponse:
    return render(request, "network/people.html", people_showing.people_page(request, rows))


@reads("person.read")
def person(request: HttpRequest, account: Account) -> HttpResponse:
    return render(request, "network/person.html", people_showing.person_page(request, account))


def _people_again(request: HttpRequest, **forms: Any) -> HttpResponse:
    rows = access.visible(acting(request), "person.read")
    return render(request, "network/people.html", {**people_showing.people_page(request, rows), **forms}, status=422)


@writes("person.invite")
def invitations(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST, members=access.visible(acting(request), "member.post"))
    if not form.is_valid():
        return _people_again(request, invite_form=form)
    try:
        actions.invite(**form.cleaned_data, by=acting(request))
    except accounts.AlreadyHere:
        form.add_error("email", _("このアドレスの人は、もう登録しています。一覧から担当にしてください。"))
        return _people_again(request, invite_form=form)
    messages.success(request, _("招待のメールを送ります。"))
    return redirect("people")


@writes("invitation.withdraw")
def withdrawal(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    accounts.withdraw(invitation, by=acting(request))
    return redirect("people")


@writes("member.post")
def postings(request: HttpRequest) -> HttpResponse:
    visible = access.visible
    form = PostForm(
        request.POST,
        people=visible(acting(request), "person.read").filter(deactivated_at=None),
        members=visible(acting(request), "member.post"),
    )
    if not form.is_valid():
        return _people_again(request, post_form=form)
    posting = actions.post(**form.cleaned_data, by=acting(request))
    return redirect("person", pk=posting.account_id)


@writes("posting.end")
def ending(request: HttpRequest, posting: Posting) -> HttpResponse:
    posting = actions.end_posting(posting, by=acting(request))
    return redirect("person", pk=posting.account_id)


@writes("person.give_duty")
def duties(request: HttpRequest, account: Account) -> HttpResponse:
    form = DutyForm(request.POST)
    if form.is_valid():
        accounts.give_duty(account, **form.cleaned_data, by=acting(request))
    return redirect("person", pk=account.pk)


@writes("duty.end")
def duty_ending(request: HttpRequest, term: DutyTerm) -> HttpResponse:
    accounts.end_duty(term, by=acting(request))
    return redirect("person", pk=term.account_id)


@writes("person.deactivate")
def departure(request: HttpRequest, account: Account) -> HttpResponse:
    accounts.deactivate(account, by=acting(request))
    messages.success(request, _("この人は、いまから入れません。"))
    return redirect("person", pk=account.pk)
