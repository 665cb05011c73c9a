"""Who I am here today: duties, postings, and what this sign-in is not enough for."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from tsunagari.accounts.policies import is_secretariat
from tsunagari.accounts.terms import NEEDS_SECOND_FACTOR, Duty
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting
from tsunagari.network.actors import ACTING_FOR, duties_today
from tsunagari.network.models import Posting


@dataclass(frozen=True, slots=True)
class MyPosting:
    """One of my postings today; `chosen`: I act for this one only."""

    posting: Posting
    chosen: bool


def _key_page(account_id: object) -> str:
    """Where a missing second factor is proved, or set up when there is none yet."""
    known = Authenticator.objects.filter(user_id=account_id).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': reverse('work')})}" if known else reverse("mfa_index")


def about_me(request: HttpRequest) -> dict[str, Any]:
    """My duties and postings of today, and what this sign-in is not enough for."""
    actor = acting(request)
    duties = duties_today(actor.account_id) if actor.account_id else frozenset()
    postings = access.visible(actor, "posting.read")
    mine = postings.on(timezone.localdate()).filter(account_id=actor.account_id)  # type: ignore[attr-defined]
    chosen = request.session.get(ACTING_FOR)
    withheld = bool(duties & NEEDS_SECOND_FACTOR) and not actor.second_factor
    return {
        "duties": [Duty(one).label for one in sorted(duties)],
        "postings": [
            MyPosting(one, str(one.member.organization_id) == chosen)
            for one in mine.select_related("member__organization")
        ],
        "withheld": withheld,
        "key_page": _key_page(actor.account_id) if withheld else "",
        "sees_people": is_secretariat(actor),
    }
