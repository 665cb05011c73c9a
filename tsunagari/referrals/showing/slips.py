"""What the pages of a slip show: the list, the blank form, the sheet itself, the receipt."""

import secrets
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from tsunagari.directory.models import Attribute, Location, Organization, Service
from tsunagari.kernel import access
from tsunagari.kernel.access import Can, NotVisible
from tsunagari.kernel.pages import acting
from tsunagari.referrals import sealing
from tsunagari.referrals.actions.slips import receipt_of
from tsunagari.referrals.forms.slips import CloseForm, ColleagueForm, NameForm, SlipForm, WatchForm
from tsunagari.referrals.forms.words import areas, term_name
from tsunagari.referrals.models import Slip
from tsunagari.referrals.showing import steps
from tsunagari.referrals.showing.people import account_names, colleagues
from tsunagari.referrals.terms import OPEN_STATES, Item, Origin, SlipState

PER_PAGE = 30
ORDERS: dict[str, tuple[Any, ...]] = {
    "due": (F("due_on").asc(nulls_last=True),),
    "new": ("-made_at",),
    "old": ("made_at",),
}
SHOWN = {"open": Q(state=SlipState.OPEN), "watching": Q(state=SlipState.WATCHING), "closed": Q(state=SlipState.CLOSED)}


def slips_page(request: HttpRequest, rows: QuerySet[Slip]) -> dict[str, Any]:
    """The organisation's slips, next date first. That the list was read is written down already."""
    state, sort = request.GET.get("state", "open"), request.GET.get("sort", "due")
    state, sort = state if state in SHOWN else "all", sort if sort in ORDERS else "due"
    found = rows.filter(SHOWN.get(state, Q())).annotate(
        places=Count("referrals", filter=Q(referrals__state__in=OPEN_STATES))
    )
    page = Paginator(found.order_by(*ORDERS[sort], "pk"), PER_PAGE).get_page(request.GET.get("page"))
    called, holders = sealing.names(page.object_list), account_names(one.holder_id for one in page.object_list)
    told = [
        {"slip": one, "name": called.get(one.pk, ""), "holder": holders.get(one.holder_id, ""), "sought": sought(one)}
        for one in page.object_list
    ]
    may_begin = access.may_any(acting(request), "organization.begin_slip")
    return {"page": page, "told": told, "state": state, "sort": sort, "may_begin": may_begin}


def sought(slip: Slip) -> str:
    """What is looked for, in one line without a person."""
    parts = (term_name("category", slip.category), slip.area, term_name("worry", slip.worry))
    return "・".join(part for part in parts if part)


def entry_of(request: HttpRequest) -> Service | None:
    """The finder's entry that the talk began from, if everybody may see it."""
    wanted = request.POST.get("entry") or request.GET.get("entry", "")
    try:
        found: Service = access.fetch(acting(request), "entry.read", pk=wanted)
    except NotVisible:
        return None
    return found


def _from(entry: Service) -> dict[str, str]:
    """What an entry says about what is sought."""
    tags = Attribute.objects.filter(link_id=entry.pk, taxonomy_term__taxonomy__code="category")
    tag = tags.order_by("taxonomy_term__order").values_list("taxonomy_term__code", flat=True).first()
    where = Location.objects.filter(service_at_locations__service=entry).exclude(area="").order_by("pk").first()
    return {"origin": Origin.FINDER, "category": tag or "", "area": where.area if where else ""}


def new_page(request: HttpRequest, form: SlipForm | None = None, twins: Any = ()) -> dict[str, Any]:
    """The blank form, or the one that came back with everything that was typed."""
    entry = entry_of(request)
    return {
        "form": form or SlipForm(initial=_from(entry) if entry else {}),
        "senders": access.visible(acting(request), "organization.begin_slip").order_by("name", "pk"),
        "sender": request.POST.get("sender", ""),
        "entry": entry,
        "areas": areas(),
        "key": request.POST.get("key") or secrets.token_urlsafe(12),
        "twins": [(one, sought(one)) for one in twins],
    }


def same_name(request: HttpRequest, sender: Organization, name: str, key: str) -> list[Slip]:
    """Slips of the own organisation with this name, by the keyed index; a protected person is found by no name."""
    rows = access.visible(acting(request), "contact.read").filter(sender=sender, protected_at=None)
    found = rows.filter(name_index=sealing.name_index(sender.pk, name)).exclude(idempotency_key=key)
    return list(found.order_by("-made_at")[:5])


def texts_of(slip: Slip) -> dict[str, str]:
    """Her words by item, for the form in which they are mended."""
    return sealing.read(slip)


def words_of(slip: Slip) -> list[tuple[str, str]]:
    """Her words in the order of the sheet: (what it is, text). The door has written down that they were read."""
    texts = sealing.read(slip)
    return [(str(item.label), texts[item]) for item in Item if item in texts]


def slip_page(request: HttpRequest, slip: Slip, **more: Any) -> dict[str, Any]:
    """Everything about one slip for those who handle it; `more` brings a form back with its mistakes."""
    referrals = list(
        slip.referrals.select_related("receiver", "service").prefetch_related("steps", "handovers").order_by("-made_at")
    )
    who = {step.by for one in referrals for step in one.steps.all()} | {one.holder_id for one in referrals}
    names = account_names(who | {slip.holder_id})
    rows = steps.rows(referrals, names)
    return {
        "slip": slip,
        "words": words_of(slip),
        "sought": sought(slip),
        "holder": names.get(slip.holder_id, ""),
        "rows": rows,
        "under_way": [row for row in rows if row.open],
        "can": Can(acting(request), "slip", slip),
        "unprotecting": slip.unprotectings.filter(lifted_at=None, dropped_at=None).first(),
        "people": colleagues(slip.sender_id, but=slip.holder_id),
        "watch_form": WatchForm(),
        "close_form": CloseForm(),
        "name_form": NameForm(),
        "done": request.GET.get("done", ""),
        "why": "",
    } | more


def edit_page(slip: Slip, form: SlipForm) -> dict[str, Any]:
    """The form of a slip that is there."""
    return {"slip": slip, "form": form, "areas": areas()}


def receipt_page(request: HttpRequest, slip: Slip) -> dict[str, Any]:
    """The receipt to print or to show. The code stands behind `#`: it reaches no server, no log, no history."""
    code = receipt_of(slip.idempotency_key)
    entrance = request.build_absolute_uri(reverse("receipt"))
    return {"slip": slip, "code": code, "entrance": entrance, "address": f"{entrance}#{code}"}


def contact_page(request: HttpRequest, slip: Slip, form: ColleagueForm | None = None) -> dict[str, Any]:
    """That a contact is open, who holds it and until when; not a word of hers."""
    names = account_names([slip.holder_id])
    return {
        "slip": slip,
        "sought": sought(slip),
        "holder": names.get(slip.holder_id, ""),
        "form": form or ColleagueForm(people=colleagues(slip.sender_id, but=slip.holder_id)),
        "can": Can(acting(request), "contact", slip),
    }


def colleague_form(slip: Slip, data: Any) -> ColleagueForm:
    """Who of the own organisation takes over."""
    return ColleagueForm(data, people=colleagues(slip.sender_id))
