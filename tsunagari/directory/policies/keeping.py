"""Keeping entries true: links of keepers, changes that wait for a second person, reports of mistakes."""

from django.db.models import Q
from django.utils.timezone import now

from tsunagari.directory.models import Keeper, KeeperLink, PendingChange, Report
from tsunagari.directory.policies.entries import edited_by, edits_everything
from tsunagari.kernel.access import NOBODY, Actor, rule


@rule("keeper.read", Keeper)
def read_keeper(actor: Actor) -> Q:
    """Who edits an entry sees who keeps it."""
    return edited_by(actor, "service__organization_id")


@rule("keeper.ask", Keeper)
def ask(actor: Actor) -> Q:
    """Who edits an entry may send its keeper a new link, as long as the keeper has not ended."""
    return Q(ended_at=None) & edited_by(actor, "service__organization_id")


@rule("link.use", KeeperLink, anonymous=True)
def use_link(actor: Actor) -> Q:
    """Whoever holds a keeper's link may use it until it expires or the keeper ends; the entry must still be there."""
    return Q(expires_at__gt=now(), keeper__ended_at=None, keeper__service__withdrawn_at=None)


@rule("change.read", PendingChange)
def read_change(actor: Actor) -> Q:
    """Who edits an entry sees the changes that wait for a second person."""
    return edited_by(actor, "service__organization_id")


@rule("change.decide", PendingChange)
def decide(actor: Actor) -> Q:
    """A second person decides on a changed phone or web address: an editor of the entry who did not propose it."""
    if not actor.signed_in:
        return NOBODY
    return edited_by(actor, "service__organization_id") & ~Q(proposed_by=actor.account_id)


@rule("report.read", Report)
def read_report(actor: Actor) -> Q:
    """Who edits an entry reads what people say is wrong with it."""
    return edited_by(actor, "service__organization_id")


@rule("report.answer", Report)
def answer(actor: Actor) -> Q:
    """Who edits an entry answers; an answer once given may be mended by the town's editors."""
    own = edited_by(actor, "service__organization_id")
    return own if edits_everything(actor) else own & Q(answered_at=None)
