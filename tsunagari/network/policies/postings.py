"""Who sees who acts for whom, and who ends that."""

from django.db.models import Q

from tsunagari.accounts.policies import is_secretariat
from tsunagari.kernel.access import EVERYBODY, Actor, rule
from tsunagari.network.models import Posting


@rule("posting.read", Posting)
def read_posting(actor: Actor) -> Q:
    """The secretariat sees every posting; others see their own and those of the organisation they act for."""
    if is_secretariat(actor):
        return EVERYBODY
    return Q(account_id=actor.account_id) | Q(member__organization_id__in=actor.member_ids)


@rule("posting.end", Posting)
def end(actor: Actor) -> Q:
    """The secretariat ends any posting that has not been ended, everybody her own."""
    return Q(ended_at=None) & (EVERYBODY if is_secretariat(actor) else Q(account_id=actor.account_id))


@rule("posting.choose", Posting)
def choose(actor: Actor) -> Q:
    """Everybody chooses which of her own postings she acts for."""
    return Q(account_id=actor.account_id, ended_at=None)


@rule("posting.name_substitute", Posting)
def name_substitute(actor: Actor) -> Q:
    """The secretariat, and everybody for her own posting, name who steps in when she does not answer."""
    return Q(ended_at=None) & (EVERYBODY if is_secretariat(actor) else Q(account_id=actor.account_id))
