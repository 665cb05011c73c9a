"""Receivers' own limits and links, and the register of what could not be met."""

from django.db.models import Q
from django.utils import timezone

from tsunagari.directory.models import Organization
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule
from tsunagari.referrals.models import ReceiverLink, Referral, UnmetNeed
from tsunagari.referrals.policies.sides import at_the_sender, handles, is_coordinator
from tsunagari.referrals.terms import WINDOW_STATES, State


@rule("organization.set_quota", Organization)
def set_quota(actor: Actor) -> Q:
    """An organisation's own link workers say how many people it takes up in a month."""
    return Q(pk__in=actor.member_ids) if handles(actor) else NOBODY


@rule("organization.read_load", Organization)
def read_load(actor: Actor) -> Q:
    """Who refers people sees how much each receiver has on its plate this month, and so does the coordinator."""
    return EVERYBODY if handles(actor) or is_coordinator(actor) else NOBODY


def _asked_by_hand(actor: Actor) -> Q:
    return Q(state__in=(State.ASKED, *WINDOW_STATES), cared_by=None) & at_the_sender(actor, "slip__", "")


@rule("referral.make_link", Referral)
def make_link(actor: Actor) -> Q:
    """The sender makes a link for a receiver without an account, from the first question until it is over."""
    return _asked_by_hand(actor)


@rule("referral.print_paper", Referral, confidential=True)
def print_paper(actor: Actor) -> Q:
    """The sender prints, for a receiver without an account, a sheet with what the switches allow."""
    return _asked_by_hand(actor)


@rule("receiver_link.use", ReceiverLink, anonymous=True)
def use_link(actor: Actor) -> Q:
    """Whoever opened the link first, in the same browser, until it runs out."""
    return Q(closed_at=None, expires_at__gt=timezone.now())


@rule("unmet_need.read", UnmetNeed)
def read_unmet(actor: Actor) -> Q:
    """Everybody who acts for a member sees what the town could not meet; no person is in it."""
    return EVERYBODY if actor.member_ids or actor.duties else NOBODY
