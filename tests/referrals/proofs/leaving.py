"""People come and go while others wait: postings, duties and accounts end, at once or on a day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from tests.referrals.proofs.acts import Scene, Thunk
from tests.referrals.proofs.town import PEOPLE
from tsunagari.accounts import actions as accounts
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.network.actions import leaving, postings
from tsunagari.network.models import Member, Posting

COMINGS: dict[str, Callable[[Scene], Thunk | None]] = {}
_SECRETARIES = ("kato", "miki")


def coming(function: Callable[[Scene], Thunk | None]) -> Callable[[Scene], Thunk | None]:
    COMINGS[function.__name__] = function
    return function


def _two(s: Scene) -> tuple[Account, Account | None]:
    """Who leaves, and perhaps who takes over."""
    them = PEOPLE[:8]
    leaves = Account.objects.get(pk=s.town.accounts[them[s.n % 8]])
    return leaves, Account.objects.get(pk=s.town.accounts[them[s.m % 8]]) if s.m < 7 else None


def _secretary(s: Scene) -> Any:
    return s.town.actor(_SECRETARIES[s.m % 2] if s.right else s.who)


@coming
def let_go(s: Scene) -> Thunk | None:
    account, to = _two(s)
    by = _secretary(s)
    return lambda: leaving.let_go(account, to=to, by=by)


@coming
def leave_tomorrow(s: Scene) -> Thunk | None:
    account, to = _two(s)
    by = _secretary(s)
    return lambda: leaving.leave_on(account, on=localdate() + timedelta(days=s.m % 2), to=to, by=by)


@coming
def end_posting(s: Scene) -> Thunk | None:
    account, to = _two(s)
    posting = Posting.objects.filter(account=account, ended_at=None).first()
    if posting is None:
        return None
    by, on = _secretary(s), localdate() + timedelta(days=s.n) if s.m % 2 else None
    return lambda: leaving.end_posting(posting, on=on, to=to, by=by)


@coming
def end_duty(s: Scene) -> Thunk | None:
    account, to = _two(s)
    term = DutyTerm.objects.filter(account=account, ended_at=None).order_by("duty").first()
    if term is None:
        return None
    by = _secretary(s)
    return lambda: leaving.end_duty(term, to=to if s.m % 2 else None, by=by)


@coming
def come(s: Scene) -> Thunk | None:
    """Somebody is posted (again) and given a duty."""
    account, _ = _two(s)
    if account.deactivated_at:
        return None
    organization = s.town.organizations[("city-welfare", "npo-hidamari", "city-library")[s.m % 3]]
    member = Member.objects.get(organization=organization)
    by = _secretary(s)
    return lambda: _post(member, account, by)


@transaction.atomic
def _post(member: Member, account: Account, by: Any) -> None:
    postings.post(member, account=account, since=localdate(), by=by)
    accounts.give_duty(account, duty=Duty.LINK_WORKER, since=localdate(), by=by)


@coming
def name_substitute(s: Scene) -> Thunk | None:
    account, other = _two(s)
    posting = Posting.objects.filter(account=account, ended_at=None).first()
    if posting is None:
        return None
    by = _secretary(s)
    return lambda: leaving.name_substitute(posting, account=other, by=by)
