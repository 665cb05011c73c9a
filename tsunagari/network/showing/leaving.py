"""What somebody holds, and who would take it, when she leaves."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tsunagari.accounts.actions import LastCoordinator, StillHolds
from tsunagari.accounts.models import Account
from tsunagari.directory.models import Organization
from tsunagari.kernel import promises
from tsunagari.network import standing
from tsunagari.network.actions.leaving import NotThere
from tsunagari.network.forms.people import SuccessorForm
from tsunagari.network.models import Posting

REFUSALS = (StillHolds, LastCoordinator, NotThere)


@dataclass(frozen=True, slots=True)
class Held:
    """How much she holds for one organisation, the next date of it, and who would take it if nobody is chosen."""

    where: str
    count: int
    next_date: date | None
    goes_to: str


def holdings(account: Account) -> list[Held]:
    """What she answers for, organisation by organisation: numbers and dates only, never whose matter it is,
    and of protected people not even that there is one."""
    by_place: dict[UUID | None, list[promises.Promise]] = {}
    for row in promises.held_by(account.pk, shown=True):
        by_place.setdefault(row.held_for, []).append(row)
    names = dict(Organization.objects.filter(pk__in=[one for one in by_place if one]).values_list("pk", "name"))
    return [
        Held(
            names.get(where, "") if where else _("町の調整役として"),
            len(rows),
            min((row.due_on for row in rows if row.due_on), default=None),
            _name(_taker(account.pk, where)),
        )
        for where, rows in sorted(by_place.items(), key=lambda pair: str(pair[0]))
    ]


def _taker(account_id: UUID, where: UUID | None) -> UUID | None:
    try:
        return standing.next_holder(account_id, where)
    except standing.NobodyNamed:
        return None


def _name(account_id: UUID | None) -> str:
    if account_id is None:
        return ""
    return Account.objects.filter(pk=account_id).values_list("name", flat=True).first() or ""


def leaving_page(account: Account, data: Any = None) -> dict[str, Any]:
    """What she holds, and the form that names who takes it."""
    people = Account.objects.filter(pk__in=standing.able()).exclude(pk=account.pk)
    return {
        "account": account,
        "holdings": holdings(account),
        "form": SuccessorForm(data, people=people),
        "wrong": "",
    }


def duty_form(account: Account, data: Any = None, *, auto_id: str = "id_%s") -> SuccessorForm:
    """Who takes what only this duty lets her hold; a duty ends at once."""
    people = Account.objects.filter(pk__in=standing.able()).exclude(pk=account.pk)
    form = SuccessorForm(data, people=people, auto_id=auto_id)
    del form.fields["on"]
    return form


def ending_forms(posting: Posting, data: Any = None) -> tuple[SuccessorForm, QuerySet[Account]]:
    """For one posting: the form of who takes over there, and the colleagues who may."""
    people = Account.objects.filter(pk__in=standing.holders(posting.member.organization_id))
    people = people.exclude(pk=posting.account_id)
    return SuccessorForm(data, people=people, auto_id=f"{posting.pk.hex[:8]}_%s"), people


def sentence(refusal: Exception) -> str:
    """Why not, and what to do."""
    if isinstance(refusal, LastCoordinator):
        return _("この人は、ただ一人の「つなぎの調整役」です。先に、ほかの人に調整役をたのんでください。")
    if isinstance(refusal, StillHolds):
        return _("この人が預かっている約束があります。引きつぐ人を選んでください。")
    return _("選んだ人は、いまここでつなぎを受けられません。ほかの人を選んでください。")
