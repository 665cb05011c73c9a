"""The two sides of a handover as conditions. A protected person is known only to the people who handle her."""

from django.db.models import Q

from tsunagari.accounts.terms import Duty
from tsunagari.kernel.access import NOBODY, Actor
from tsunagari.referrals.terms import State

HANDLING = frozenset({Duty.LINK_WORKER, Duty.LISTENER})
HOLDING = HANDLING | {Duty.COORDINATOR, Duty.SECRETARIAT}


def handles(actor: Actor) -> bool:
    """Whether she may hold a person's matter at all: a link worker or listener who acts for an organisation today."""
    return bool(actor.duties & HANDLING) and bool(actor.member_ids)


def is_coordinator(actor: Actor) -> bool:
    """Whether the town named her to untangle what got stuck."""
    return Duty.COORDINATOR in actor.duties


def at_the_sender(actor: Actor, slip: str = "", *held: str) -> Q:
    """Slips of the organisations she acts for; protected ones only if she made them, or holds them or a part of them.

    `slip`: path to the slip; `held`: paths to what else of it she may hold ("" is the row itself).
    """
    if not handles(actor):
        return NOBODY
    knows = Q(**{f"{slip}protected_at": None}) | Q(**{f"{slip}made_by": actor.account_id})
    return Q(**{f"{slip}sender_id__in": actor.member_ids}) & (knows | _holds(actor, slip, *held))


def at_the_receiver(actor: Actor, referral: str = "", *held: str) -> Q:
    """Referrals that reached the organisations she acts for; protected ones only if she takes care of them."""
    if not handles(actor):
        return NOBODY
    arrived = Q(**{f"{referral}receiver_id__in": actor.member_ids}) & ~Q(**{f"{referral}state": State.DRAFTED})
    knows = Q(**{f"{referral}slip__protected_at": None}) | Q(**{f"{referral}cared_by": actor.account_id})
    return arrived & (knows | _holds(actor, referral, *held))


def _holds(actor: Actor, *paths: str) -> Q:
    found = NOBODY
    for path in paths:
        found |= Q(**{f"{path}holder_id": actor.account_id})
    return found


def in_her_hands(actor: Actor) -> Q:
    """Rows she holds: who answers for something sees that it is there, whatever way it came to her."""
    return _holds(actor, "") if actor.duties & HOLDING else NOBODY


def from_outside(actor: Actor, slip: str = "") -> Q:
    """What the town's coordinator sees: where things stand, never what was said, never a protected person."""
    return Q(**{f"{slip}protected_at": None}) if is_coordinator(actor) else NOBODY
