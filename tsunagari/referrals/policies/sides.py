"""The two sides of a handover as conditions. A protected person is known only to the people who handle her."""

from django.db.models import Q

from tsunagari.accounts.terms import Duty
from tsunagari.kernel.access import NOBODY, Actor
from tsunagari.referrals.terms import State

HANDLING = frozenset({Duty.LINK_WORKER, Duty.LISTENER})


def handles(actor: Actor) -> bool:
    """Whether she may hold a person's matter at all: a link worker or listener who acts for an organisation today."""
    return bool(actor.duties & HANDLING) and bool(actor.member_ids)


def is_coordinator(actor: Actor) -> bool:
    """Whether the town named her to untangle what got stuck."""
    return Duty.COORDINATOR in actor.duties


def at_the_sender(actor: Actor, slip: str = "") -> Q:
    """Slips of the organisations she acts for; protected ones only if she holds or made them. `slip`: path to it."""
    if not handles(actor):
        return NOBODY
    mine = Q(**{f"{slip}sender_id__in": actor.member_ids})
    return mine & (
        Q(**{f"{slip}protected_at": None})
        | Q(**{f"{slip}holder_id": actor.account_id})
        | Q(**{f"{slip}made_by": actor.account_id})
    )


def at_the_receiver(actor: Actor, referral: str = "") -> Q:
    """Referrals that reached the organisations she acts for; protected ones only if she takes care of them."""
    if not handles(actor):
        return NOBODY
    arrived = Q(**{f"{referral}receiver_id__in": actor.member_ids}) & ~Q(**{f"{referral}state": State.DRAFTED})
    return arrived & (
        Q(**{f"{referral}slip__protected_at": None})
        | Q(**{f"{referral}holder_id": actor.account_id})
        | Q(**{f"{referral}cared_by": actor.account_id})
    )


def from_outside(actor: Actor, slip: str = "") -> Q:
    """What the town's coordinator sees: where things stand, never what was said, never a protected person."""
    return Q(**{f"{slip}protected_at": None}) if is_coordinator(actor) else NOBODY
