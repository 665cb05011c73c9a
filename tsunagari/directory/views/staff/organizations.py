"""Organisations in the hands of those who look after them: the list, one of them, a new one."""

import secrets
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tsunagari.directory.actions import details
from tsunagari.directory.actions import organizations as acts
from tsunagari.directory.actions.entries import Conflict
from tsunagari.directory.forms.organizations import OrganizationForm
from tsunagari.directory.forms.places import PlaceTyped
from tsunagari.directory.forms.typed import typed
from tsunagari.directory.models import Metadata, Organization
from tsunagari.directory.terms import Sector
from tsunagari.directory.views.keep import ids
from tsunagari.directory.views.staff.entry import HISTORY, conflict
from tsunagari.directory.views.staff.parts import typed_phones
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, page_or_part, reads, render, writes

PER_PAGE = 30
SORTS = {"name": ("kana", "name"), "changed": ("-last_modified",), "entries": ("-entries", "kana")}


def _narrowed(rows: QuerySet[Organization], request: HttpRequest) -> QuerySet[Organization]:
    for word in typed(request.GET.get("q", ""), 60).split():
        rows = rows.filter(Q(name__icontains=word) | Q(kana__icontains=word) | Q(alternate_name__icontains=word))
    sector = request.GET.get("sector", "")
    if sector in Sector.values:
        rows = rows.filter(sector=sector)
    rows = rows.annotate(entries=Count("services", filter=Q(services__withdrawn_at=None)))
    return rows.order_by(*SORTS.get(request.GET.get("sort", ""), SORTS["name"]), "pk")


@lists("organization.edit")
def organizations(request: HttpRequest, rows: QuerySet[Organization]) -> HttpResponse:
    context: dict[str, Any] = {
        "page": Paginator(_narrowed(rows, request), PER_PAGE).get_page(request.GET.get("page")),
        "q": typed(request.GET.get("q", ""), 60),
        "sector": request.GET.get("sector", ""),
        "sectors": Sector.choices,
        "sort": request.GET.get("sort", "name"),
        "may_add": access.may_any(acting(request), "organization.add"),
    }
    return page_or_part(request, "directory/staff/organizations.html", "found", context)


def _page(request: HttpRequest, organization: Organization, *, status: int = 200, **more: Any) -> HttpResponse:
    """The editor's page of an organisation; `more` brings a form back with its mistakes."""
    standing = acts.standing(organization) | {"version": organization.version}
    history = Metadata.objects.filter(resource_id=organization.pk).order_by("-last_action_date", "-pk")
    context = {
        "organization": organization,
        "form": OrganizationForm(initial=standing),
        "phones": organization.phones.order_by("pk"),
        "places": details.shown_places(organization.locations.all()),
        "entries": organization.services.filter(withdrawn_at=None).order_by("kana", "name")[:100],
        "history": history[:HISTORY],
        "done": request.GET.get("done", ""),
    } | more
    return render(request, "directory/staff/organization.html", context, status=status)


def _back(organization: Organization, done: str, part: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('staff_organization', args=[organization.pk])}?done={done}{part}")


@reads("organization.edit")
def organization(request: HttpRequest, found: Organization) -> HttpResponse:
    return _page(request, found)


@writes("organization.edit")
def edit(request: HttpRequest, found: Organization) -> HttpResponse:
    form = OrganizationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, form=form)
    values = dict(form.cleaned_data)
    try:
        acts.edit(found, values=values, version=values.pop("version"), by=acting(request))
    except Conflict as clash:
        return conflict(request, clash, OrganizationForm, "staff_organization")
    return _back(found, "saved")


@writes("organization.edit")
def phones(request: HttpRequest, found: Organization) -> HttpResponse:
    acts.set_phones(found, phones=typed_phones(request), by=acting(request))
    return _back(found, "saved", "#where")


@writes("organization.edit")
def place(request: HttpRequest, found: Organization) -> HttpResponse:
    form = PlaceTyped.read(request.POST)
    if form.errors:
        wrong = {"place_errors": form.errors, "place_for": request.POST.get("location", "")}
        return _page(request, found, status=422, **wrong)
    location: Any = next(iter(ids([request.POST.get("location", "")])), None)
    acts.set_place(found, location=location, values=form.values, by=acting(request))
    return _back(found, "saved", "#where")


def _new(request: HttpRequest, form: OrganizationForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "key": request.POST.get("key") or secrets.token_urlsafe(12)}
    return render(request, "directory/staff/new_organization.html", context, status=status)


@lists("organization.add")
def new_organization(request: HttpRequest, rows: QuerySet[Organization]) -> HttpResponse:
    access.require_any(acting(request), "organization.add")
    return _new(request, OrganizationForm(initial={"version": 0, "sector": Sector.COMMUNITY}))


@writes("organization.add")
def new_organizations(request: HttpRequest) -> HttpResponse:
    access.require_any(acting(request), "organization.add")
    form = OrganizationForm(request.POST)
    if not form.is_valid():
        return _new(request, form, status=422)
    made = acts.add(values=form.cleaned_data, key=request.POST.get("key", ""), by=acting(request))
    return _back(made, "added")
