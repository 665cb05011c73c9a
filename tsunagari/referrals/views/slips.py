"""Slips in the hands of staff: beginning one, reading, writing in it, keeping an eye, closing, handing over."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from tsunagari.directory.models import Organization
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, page_or_part, reads, render, writes
from tsunagari.referrals.actions import referring, slips
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.forms.slips import CloseForm, NameForm, SlipForm, WatchForm
from tsunagari.referrals.models import Slip
from tsunagari.referrals.showing import slips as showing
from tsunagari.referrals.showing.not_yet import sentence


def page(request: HttpRequest, slip: Slip, *, status: int = 200, **more: Any) -> HttpResponse:
    """The sheet; `more` brings a form back with its mistakes. Its words were read through the door of `slip.read`."""
    return render(request, "referrals/slip.html", showing.slip_page(request, slip, **more), status=status)


def back(slip: Slip, done: str) -> HttpResponse:
    """To the sheet, saying what was done."""
    return HttpResponseRedirect(f"{reverse('slip', args=[slip.pk])}?done={done}")


def again(request: HttpRequest, slip: Slip, **more: Any) -> HttpResponse:
    """The sheet with what did not work, 422. It shows her words: that they are read is written down first."""
    return page(request, access.fetch(acting(request), "slip.read", pk=slip.pk), status=422, **more)


@lists("slip.read")
def slips_list(request: HttpRequest, rows: QuerySet[Slip]) -> HttpResponse:
    return page_or_part(request, "referrals/slips.html", "found", showing.slips_page(request, rows))


@lists("organization.begin_slip")
def new(request: HttpRequest, organizations: QuerySet[Organization]) -> HttpResponse:
    access.require_any(acting(request), "organization.begin_slip")
    return render(request, "referrals/slip_new.html", showing.new_page(request))


def _again(request: HttpRequest, form: SlipForm, twins: Any = ()) -> HttpResponse:
    return render(request, "referrals/slip_new.html", showing.new_page(request, form, twins), status=422)


def _sender(request: HttpRequest) -> Organization:
    """The organisation she acts for; with several she chose one on the form."""
    rows = access.visible(acting(request), "organization.begin_slip")
    wanted = request.POST.get("sender", "")
    found: Organization | None = (
        next((one for one in rows if str(one.pk) == wanted), None) or rows.order_by("name", "pk").first()
    )
    if found is None:
        raise access.NotVisible("organization.begin_slip")
    return found


@writes("organization.begin_slip")
def additions(request: HttpRequest) -> HttpResponse:
    form, sender, key = SlipForm(request.POST), _sender(request), request.POST.get("key", "")[:64]
    if not (form.is_valid() and key):
        return _again(request, form)
    twins = showing.same_name(request, sender, form.texts["name"], key) if form.named else []
    if twins and not request.POST.get("sure"):
        return _again(request, form, twins)
    begun: dict[str, Any] = {"plain": form.plain, "texts": form.texts, "named": form.named, "key": key}
    slip = slips.begin(sender, **begun, by=acting(request))
    _first_place(request, slip)
    return redirect("slip_receipt", pk=slip.pk)


def _first_place(request: HttpRequest, slip: Slip) -> None:
    """The entry the talk began from is the first receiver; whoever it cannot be, she chooses on the next page."""
    entry = showing.entry_of(request)
    if entry is None:
        return
    try:
        referring.draft(slip, entry.organization, service=entry, by=acting(request))
    except NotYet:
        return


@reads("slip.read")
def slip(request: HttpRequest, found: Slip) -> HttpResponse:
    return page(request, found)


@reads("slip.read")
def receipt(request: HttpRequest, found: Slip) -> HttpResponse:
    return render(request, "referrals/slip_receipt.html", showing.receipt_page(request, found))


@reads("slip.read")
def words(request: HttpRequest, found: Slip) -> HttpResponse:
    access.require(acting(request), "slip.edit", found)
    form = SlipForm.of(found, showing.texts_of(found))
    return render(request, "referrals/slip_edit.html", showing.edit_page(found, form))


@writes("slip.edit")
def edit(request: HttpRequest, found: Slip) -> HttpResponse:
    form = SlipForm(request.POST, named=found.named)
    if not form.is_valid():
        return render(request, "referrals/slip_edit.html", showing.edit_page(found, form), status=422)
    version = form.cleaned_data["version"] or 0
    try:
        slips.edit(found, plain=form.plain, texts=form.texts, version=version, by=acting(request))
    except slips.Conflict as clash:
        return _conflict(request, clash, form)
    return back(found, "saved")


def _conflict(request: HttpRequest, clash: slips.Conflict, form: SlipForm) -> HttpResponse:
    """409: both texts side by side; nothing typed is lost, and one button keeps either."""
    hidden = [(name, "" if value is None else value) for name, value in form.cleaned_data.items() if name != "version"]
    context = {
        "fields": [(form[item].label, theirs, clash.yours[item]) for item, theirs in clash.theirs.items()],
        "hidden": [*hidden, ("version", clash.slip.version)],
        "action": request.path,
        "back": reverse("slip", args=[clash.slip.pk]),
    }
    return render(request, "ui/409.html", context, status=409)


@writes("slip.edit")
def naming(request: HttpRequest, found: Slip) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return again(request, found, name_form=form)
    try:
        slips.name_the_person(found, texts=form.cleaned_data, by=acting(request))
    except NotYet as held:
        return again(request, found, name_form=form, why=sentence(held.why))
    return back(found, "named")


@writes("slip.watch")
def watch(request: HttpRequest, found: Slip) -> HttpResponse:
    form = WatchForm(request.POST)
    if not form.is_valid():
        return again(request, found, watch_form=form)
    try:
        slips.watch(found, until=form.cleaned_data["until"], by=acting(request))
    except NotYet as held:
        return again(request, found, watch_form=form, why=sentence(held.why))
    return back(found, "watched")


@writes("slip.watch")
def resumption(request: HttpRequest, found: Slip) -> HttpResponse:
    slips.resume(found, by=acting(request))
    return back(found, "resumed")


@writes("slip.close")
def closure(request: HttpRequest, found: Slip) -> HttpResponse:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return again(request, found, close_form=form)
    try:
        slips.close(found, ending=form.cleaned_data["ending"], by=acting(request))
    except NotYet as held:
        return again(request, found, close_form=form, why=sentence(held.why))
    return back(found, "closed")


@reads("contact.read")
def contact(request: HttpRequest, found: Slip) -> HttpResponse:
    return render(request, "referrals/contact.html", showing.contact_page(request, found))


@writes("contact.hand_over")
def handover(request: HttpRequest, found: Slip) -> HttpResponse:
    form = showing.colleague_form(found, request.POST)
    if not form.is_valid():
        context = showing.contact_page(request, found, form=form)
        return render(request, "referrals/contact.html", context, status=422)
    try:
        slips.hand_over(found, to=form.cleaned_data["to"].pk, by=acting(request))
    except NotYet as held:
        form.add_error("to", sentence(held.why))
        context = showing.contact_page(request, found, form=form)
        return render(request, "referrals/contact.html", context, status=422)
    if access.visible(acting(request), "slip.read").filter(pk=found.pk).exists():
        return back(found, "handed")
    return redirect("work")
