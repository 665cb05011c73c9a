"""Messages: when something was new, that it was seen, and how she wants to hear of it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tsunagari.accounts.models import Account
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, render, writes
from tsunagari.network.actions import notices as actions
from tsunagari.network.forms.notices import ChoiceForm
from tsunagari.network.models import Member, Notice
from tsunagari.network.showing.notices import notices_page, our_form


@lists("notice.read")
def notices(request: HttpRequest, rows: QuerySet[Notice]) -> HttpResponse:
    return render(request, "network/notices.html", notices_page(request, rows))


def _again(request: HttpRequest, **forms: object) -> HttpResponse:
    rows = access.visible(acting(request), "notice.read")
    return render(request, "network/notices.html", notices_page(request, rows, **forms), status=422)


@writes("notice.read")
def reading(request: HttpRequest) -> HttpResponse:
    actions.mark_read(by=acting(request))
    return redirect("notices")


@writes("person.choose_notices")
def choice(request: HttpRequest, account: Account) -> HttpResponse:
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _again(request, form=form)
    actions.choose_mine(account, **form.cleaned_data, by=acting(request))
    messages.success(request, _("お知らせの受けとり方を保存しました。"))
    return redirect("notices")


@writes("member.choose_notices")
def our_choice(request: HttpRequest, member: Member) -> HttpResponse:
    form = our_form(member, request.POST)
    if not form.is_valid():
        return _again(request, our_form=form)
    actions.choose_ours(member, **form.cleaned_data, by=acting(request))
    messages.success(request, _("団体のお知らせの受けとり方を保存しました。"))
    return redirect("notices")
