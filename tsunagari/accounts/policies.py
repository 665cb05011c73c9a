"""Who may invite, close an account, and give a duty. The secretariat does; nobody does it for herself."""

from django.db.models import Q
from django.utils import timezone

from tsunagari.accounts.models import Account, DutyTerm, Invitation
from tsunagari.accounts.terms import Duty
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule


def is_secretariat(actor: Actor) -> bool:
    """Whether the town asked this person to run the secretariat."""
    return Duty.SECRETARIAT in actor.duties


def by_secretariat(actor: Actor, rows: Q = EVERYBODY) -> Q:
    """These rows for the secretariat, none for anybody else."""
    return rows if is_secretariat(actor) else NOBODY


@rule("person.read", Account)
def read(actor: Actor) -> Q:
    """The secretariat sees every account, everyone else only her own."""
    return EVERYBODY if is_secretariat(actor) else Q(pk=actor.account_id)


@rule("person.invite", Account)
def invite(actor: Actor) -> Q:
    """The secretariat invites, each of them in her own name."""
    return by_secretariat(actor, Q(pk=actor.account_id))


@rule("person.deactivate", Account)
def deactivate(actor: Actor) -> Q:
    """The secretariat closes the account of somebody who left; nobody closes her own, so that one is always left."""
    return by_secretariat(actor, Q(deactivated_at=None) & ~Q(pk=actor.account_id))


@rule("person.give_duty", Account)
def give_duty(actor: Actor) -> Q:
    """The secretariat gives duties to others; nobody gives one to herself."""
    return by_secretariat(actor, Q(deactivated_at=None) & ~Q(pk=actor.account_id))


@rule("duty.read", DutyTerm)
def read_duty(actor: Actor) -> Q:
    """The secretariat sees every duty, everyone else her own."""
    return EVERYBODY if is_secretariat(actor) else Q(account_id=actor.account_id)


@rule("duty.end", DutyTerm)
def end_duty(actor: Actor) -> Q:
    """The secretariat ends a duty of somebody else that has not been ended."""
    return by_secretariat(actor, Q(ended_at=None) & ~Q(account_id=actor.account_id))


@rule("invitation.read", Invitation)
def read_invitation(actor: Actor) -> Q:
    """Only the secretariat sees who was invited."""
    return by_secretariat(actor)


@rule("invitation.withdraw", Invitation)
def withdraw(actor: Actor) -> Q:
    """The secretariat takes back an invitation that nobody has accepted."""
    return by_secretariat(actor, Q(accepted_at=None, withdrawn_at=None))


@rule("invitation_link.accept", Invitation, anonymous=True)
def accept(actor: Actor) -> Q:
    """Whoever holds the link of the mail accepts it, once, before it runs out."""
    return Q(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
