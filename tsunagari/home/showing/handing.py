"""Who could take something over: the people of its two sides who may hold a person's matter today."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from tsunagari.accounts.models import Account
from tsunagari.directory.models import Organization
from tsunagari.home.forms import HandOverForm, Person
from tsunagari.home.showing import saying
from tsunagari.network import standing
from tsunagari.referrals.models import Referral, Slip
from tsunagari.referrals.terms import State


def people(promise: Referral | Slip) -> list[Person]:
    """(organisation, account) of everybody who may hold it; who holds it now too, so that a second tap does no harm."""
    places: list[UUID] = [promise.sender_id]
    if isinstance(promise, Referral) and promise.state != State.DRAFTED:
        places.append(promise.receiver_id)
    return [(place, person) for place in places for person in standing.holders(place)]


def form(request: HttpRequest, promise: Referral | Slip) -> HandOverForm:
    """What was chosen."""
    return HandOverForm(request.POST, people(promise))


def handing_page(promise: Referral | Slip, *, wrong: bool = False) -> dict[str, Any]:
    """Whom to give it to: one tap each. No word of the person stands here."""
    able = [one for one in people(promise) if one != (promise.held_for, promise.holder_id)]
    names = dict(Account.objects.filter(pk__in={one for _place, one in able}).values_list("pk", "name"))
    places = dict(Organization.objects.filter(pk__in={one for one, _person in able}).values_list("pk", "name"))
    today = timezone.localdate()
    day = promise.promised_on
    return {
        "promise": promise,
        "kind": saying.kind_of(promise),
        "sought": saying.sought(saying.slip_of(promise)),
        "state": saying.state_of(promise),
        "holder": promise.holder.name if promise.holder else "",
        "left": saying.days_left(day, today) if day else "",
        "choices": [(f"{place}:{person}", names[person], places[place]) for place, person in able],
        "wrong": _("いまは、この人に引きつげません。もう一度えらんでください。") if wrong else "",
    }
