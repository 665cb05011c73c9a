"""What the pages of a referral show: the list, the way so far, the sheet, the first meeting."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from tsunagari.kernel import access
from tsunagari.kernel.access import Actor, Can
from tsunagari.kernel.pages import acting
from tsunagari.network import standing
from tsunagari.referrals import sealing
from tsunagari.referrals.actions import consents
from tsunagari.referrals.actions.arriving import TRIES, different_times
from tsunagari.referrals.forms.referrals import HandForm, MeetingForm
from tsunagari.referrals.models import Handover, Referral
from tsunagari.referrals.showing import steps
from tsunagari.referrals.showing.people import account_names, organization_names
from tsunagari.referrals.showing.places import suggestions
from tsunagari.referrals.showing.slips import sought
from tsunagari.referrals.terms import (
    OPEN_STATES,
    WINDOW_STATES,
    Ending,
    Item,
    Later,
    Mood,
    Reason,
    RoomAnswer,
    State,
    Way,
    Wiped,
)

PER_PAGE = 30
ORDERS: dict[str, tuple[Any, ...]] = {
    "due": (F("due_on").asc(nulls_last=True),),
    "new": ("-made_at",),
    "old": ("made_at",),
}
NEXT_PLACES = 2  # offered beside a refusal


def side(actor: Actor, referral: Referral) -> str:
    """From where she looks at it: "sender", "receiver" or "town". What she may do, only the rules say."""
    if referral.slip.sender_id in actor.member_ids:
        return "sender"
    return "receiver" if referral.receiver_id in actor.member_ids else "town"


def referrals_page(request: HttpRequest, rows: QuerySet[Referral]) -> dict[str, Any]:
    """Referrals of both sides, next date first; no name of a person stands in this list."""
    actor = acting(request)
    way, state = request.GET.get("way", ""), request.GET.get("state", "open")
    sort = request.GET.get("sort", "due")
    sides = {"out": Q(slip__sender_id__in=actor.member_ids), "in": Q(receiver_id__in=actor.member_ids)}
    found = rows.filter(sides.get(way, Q()))
    if state != "all":
        found = found.filter(state__in=OPEN_STATES) if state == "open" else found.exclude(state__in=OPEN_STATES)
    found = found.select_related("slip", "slip__sender", "receiver").order_by(*ORDERS.get(sort, ORDERS["due"]), "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = account_names(one.holder_id for one in page.object_list)
    told = [
        {"referral": one, "sought": sought(one.slip), "holder": names.get(one.holder_id, ""), "side": side(actor, one)}
        for one in page.object_list
    ]
    return {"page": page, "told": told, "way": way, "state": state, "sort": sort}


def referral_page(request: HttpRequest, referral: Referral, **more: Any) -> dict[str, Any]:
    """Where a referral stands and the one next step; not a word of the person's."""
    actor = acting(request)
    told = list(referral.steps.all())
    names = account_names({one.by for one in told} | {referral.holder_id, referral.cared_by})
    where = side(actor, referral)
    wipe = getattr(referral, "wipe", None)
    return {
        "referral": referral,
        "slip": referral.slip,
        "sought": sought(referral.slip),
        "side": where,
        "holder": names.get(referral.holder_id, ""),
        "held_for": organization_names([referral.held_for]).get(referral.held_for, ""),
        "moments": steps.moments(referral, told, names),
        "can": Can(actor, "referral", referral),
        "wipe": wipe,
        "can_wipe": Can(actor, "wipe", wipe) if wipe else {},
        "meeting": referral.handovers.filter(told_at=None).first(),
        "told_meetings": list(referral.handovers.exclude(told_at=None)),
        "question": next((one for one in referral.follow_ups.all() if not one.answer), None),
        "asked_months": [one for one in referral.follow_ups.all() if one.answer],
        "tries": different_times(referral),
        "tries_needed": TRIES,
        "consented": referral.state == State.ASKED and where == "sender" and consents.can_be_sent(referral),
        "offers": _offers(referral, where),
        "window": referral.state in WINDOW_STATES,
        "people": hands(referral),
        "key": secrets.token_urlsafe(12),
        "meeting_form": MeetingForm(),
        "hand_form": None,
        "choices": CHOICES,
        "done": request.GET.get("done", ""),
        "why": "",
    } | more


CHOICES = {
    "room": RoomAnswer, "reason": Reason, "ending": Ending, "way": Way, "mood": Mood, "later": Later, "wiped": Wiped,
}  # fmt: skip


def _offers(referral: Referral, where: str) -> list[Any]:
    """After a refusal: the next two, in the same step."""
    if where != "sender" or referral.state != State.DECLINED or referral.slip.state != "open":
        return []
    return suggestions(referral.slip, most=NEXT_PLACES, untried=True)


def hands(referral: Referral) -> list[tuple[str, str]]:
    """Who of the two sides may hold it, as (value, name and organisation), without who holds it now."""
    sides = {referral.slip.sender_id, referral.receiver_id}
    if referral.state == State.DRAFTED:
        sides = {referral.slip.sender_id}
    pairs = [(one, side_) for side_ in sides for one in standing.holders(side_) if one != referral.holder_id]
    names, places = account_names(one for one, _ in pairs), organization_names(sides)
    return sorted(((f"{one}:{org}", f"{names.get(one, '')}（{places.get(org, '')}）") for one, org in pairs), key=str)


def hand_form(referral: Referral, data: Any) -> HandForm:
    """Somebody of one of the two sides."""
    return HandForm(data, people=hands(referral))


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the sheet: its words, or why there are none."""

    label: str
    text: str
    state: str  # "told", "empty", "kept" (not told to this side)


def sheet(referral: Referral, *, reads_all: bool) -> list[Line]:
    """The sheet as this side may read it. The sender reads everything; the receiver what the switches allow.

    What she declined, took back or was never asked look the same over there: nobody asks her why not.
    """
    slip = referral.slip
    if reads_all:
        texts = sealing.read(slip)
        return [_line(item, texts.get(item, ""), "told") for item in Item]
    allowed = consents.allowed_items(slip, referral.receiver_id, referral.state)
    texts = sealing.read(slip, allowed)
    return [_line(item, texts.get(item, ""), "told" if item in allowed else "kept") for item in Item]


def _line(item: Item, text: str, state: str) -> Line:
    return Line(str(item.label), text, "empty" if state == "told" and not text else state)


def sheet_page(request: HttpRequest, referral: Referral, **more: Any) -> dict[str, Any]:
    """The sheet, with the next step under it. That it is read was written down by the door."""
    context = referral_page(request, referral, **more)
    # Of a protected slip, being posted at the sender is not enough: who handles it reads it all.
    handles = access.visible(acting(request), "slip.read").filter(pk=referral.slip_id)
    reads_all = context["side"] == "sender" and (referral.slip.protected_at is None or handles.exists())
    return {**context, "lines": sheet(referral, reads_all=reads_all)}


def meeting_page(request: HttpRequest, meeting: Handover) -> dict[str, Any]:
    """Who comes along, when and where; and how it went. The door wrote down that it is read."""
    texts = sealing.read_meeting(meeting, meeting.referral.slip)
    return {
        "meeting": meeting,
        "referral": meeting.referral,
        "texts": dict.fromkeys(("where", "companion", "sentence"), "") | texts,
        "can": Can(acting(request), "meeting", meeting),
        "moods": Mood.choices,
        "typed": {"sentence": ""},
        "why": "",
    }
