"""Slips, their switches, and protection."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from tsunagari.directory.models import Organization
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule
from tsunagari.referrals.models import Slip, Unprotecting
from tsunagari.referrals.policies.sides import at_the_sender, from_outside, handles, in_her_hands
from tsunagari.referrals.terms import SlipState

LIFTED_AFTER = timedelta(hours=72)


@rule("organization.begin_slip", Organization)
def begin(actor: Actor) -> Q:
    """Link workers and listeners begin a slip for the organisation they act for."""
    return Q(pk__in=actor.member_ids) if handles(actor) else NOBODY


@rule("contact.read", Slip)
def read_contact(actor: Actor) -> Q:
    """That a contact is open and where it stands: its own side, who holds it, and the coordinator unless protected."""
    return at_the_sender(actor) | from_outside(actor) | in_her_hands(actor)


@rule("contact.hand_over", Slip)
def hand_over(actor: Actor) -> Q:
    """Its own side and the town's coordinator give an open contact to somebody else to hold."""
    return ~Q(state=SlipState.CLOSED) & read_contact(actor)


@rule("slip.read", Slip, confidential=True)
def read(actor: Actor) -> Q:
    """The organisation that a person spoke to reads her slip; a protected one only who handles it."""
    return at_the_sender(actor)


@rule("slip.edit", Slip, within_reading=True)
def edit(actor: Actor) -> Q:
    """Who reads a slip writes in it until it is closed."""
    return ~Q(state=SlipState.CLOSED) & at_the_sender(actor)


@rule("slip.ask_consent", Slip, within_reading=True)
def ask_consent(actor: Actor) -> Q:
    """Who reads a slip asks the person what may be told to whom, until it is closed."""
    return ~Q(state=SlipState.CLOSED) & Q(named=True) & at_the_sender(actor)


@rule("slip.refer", Slip, within_reading=True)
def refer(actor: Actor) -> Q:
    """Who reads a slip looks for a place for it while it is open."""
    return Q(state=SlipState.OPEN) & at_the_sender(actor)


@rule("slip.watch", Slip, within_reading=True)
def watch(actor: Actor) -> Q:
    """Who reads an open slip agrees with the person that somebody keeps an eye (見守り)."""
    return ~Q(state=SlipState.CLOSED) & at_the_sender(actor)


@rule("slip.close", Slip, done=Q(state=SlipState.CLOSED), within_reading=True)
def close(actor: Actor) -> Q:
    """Who reads a slip closes it, saying why."""
    return ~Q(state=SlipState.CLOSED) & at_the_sender(actor)


@rule("slip.protect", Slip, done=Q(protected_at__isnull=False), within_reading=True)
def protect(actor: Actor) -> Q:
    """Who reads a slip protects the person, alone and at once."""
    return Q(protected_at=None) & at_the_sender(actor)


@rule("slip.ask_unprotect", Slip, within_reading=True)
def ask_unprotect(actor: Actor) -> Q:
    """Who handles a protected slip asks that the protection be lifted."""
    return Q(protected_at__isnull=False) & at_the_sender(actor)


@rule("unprotecting.read", Unprotecting)
def read_unprotecting(actor: Actor) -> Q:
    """Who handles the protected slip, and the one colleague there who was asked to look at it with her."""
    colleague = Q(asked_of=actor.account_id, slip__sender_id__in=actor.member_ids) if handles(actor) else NOBODY
    return at_the_sender(actor, "slip__") | colleague


@rule("unprotecting.lift", Unprotecting, done=Q(lifted_at__isnull=False))
def lift(actor: Actor) -> Q:
    """A second person lifts the protection, 72 hours after the first asked."""
    waited = Q(lifted_at=None, dropped_at=None, asked_at__lte=timezone.now() - LIFTED_AFTER)
    return waited & ~Q(asked_by=actor.account_id) & read_unprotecting(actor)


@rule("unprotecting.drop", Unprotecting, done=Q(dropped_at__isnull=False))
def drop(actor: Actor) -> Q:
    """Either of the two, or who handles the slip, objects: the protection stays."""
    return Q(lifted_at=None, dropped_at=None) & read_unprotecting(actor)


@rule("slip_receipt.use", Slip, anonymous=True)
def use_receipt(actor: Actor) -> Q:
    """Whoever holds the receipt (受付票) is the person: she sees who knows what, and takes back what she wants."""
    return EVERYBODY
