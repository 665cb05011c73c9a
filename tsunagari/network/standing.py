"""Who stands in for whom today, so that nothing waits without a name. Read by every app that hands something over."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tsunagari.accounts.models import DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.network.models import Posting

# Who may hold a person's matter.
HOLDERS = (Duty.LINK_WORKER, Duty.LISTENER)
# To whom it climbs when nobody else is left, in this order.
ABOVE = (Duty.COORDINATOR, Duty.SECRETARIAT)


class NobodyNamed(LookupError):
    """The town has neither a coordinator nor a secretariat today: nothing can climb to anybody."""


def _today() -> date:
    return timezone.localdate()


def _posted(organization_id: UUID) -> QuerySet[Posting]:
    """Postings of today there, of accounts that are open; the longest first, in one fixed order."""
    rows = Posting.objects.on(_today()).filter(account__deactivated_at=None)
    return rows.filter(member__organization_id=organization_id).order_by("since", "posted_at", "account_id")


def _with_duty(*duties: Duty) -> QuerySet[DutyTerm]:
    """Terms of today, of accounts that are open; the longest first, in one fixed order."""
    rows = DutyTerm.objects.on(_today()).filter(duty__in=duties, account__deactivated_at=None)
    return rows.order_by("since", "given_at", "account_id")


def holders(organization_id: UUID) -> list[UUID]:
    """Link workers and listeners posted there today, the longest first: who may hold a person's matter there."""
    able = _with_duty(*HOLDERS).order_by().values("account_id")
    return list(_posted(organization_id).filter(account_id__in=able).values_list("account_id", flat=True))


def pairs_today() -> set[tuple[UUID, UUID]]:
    """(account, organisation) of everybody who may hold a person's matter somewhere today."""
    able = _with_duty(*HOLDERS).order_by().values("account_id")
    rows = Posting.objects.on(_today()).filter(account__deactivated_at=None, account_id__in=able)
    return set(rows.values_list("account_id", "member__organization_id"))


def acts_today(account_id: UUID, organization_id: UUID) -> bool:
    """Whether her account is open and she is posted to that organisation today."""
    return _posted(organization_id).filter(account_id=account_id).exists()


def reception_of(organization_id: UUID) -> UUID | None:
    """Who takes what arrives there: the named person, else the longest posted; None: nobody there has an account."""
    able = _with_duty(*HOLDERS).order_by().values("account_id")
    posted = _posted(organization_id).filter(account_id__in=able).values_list("account_id", "member__reception_id")
    found = list(posted)
    named = next((account for account, reception in found if account == reception), None)
    return named or (found[0][0] if found else None)


def substitute_of(account_id: UUID, organization_id: UUID | None) -> UUID | None:
    """Who steps in for her there: the one her posting names, else a colleague in a fixed order, else nobody (None)."""
    if organization_id is None:
        return None
    able = holders(organization_id)
    others = [one for one in able if one != account_id]
    for named in _named_by(account_id, organization_id):
        if named in others:
            return named
    return others[0] if others else None


def _named_by(account_id: UUID, organization_id: UUID) -> Iterator[UUID]:
    """The substitutes her postings there name, today's before those that ended: who left is still stood in for."""
    rows = Posting.objects.filter(account_id=account_id, member__organization_id=organization_id)
    named = rows.exclude(substitute=None).order_by("-since", "-posted_at", "pk")
    yield from named.values_list("substitute_id", flat=True)  # type: ignore[misc]


def coordinators() -> frozenset[UUID]:
    """Everybody the town named today to untangle what got stuck."""
    return frozenset(_with_duty(Duty.COORDINATOR).values_list("account_id", flat=True))


def above() -> list[UUID]:
    """To whom things climb, first the coordinators, then the secretariat, each by how long they have done it."""
    found = [pk for duty in ABOVE for pk in _with_duty(duty).values_list("account_id", flat=True)]
    return list(dict.fromkeys(found))


def coordinator() -> UUID:
    """The human to whom everything climbs in the end: the coordinator of longest standing, else the secretariat's."""
    for found in above():
        return found
    raise NobodyNamed


def next_holder(account_id: UUID, organization_id: UUID | None, *, wanted: UUID | None = None) -> UUID:
    """Who takes over what she holds for that organisation: whom she wants if that person may, else her substitute,
    else the reception there, else the coordinator of the town; she herself only if that is she and nobody else."""
    if organization_id is not None:
        able = holders(organization_id)
        for one in (wanted, substitute_of(account_id, organization_id), reception_of(organization_id)):
            if one in able and one != account_id:
                return one
    others = [one for one in above() if one != account_id]
    if not others and organization_id is not None and account_id in above():
        return account_id  # what she held there she now holds as coordinator: there is nobody else
    if not others:
        raise NobodyNamed
    return wanted if wanted in others else others[0]


def able() -> set[UUID]:
    """Everybody who may hold something today: link workers, listeners, and to whom it climbs."""
    return set(_with_duty(*HOLDERS, *ABOVE).values_list("account_id", flat=True))
