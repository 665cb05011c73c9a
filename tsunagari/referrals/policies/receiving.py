"""Receivers' own limits and links, and the register of what could not be met."""

from django.db.models import Q
from django.utils import timezone

from tsunagari.directory.models import Organization
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule
from tsunagari.referrals.models import ReceiverLink, UnmetNeed
from tsunagari.referrals.policies.sides import handles, is_coordinator


@rule("organization.set_quota", Organization)
def set_quota(actor: Actor) -> Q:
    """An organisation's own link workers say how many people it takes up in a month."""
    return Q(pk__in=actor.member_ids) if handles(actor) else NOBODY


@rule("organization.read_load", Organization)
def read_load(actor: Actor) -> Q:
    """Who refers people sees how much each receiver has on its plate this month, and so does the coordinator."""
    return EVERYBODY if handles(actor) or is_coordinator(actor) else NOBODY


@rule("receiver_link.use", ReceiverLink, anonymous=True)
def use_link(actor: Actor) -> Q:
    """Whoever opened the link first, in the same browser, until it runs out."""
    return Q(closed_at=None, expires_at__gt=timezone.now())


@rule("unmet_need.read", UnmetNeed)
def read_unmet(actor: Actor) -> Q:
    """Everybody who acts for a member sees what the town could not meet; no person is in it."""
    return EVERYBODY if actor.member_ids or actor.duties else NOBODY
