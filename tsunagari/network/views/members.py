"""The register of members: who takes part, since when, and what is told of it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, reads, render, writes
from tsunagari.network.actions import membership
from tsunagari.network.forms.joining import TakeInForm
from tsunagari.network.forms.words import DayForm, MemberForm
from tsunagari.network.models import Member
from tsunagari.network.showing import members as showing


@lists("member.read")
def members(request: HttpRequest, rows: QuerySet[Member]) -> HttpResponse:
    return render(request, "network/members.html", showing.members_page(request, rows))


@reads("member.read")
def member(request: HttpRequest, found: Member) -> HttpResponse:
    return render(request, "network/member.html", showing.member_page(request, found))


def _again(request: HttpRequest, form: TakeInForm, status: int) -> HttpResponse:
    rows = access.visible(acting(request), "member.read")
    page = showing.members_page(request, rows) | {"take_in_form": form}
    return render(request, "network/members.html", page, status=status)


@writes("member.take_in")
def additions(request: HttpRequest) -> HttpResponse:
    access.require_any(acting(request), "member.take_in")
    form = TakeInForm(request.POST)
    if not form.is_valid():
        return _again(request, form, 422)
    own = {name: form.cleaned_data[name] for name in ("name", "kana", "since")}
    try:
        found = membership.take_in(**own, told=form.told(), by=acting(request))
    except membership.AlreadyMember:
        form.add_error("name", _("この団体は、もう参加しています。一覧でたしかめてください。"))
        return _again(request, form, 409)
    messages.success(request, _("参画団体に加えました。"))
    return redirect("net_member", pk=found.pk)


@writes("member.change")
def change(request: HttpRequest, found: Member) -> HttpResponse:
    people = showing.colleagues(found)
    form = MemberForm(request.POST, language=get_language() or "ja", people=people)
    if not form.is_valid():
        return render(request, "network/member.html", showing.member_page(request, found) | {"form": form}, status=422)
    membership.change(found, told=form.told(), reception=form.cleaned_data["reception"], by=acting(request))
    messages.success(request, _("直しました。"))
    return redirect("net_member", pk=found.pk)


def _refused(request: HttpRequest, found: Member, wrong: str) -> HttpResponse:
    return render(request, "network/member.html", showing.member_page(request, found) | {"wrong": wrong}, status=422)


@writes("member.leave")
def leaving(request: HttpRequest, found: Member) -> HttpResponse:
    form = DayForm(request.POST)
    if not form.is_valid():
        return _refused(request, found, _("最後の日を入れてください。"))
    try:
        membership.leave(found, on=form.cleaned_data["on"], by=acting(request))
    except membership.AlreadyMember:
        return _refused(request, found, _("最後の日は、参加した日より後の日にしてください。"))
    return redirect("net_member", pk=found.pk)


@writes("member.come_back")
def coming_back(request: HttpRequest, found: Member) -> HttpResponse:
    form = DayForm(request.POST)
    if not form.is_valid():
        return _refused(request, found, _("また参加する日を入れてください。"))
    try:
        membership.come_back(found, since=form.cleaned_data["on"], by=acting(request))
    except membership.AlreadyMember:
        return _refused(request, found, _("前の参加が終わった日より後の日にしてください。"))
    return redirect("net_member", pk=found.pk)
