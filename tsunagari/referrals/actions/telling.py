"""Whom the news of a handover concerns. She hears that something is new, never what, and only who may know hears.

About a protected person nobody but those who handle her is told, by messages like all others, and no common mail box.
"""

from collections.abc import Iterable
from uuid import UUID

from tsunagari.kernel.access import Actor
from tsunagari.kernel.promises import Promise
from tsunagari.network import standing
from tsunagari.network.actions import notices
from tsunagari.network.terms import NoticeKind
from tsunagari.referrals.actions.holding import cared_by_today
from tsunagari.referrals.models import Referral, Slip, Unprotecting, Wipe

Listener = tuple[UUID | None, UUID | None]  # a person, and the organisation in whose name


def tell_the_receiver(referral: Referral, *, key: str, by: Actor) -> int:
    """Something arrived: who takes care of it at the receiver hears. Nobody there has an account: nobody does."""
    return _tell(referral.slip, [_carer(referral)], NoticeKind.ARRIVED, key, by)


def tell_both_sides(referral: Referral, *, key: str, by: Actor) -> int:
    """It went on: who holds the contact and who takes care of it hear, but not she who did it."""
    slip = referral.slip
    return _tell(slip, [(slip.holder_id, slip.held_for), _carer(referral)], NoticeKind.ANSWERED, key, by)


def tell_the_sender(referral: Referral, *, key: str, by: Actor) -> int:
    """What the person says afterwards concerns who holds the contact; the receiver is not asked."""
    slip = referral.slip
    return _tell(slip, [(slip.holder_id, slip.held_for)], NoticeKind.ANSWERED, key, by)


def tell_the_holder(promise: Promise, kind: NoticeKind, *, holder: str, key: str, by: Actor) -> int:
    """A promise came to her, or its date is near: told while she still holds it."""
    if str(promise.holder_id) != holder:
        return 0
    return _tell(_slip_of(promise), [(promise.holder_id, promise.held_for)], kind, key, by)


def tell_the_second(asked: Unprotecting, *, key: str, by: Actor) -> int:
    """A colleague is asked to look at something with her; the message looks like any other."""
    return _tell(asked.slip, [(asked.asked_of, None)], NoticeKind.ASKED, key, by)


def _carer(referral: Referral) -> Listener:
    """Who takes care of it there today. Of a protected person only she who did knows; nobody stands in for her here."""
    there = referral.receiver_id
    if referral.slip.protected_at is not None and referral.cared_by not in standing.holders(there):
        return None, None
    return cared_by_today(referral), there


def _slip_of(promise: Promise) -> Slip | None:
    if isinstance(promise, Slip):
        return promise
    if isinstance(promise, Wipe):
        return promise.referral.slip
    return promise.slip if isinstance(promise, Referral) else None


def _tell(slip: Slip | None, who: Iterable[Listener], kind: NoticeKind, key: str, by: Actor) -> int:
    who = list(who)
    few = slip is None or slip.protected_at is not None
    boxes = [] if few else [place for person, place in who if person and place]
    return notices.tell([person for person, _place in who], kind, key=key, mailboxes=boxes, by=by)
