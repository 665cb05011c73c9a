"""Who sees the whole town at a glance: its coordinator, from outside, and never a protected person."""

from django.db.models import Q

from tsunagari.kernel.access import Actor, rule
from tsunagari.referrals.models import Referral, Slip, Wipe
from tsunagari.referrals.policies.sides import from_outside


@rule("town.read", Referral)
def read(actor: Actor) -> Q:
    """The town's coordinator sees where every referral stands, of protected people not even that there is one."""
    return from_outside(actor, "slip__")


@rule("town.read_contacts", Slip)
def read_contacts(actor: Actor) -> Q:
    """The town's coordinator sees which contacts are open, of protected people not even that there is one."""
    return from_outside(actor)


@rule("town.read_wipes", Wipe)
def read_wipes(actor: Actor) -> Q:
    """The town's coordinator sees who was asked to delete its copies, but for protected people."""
    return from_outside(actor, "referral__slip__")
