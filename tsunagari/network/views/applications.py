"""The secretariat reads applications, asks back, and decides: one by one or many at once, with a day."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, reads, render, writes
from tsunagari.network.actions import joining
from tsunagari.network.actions.membership import AlreadyMember
from tsunagari.network.forms.joining import AskForm, CriteriaForm, DecisionForm, RefusalForm, TermsForm
from tsunagari.network.models import Application, Criterion, Terms
from tsunagari.network.showing import joining as showing


@lists("application.read")
def applications(request: HttpRequest, rows: QuerySet[Application]) -> HttpResponse:
    return render(request, "network/applications.html", showing.waiting_list(rows))


@reads("application.read")
def application(request: HttpRequest, found: Application) -> HttpResponse:
    return render(request, "network/application.html", showing.application_page(request, found))


def _one_again(request: HttpRequest, found: Application, **forms: Any) -> HttpResponse:
    return render(request, "network/application.html", showing.application_page(request, found) | forms, status=422)


@writes("application.ask")
def question(request: HttpRequest, found: Application) -> HttpResponse:
    form = AskForm(request.POST, prefix="ask")
    if not form.is_valid():
        return _one_again(request, found, ask_form=form)
    joining.ask(found, question=form.cleaned_data["question"], by=acting(request))
    messages.success(request, _("おたずねを送ります。"))
    return redirect("net_application", pk=found.pk)


@writes("application.admit")
def admission(request: HttpRequest, found: Application) -> HttpResponse:
    form = DecisionForm(request.POST, organizations=showing.organizations())
    if not form.is_valid():
        return _one_again(request, found, admit_form=form)
    try:
        member = joining.admit(found, **form.cleaned_data, by=acting(request))
    except AlreadyMember:
        form.add_error("organization", _("この団体は、もう参加しています。ほかの団体を選ぶか、見送ってください。"))
        return _one_again(request, found, admit_form=form)
    messages.success(request, _("参加が決まりました。担当する方を招待しました。"))
    return redirect("net_member", pk=member.pk)


@writes("application.refuse")
def refusal(request: HttpRequest, found: Application) -> HttpResponse:
    form = RefusalForm(request.POST, prefix="no")
    if not form.is_valid():
        return _one_again(request, found, refuse_form=form)
    joining.refuse(found, **form.cleaned_data, by=acting(request))
    return redirect("net_applications")


def _chosen(request: HttpRequest, rule: str) -> list[Application]:
    """The ticked rows the actor may decide on; anything that is no id is left out."""
    ids = []
    for text in request.POST.getlist("chosen")[:500]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return list(access.visible(acting(request), rule).filter(pk__in=ids))


def _many(request: HttpRequest, rule: str, form: Any, name: str, decide: Callable[..., Any]) -> HttpResponse:
    access.require_any(acting(request), rule)
    chosen = _chosen(request, rule)
    if not form.is_valid() or not chosen:
        rows = access.visible(acting(request), "application.read")
        mistakes = [str(text) for texts in form.errors.values() for text in texts]
        wrong = " ".join(mistakes) if chosen else _("決める申しこみに、ひとつ以上印をつけてください。")
        context = showing.waiting_list(rows) | {name: form, "wrong": wrong}
        return render(request, "network/applications.html", context, status=422)
    left = decide(chosen, **form.cleaned_data, by=acting(request)) or []
    messages.success(request, _("%(n)s件を決めました。") % {"n": len(chosen) - len(left)})
    for one in left:
        messages.warning(
            request, _("「%(name)s」は、もう参加しています。ひとつずつ見てください。") % {"name": one.name}
        )
    return redirect("net_applications")


@writes("application.admit")
def admissions(request: HttpRequest) -> HttpResponse:
    return _many(request, "application.admit", DecisionForm(request.POST), "admit_form", joining.admit_all)


@writes("application.refuse")
def refusals(request: HttpRequest) -> HttpResponse:
    form = RefusalForm(request.POST, prefix="no")
    return _many(request, "application.refuse", form, "refuse_form", joining.refuse_all)


@lists("criterion.edit")
def rules(request: HttpRequest, rows: QuerySet[Criterion]) -> HttpResponse:
    return _rules(request)


def _rules(request: HttpRequest, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "criteria_form": CriteriaForm(initial={"sentences": showing.criteria_text()}),
        "terms_form": TermsForm(initial=showing.terms_draft()),
        "versions": Terms.objects.all(),
    }
    return render(request, "network/joining_rules.html", context | forms, status=status)


@writes("criterion.edit")
def criteria(request: HttpRequest) -> HttpResponse:
    access.require_any(acting(request), "criterion.edit")
    form = CriteriaForm(request.POST)
    if not form.is_valid():
        return _rules(request, 422, criteria_form=form)
    joining.word_criteria(**form.cleaned_data, by=acting(request))
    messages.success(request, _("参加の条件を直しました。"))
    return redirect("net_joining_rules")


@writes("terms.publish")
def terms(request: HttpRequest) -> HttpResponse:
    access.require_any(acting(request), "terms.publish")
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _rules(request, 422, terms_form=form)
    version = joining.publish_terms(**form.cleaned_data, by=acting(request)).version
    messages.success(request, _("規約の第%(n)s版を出しました。") % {"n": version})
    return redirect("net_joining_rules")
