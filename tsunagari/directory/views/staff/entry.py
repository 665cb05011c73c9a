"""One entry in the hands of those who look after it."""

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import now

from tsunagari.directory.actions import details, entries, keeping
from tsunagari.directory.forms.entries import EntryForm, KeeperForm, VisitForm
from tsunagari.directory.models import Keeper, Metadata, Organization, Service
from tsunagari.directory.terms import ChangeState
from tsunagari.kernel import access
from tsunagari.kernel.access import Can
from tsunagari.kernel.pages import acting, lists, reads, render, writes

HISTORY = 30


def page(request: HttpRequest, service: Service, *, status: int = 200, **more: Any) -> HttpResponse:
    """The editor's page of an entry; `more` brings a form back with its mistakes."""
    context = {
        "service": service,
        "can": Can(acting(request), "entry", service),
        "form": EntryForm.of(service),
        "visit": VisitForm.of(service),
        "keeper_form": KeeperForm(),
        "keepers": service.keepers.filter(ended_at=None),
        "dates": service.occurrences.filter(starts_at__gte=now())[:40],
        "phones": service.phones.order_by("pk"),
        "places": details.places_of(service),
        "taxonomies": details.tags_of(service),
        "texts": details.texts_of(service),
        "reports": service.reports.filter(answered_at=None),
        "changes": service.pending_changes.filter(state=ChangeState.WAITING),
        "history": Metadata.objects.filter(resource_id=service.pk).order_by("-last_action_date", "-pk")[:HISTORY],
        "done": request.GET.get("done", ""),
    } | more
    return render(request, "directory/staff/entry.html", context, status=status)


def back(service: Service, done: str, part: str = "") -> HttpResponse:
    """Go back to the entry's page, saying what was done."""
    return HttpResponseRedirect(f"{reverse('staff_entry', args=[service.pk])}?done={done}{part}")


def conflict(request: HttpRequest, clash: entries.Conflict, form: type[forms.Form], back: str) -> HttpResponse:
    """409: both texts side by side, and a button that keeps one of them. `back` names the page of the thing."""
    labels = {name: field.label for name, field in form.base_fields.items()}
    fields = [(labels[n], theirs, clash.yours[n]) for n, theirs in clash.theirs.items() if n in clash.yours]
    hidden = [(n, "" if v is None else v) for n, v in clash.yours.items() if n != "version"]
    context = {
        "fields": fields,
        "hidden": [*hidden, ("version", clash.thing.version)],
        "action": request.path,
        "back": reverse(back, args=[clash.thing.pk]),
    }
    return render(request, "ui/409.html", context, status=409)


@reads("entry.edit")
def entry(request: HttpRequest, service: Service) -> HttpResponse:
    return page(request, service)


@writes("entry.edit")
def edit(request: HttpRequest, service: Service) -> HttpResponse:
    form = EntryForm(request.POST)
    if not form.is_valid():
        return page(request, service, status=422, form=form)
    values = dict(form.cleaned_data)
    try:
        entries.edit(service, values=values, version=values.pop("version"), by=acting(request))
    except entries.Conflict as clash:
        return conflict(request, clash, EntryForm, "staff_entry")
    return back(service, "saved")


@writes("entry.edit")
def visit(request: HttpRequest, service: Service) -> HttpResponse:
    form = VisitForm(request.POST)
    if not form.is_valid():
        return page(request, service, status=422, visit=form)
    entries.edit(service, values=form.cleaned_data, version=service.version, by=acting(request))
    return back(service, "saved", "#visit")


@writes("entry.confirm")
def confirmation(request: HttpRequest, service: Service) -> HttpResponse:
    keeping.confirm(service, room=request.POST.get("room", ""), by=acting(request))
    return back(service, "confirmed")


@writes("entry.withdraw")
def withdrawal(request: HttpRequest, service: Service) -> HttpResponse:
    entries.withdraw(service, by=acting(request))
    return back(service, "withdrawn")


@writes("entry.restore")
def restoration(request: HttpRequest, service: Service) -> HttpResponse:
    entries.restore(service, by=acting(request))
    return back(service, "restored")


@writes("entry.edit")
def keepers(request: HttpRequest, service: Service) -> HttpResponse:
    form = KeeperForm(request.POST)
    if not form.is_valid():
        return page(request, service, status=422, keeper_form=form)
    keeper = keeping.add_keeper(service, **form.cleaned_data, by=acting(request))
    keeping.ask(keeper, by=acting(request))
    return back(service, "asked", "#keepers")


@writes("keeper.ask")
def question(request: HttpRequest, keeper: Keeper) -> HttpResponse:
    keeping.ask(keeper, by=acting(request))
    return back(keeper.service, "asked", "#keepers")


@writes("keeper.ask")
def ending(request: HttpRequest, keeper: Keeper) -> HttpResponse:
    keeping.end_keeper(keeper, by=acting(request))
    return back(keeper.service, "ended", "#keepers")


def _new_page(request: HttpRequest, organizations: Any, form: EntryForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "organizations": organizations.order_by("kana", "name")[:2000],
        "chosen": request.POST.get("organization") or request.GET.get("organization", ""),
        "key": request.POST.get("key") or secrets.token_urlsafe(12),
    }
    return render(request, "directory/staff/new_entry.html", context, status=status)


@lists("organization.add_entry")
def new_entry(request: HttpRequest, organizations: Any) -> HttpResponse:
    return _new_page(request, organizations, EntryForm(initial={"version": 0, "status": "active", "room": "unknown"}))


@writes("organization.add_entry")
def new_entries(request: HttpRequest) -> HttpResponse:
    actor, form = acting(request), EntryForm(request.POST)
    if not form.is_valid():
        return _new_page(request, access.visible(actor, "organization.add_entry"), form, status=422)
    organization: Organization = access.fetch(actor, "organization.add_entry", pk=request.POST.get("organization", ""))
    service = entries.add(organization, values=form.cleaned_data, key=request.POST.get("key", ""), by=actor)
    return back(service, "added")
