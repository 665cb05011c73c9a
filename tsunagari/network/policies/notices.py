"""Who hears that something is new, and who says how."""

from django.db.models import Q
from django.utils import timezone

from tsunagari.accounts.models import Account
from tsunagari.accounts.policies import is_secretariat
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule
from tsunagari.network.models import Member, Notice, Period


@rule("notice.read", Notice)
def read(actor: Actor) -> Q:
    """Everybody sees her own notices only; nobody sees those of another, nor how many they are."""
    return Q(account_id=actor.account_id) if actor.signed_in else NOBODY


@rule("person.choose_notices", Account)
def choose_mine(actor: Actor) -> Q:
    """Everybody chooses for herself how she hears that something is new."""
    return Q(pk=actor.account_id, deactivated_at=None) if actor.signed_in else NOBODY


@rule("member.choose_notices", Member)
def choose_ours(actor: Actor) -> Q:
    """The secretariat, and who acts for a member, choose what its people and its common mail box get."""
    taking_part = Q(pk__in=Period.objects.on(timezone.localdate()).values("member_id"))
    return taking_part & (EVERYBODY if is_secretariat(actor) else Q(organization_id__in=actor.member_ids))
