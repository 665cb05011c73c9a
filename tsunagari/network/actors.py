"""Who acts in this request: account, duties and postings of today, read once."""

from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils import timezone

from tsunagari.accounts.models import DutyTerm
from tsunagari.accounts.terms import NEEDS_SECOND_FACTOR
from tsunagari.kernel.access import PUBLIC, Actor
from tsunagari.network.models import Posting

ACTING_FOR = "acting_for"


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this sign-in proved a second factor or a passkey, not only a password."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def duties_today(account_id: UUID) -> frozenset[str]:
    """Everything the town asks of her today, whether or not this sign-in is enough for it."""
    return frozenset(
        DutyTerm.objects.on(timezone.localdate()).filter(account_id=account_id).values_list("duty", flat=True)
    )


def organizations_today(account_id: UUID) -> frozenset[UUID]:
    """The organisations she is posted to today."""
    return frozenset(
        Posting.objects.on(timezone.localdate())
        .filter(account_id=account_id)
        .values_list("member__organization_id", flat=True)
    )


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, at most two queries beyond the session's own.

    A duty that needs a second factor opens nothing in a sign-in without one. Who is posted to several organisations
    and chose one acts for that one only.
    """
    if not request.user.is_authenticated:
        return PUBLIC
    account_id: UUID = request.user.pk
    second_factor = has_second_factor(request)
    duties = duties_today(account_id)
    organizations = organizations_today(account_id)
    chosen = request.session.get(ACTING_FOR)
    if chosen:
        narrowed = frozenset(one for one in organizations if str(one) == chosen)
        organizations = narrowed or organizations
    return Actor(
        account_id=account_id,
        member_ids=organizations,
        duties=duties if second_factor else duties - NEEDS_SECOND_FACTOR,
        second_factor=second_factor,
    )
