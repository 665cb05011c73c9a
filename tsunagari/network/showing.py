"""What the pages of the member zone show, gathered through the same door as everything else."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.accounts.policies import is_secretariat
from tsunagari.accounts.terms import NEEDS_SECOND_FACTOR, Duty
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting
from tsunagari.network.actors import ACTING_FOR, duties_today
from tsunagari.network.forms import DutyForm, InviteForm, PostForm
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


def my_work(request: HttpRequest, postings: QuerySet[Posting]) -> dict[str, Any]:
    """My duties and postings of today, and what this sign-in is not enough for."""
    actor = acting(request)
    duties = duties_today(actor.account_id) if actor.account_id else frozenset()
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


def people_page(request: HttpRequest, rows: QuerySet[Account]) -> dict[str, Any]:
    """Everybody this actor may see, what they do today, and the secretariat's forms. Five queries, however many."""
    actor = acting(request)
    today = timezone.localdate()
    people = rows.prefetch_related(
        Prefetch("postings", Posting.objects.on(today).select_related("member__organization"), "today"),
        Prefetch("duty_terms", DutyTerm.objects.on(today), "duties_today"),
    )
    members = access.visible(actor, "member.post").select_related("organization")
    here = rows.filter(deactivated_at=None)
    return {
        "people": people,
        "invitations": access.visible(actor, "invitation.withdraw").order_by("expires_at"),
        "invite_form": InviteForm(members=members),
        "post_form": PostForm(people=here, members=members),
        "may_invite": is_secretariat(actor),
        "today": today,
    }


def person_page(request: HttpRequest, account: Account) -> dict[str, Any]:
    """One person: postings and duties, past ones too, each with what may be done about it."""
    actor = acting(request)
    postings = access.visible(actor, "posting.read").filter(account=account).select_related("member__organization")
    ending = set(access.visible(actor, "posting.end").filter(account=account).values_list("pk", flat=True))
    terms = access.visible(actor, "duty.read").filter(account=account)
    duty_ending = set(access.visible(actor, "duty.end").filter(account=account).values_list("pk", flat=True))
    return {
        "account": account,
        "postings": [(one, one.pk in ending) for one in postings],
        "duties": [(one, one.pk in duty_ending) for one in terms],
        "duty_form": DutyForm(),
        "can": access.Can(actor, "person", account),
    }
