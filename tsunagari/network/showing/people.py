"""What the secretariat's pages of people show."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.accounts.policies import is_secretariat
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting
from tsunagari.network.forms.people import DutyForm, InviteForm, PostForm, SubstituteForm, SuccessorForm
from tsunagari.network.models import Posting
from tsunagari.network.showing.leaving import duty_form, ending_forms


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
        "postings": [_posting(one, one.pk in ending) for one in postings.select_related("substitute")],
        "wrong": "",
        "duties": [(one, _duty_form(one) if one.pk in duty_ending else None) for one in terms],
        "duty_form": DutyForm(),
        "can": access.Can(actor, "person", account),
    }


def _posting(posting: Posting, may_end: bool) -> dict[str, Any]:
    """A posting with the forms to end it and to name who steps in; none of them when she may not."""
    found: dict[str, Any] = {"posting": posting, "end_form": None, "substitute_form": None}
    if may_end:
        found["end_form"], people = ending_forms(posting)
        first = {"account": posting.substitute_id}
        found["substitute_form"] = SubstituteForm(people=people, initial=first, auto_id=f"s{posting.pk.hex[:8]}_%s")
    return found


def _duty_form(term: DutyTerm) -> SuccessorForm:
    return duty_form(term.account, auto_id=f"d{term.pk.hex[:8]}_%s")
