"""Who sees the members, and who lets one in, changes what is told of it, and ends its time."""

from django.db.models import Q
from django.utils import timezone

from tsunagari.accounts.policies import by_secretariat, is_secretariat
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule
from tsunagari.network.models import Member, Period


def _taking_part() -> Q:
    """Members of today."""
    return Q(pk__in=Period.objects.on(timezone.localdate()).values("member_id"))


@rule("member.read", Member)
def read(actor: Actor) -> Q:
    """Everybody who has a duty or acts for a member sees who takes part."""
    return EVERYBODY if actor.duties or actor.member_ids else NOBODY


@rule("member.post", Member)
def post(actor: Actor) -> Q:
    """The secretariat posts people to members that have not left."""
    return by_secretariat(actor, _taking_part())


@rule("member.take_in", Member)
def take_in(actor: Actor) -> Q:
    """The secretariat lets an organisation take part that only wants to receive: no terms, no account."""
    return by_secretariat(actor)


@rule("member.change", Member)
def change(actor: Actor) -> Q:
    """The secretariat, and who acts for a member, say what may be published of it and who takes what arrives."""
    return _taking_part() & (EVERYBODY if is_secretariat(actor) else Q(organization_id__in=actor.member_ids))


@rule("member.leave", Member)
def leave(actor: Actor) -> Q:
    """The secretariat ends the time of a member that takes part."""
    return by_secretariat(actor, _taking_part())


@rule("member.come_back", Member)
def come_back(actor: Actor) -> Q:
    """The secretariat lets a member in again that has left: a new period starts."""
    return by_secretariat(actor, ~Q(pk__in=Period.objects.filter(until=None).values("member_id")))
