"""Who sees the members, and who posts somebody to one."""

from django.db.models import Q

from tsunagari.accounts.policies import by_secretariat
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule
from tsunagari.network.models import Member


@rule("member.read", Member)
def read(actor: Actor) -> Q:
    """Everybody who has a duty or acts for a member sees who takes part."""
    return EVERYBODY if actor.duties or actor.member_ids else NOBODY


@rule("member.post", Member)
def post(actor: Actor) -> Q:
    """The secretariat posts people to members that have not left."""
    return by_secretariat(actor, Q(until=None))
