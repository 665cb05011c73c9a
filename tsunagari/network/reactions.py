"""What the network does when somebody came or left."""

from tsunagari.accounts.models import Account, Invitation
from tsunagari.kernel.access import Actor
from tsunagari.kernel.outbox import Event, reacts
from tsunagari.kernel.timetable import every
from tsunagari.network import actions
from tsunagari.network.actions import leaving


@reacts("invitation.accepted")
def post_the_invited(event: Event) -> None:
    """The posting that the invitation promised."""
    invitation = Invitation.objects.filter(pk=event.about_id).first()
    if invitation is not None and invitation.organization_id:
        actions.post_the_invited(invitation)


@reacts("person.deactivated")
def end_postings(event: Event) -> None:
    """A closed account acts for nobody."""
    account = Account.objects.filter(pk=event.about_id).first()
    if account is not None:
        actions.end_all(account, by=Actor(account_id=event.actor_id))


@every(minutes=10)
def pass_on_what_ended() -> None:
    """Nothing stays with somebody whose time there is over."""
    leaving.pass_on_what_ended()
