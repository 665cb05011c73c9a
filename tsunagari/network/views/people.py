"""The secretariat's pages of people: who acts for whom, and who was asked to come."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tsunagari.accounts import actions as accounts
from tsunagari.accounts.models import Account, DutyTerm, Invitation
from tsunagari.kernel import access
from tsunagari.kernel.access import Actor
from tsunagari.kernel.pages import acting, lists, reads, render, writes
from tsunagari.network import actions
from tsunagari.network.forms.people import DutyForm, InviteForm, PostForm, SubstituteForm
from tsunagari.network.models import Posting
from tsunagari.network.showing import leaving as leaving_showing
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


def _person_again(request: HttpRequest, account: Account, wrong: str) -> HttpResponse:
    page = people_showing.person_page(request, account) | {"wrong": wrong}
    return render(request, "network/person.html", page, status=409)


@writes("posting.end")
def ending(request: HttpRequest, posting: Posting) -> HttpResponse:
    form, _people = leaving_showing.ending_forms(posting, request.POST)
    if not form.is_valid():
        return _person_again(request, posting.account, _("引きつぐ人と最後の日を、もう一度たしかめてください。"))
    try:
        actions.end_posting(posting, **form.cleaned_data, by=acting(request))
    except leaving_showing.REFUSALS as refusal:
        return _person_again(request, posting.account, leaving_showing.sentence(refusal))
    return redirect("person", pk=posting.account_id)


@writes("posting.name_substitute")
def substitute(request: HttpRequest, posting: Posting) -> HttpResponse:
    form = SubstituteForm(request.POST, people=leaving_showing.ending_forms(posting)[1])
    if form.is_valid():
        actions.name_substitute(posting, account=form.cleaned_data["account"], by=acting(request))
    return redirect("person", pk=posting.account_id)


@writes("person.give_duty")
def duties(request: HttpRequest, account: Account) -> HttpResponse:
    form = DutyForm(request.POST)
    if form.is_valid():
        accounts.give_duty(account, **form.cleaned_data, by=acting(request))
    return redirect("person", pk=account.pk)


@writes("duty.end")
def duty_ending(request: HttpRequest, term: DutyTerm) -> HttpResponse:
    form = leaving_showing.duty_form(term.account, request.POST)
    if not form.is_valid():
        return _person_again(request, term.account, _("引きつぐ人を、もう一度たしかめてください。"))
    try:
        actions.end_duty(term, to=form.cleaned_data["to"], by=acting(request))
    except leaving_showing.REFUSALS as refusal:
        return _person_again(request, term.account, leaving_showing.sentence(refusal))
    return redirect("person", pk=term.account_id)


@reads("person.deactivate")
def leaving(request: HttpRequest, account: Account) -> HttpResponse:
    return render(request, "network/leaving.html", leaving_showing.leaving_page(account))


@writes("person.deactivate")
def departure(request: HttpRequest, account: Account) -> HttpResponse:
    page = leaving_showing.leaving_page(account, data=request.POST)
    form = page["form"]
    if not form.is_valid():
        return render(request, "network/leaving.html", page, status=422)
    try:
        done = _leave(account, **form.cleaned_data, by=acting(request))
    except leaving_showing.REFUSALS as refusal:
        page["wrong"] = leaving_showing.sentence(refusal)
        return render(request, "network/leaving.html", page, status=409)
    messages.success(request, done)
    return redirect("person", pk=account.pk)


def _leave(account: Account, *, to: Account | None, on: date | None, by: Actor) -> str:
    if on and on >= timezone.localdate():
        actions.leave_on(account, on=on, to=to, by=by)
        return _("この日までで、担当と役割が終わります。預かっているものは、次の日に引きつがれます。")
    actions.let_go(account, to=to, by=by)
    return _("この人は、いまから入れません。")
