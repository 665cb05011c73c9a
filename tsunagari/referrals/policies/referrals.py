"""Referrals: what the sending side may do, what the receiving side may, and what either."""

from django.db.models import Q

from tsunagari.kernel.access import Actor, rule
from tsunagari.referrals.models import Handover, Referral, Wipe
from tsunagari.referrals.policies.sides import at_the_receiver, at_the_sender, from_outside, in_her_hands
from tsunagari.referrals.terms import OPEN_STATES, TAKEN_UP_STATES, WINDOW_STATES, State


def _reached(state: State) -> Q:
    return Q(steps__state=state)


def _wiping_sender(actor: Actor) -> Q:
    return at_the_sender(actor, "referral__slip__", "referral__", "")


def _either(actor: Actor) -> Q:
    return at_the_sender(actor, "slip__", "") | at_the_receiver(actor)


@rule("referral.read", Referral)
def read(actor: Actor) -> Q:
    """Both sides see where a referral stands, who holds it, and the town's coordinator unless she is protected."""
    return _either(actor) | from_outside(actor, "slip__") | in_her_hands(actor)


@rule("referral.open", Referral, confidential=True)
def open_(actor: Actor) -> Q:
    """The sender reads the slip; the receiver what the switches allow, while the referral is with it."""
    return at_the_sender(actor, "slip__", "") | (Q(state__in=WINDOW_STATES) & at_the_receiver(actor))


@rule("referral.ask_room", Referral, done=_reached(State.ASKED), within_reading=True)
def ask_room(actor: Actor) -> Q:
    """The sender asks the receiver whether it has room, without saying for whom."""
    return Q(state=State.DRAFTED) & at_the_sender(actor, "slip__", "")


@rule("referral.answer_room", Referral, within_reading=True)
def answer_room(actor: Actor) -> Q:
    """The receiver says whether it has room, until the slip is sent."""
    return Q(state=State.ASKED) & at_the_receiver(actor)


@rule("referral.send", Referral, done=_reached(State.SENT), within_reading=True)
def send(actor: Actor) -> Q:
    """The sender sends the slip once the receiver has said that it has room."""
    return Q(state=State.ASKED) & ~Q(room="") & at_the_sender(actor, "slip__", "")


@rule("referral.accept", Referral, done=_reached(State.ACCEPTED), within_reading=True)
def accept(actor: Actor) -> Q:
    """Only the receiver accepts, once it has the slip."""
    return Q(state=State.SENT) & at_the_receiver(actor)


@rule("referral.decline", Referral, done=_reached(State.DECLINED), within_reading=True)
def decline(actor: Actor) -> Q:
    """The receiver declines with a reason, when asked for room or after reading the slip."""
    return Q(state__in=(State.ASKED, State.SENT)) & at_the_receiver(actor)


@rule("referral.withdraw", Referral, done=_reached(State.WITHDRAWN), within_reading=True)
def withdraw(actor: Actor) -> Q:
    """The sender takes an open referral back, because the person wishes so."""
    return Q(state__in=OPEN_STATES) & at_the_sender(actor, "slip__", "")


@rule("referral.plan_meeting", Referral, within_reading=True)
def plan_meeting(actor: Actor) -> Q:
    """Either side fixes the first meeting once the referral is taken up."""
    return Q(state__in=(State.ACCEPTED, State.MET)) & _either(actor)


@rule("referral.note_arrival", Referral, within_reading=True)
def note_arrival(actor: Actor) -> Q:
    """Either side notes that the person came."""
    return Q(state__in=TAKEN_UP_STATES) & _either(actor)


@rule("referral.note_attempt", Referral, within_reading=True)
def note_attempt(actor: Actor) -> Q:
    """Either side notes that it tried to reach the person and did not."""
    return Q(state__in=OPEN_STATES) & _either(actor)


@rule("referral.follow_up", Referral, done=Q(state__in=(State.STILL_GOING, State.ENDED)), within_reading=True)
def follow_up(actor: Actor) -> Q:
    """The sender asks the person how it is, one and three months after she came."""
    return Q(state__in=(State.CAME, State.CAME_AGAIN)) & at_the_sender(actor, "slip__", "")


@rule("referral.end", Referral, done=_reached(State.ENDED), within_reading=True)
def end(actor: Actor) -> Q:
    """The sender ends a referral that was taken up, saying why."""
    return Q(state__in=TAKEN_UP_STATES) & at_the_sender(actor, "slip__", "")


@rule("referral.answer_for_receiver", Referral, within_reading=True)
def answer_for_receiver(actor: Actor) -> Q:
    """The sender types in what a receiver without an account answered on paper or by phone."""
    return Q(state__in=OPEN_STATES, cared_by=None) & at_the_sender(actor, "slip__", "")


@rule("referral.hand_over", Referral)
def hand_over(actor: Actor) -> Q:
    """Both sides and the town's coordinator give an open referral to somebody else to hold."""
    return Q(state__in=OPEN_STATES) & read(actor)


@rule("meeting.read", Handover, confidential=True)
def read_meeting(actor: Actor) -> Q:
    """Both sides read who comes along, when and where."""
    sender = at_the_sender(actor, "referral__slip__", "referral__")
    return sender | (Q(referral__state__in=WINDOW_STATES) & at_the_receiver(actor, "referral__"))


@rule("meeting.tell", Handover, done=Q(told_at__isnull=False))
def tell_meeting(actor: Actor) -> Q:
    """Either side says how the first meeting went."""
    return Q(told_at=None) & read_meeting(actor)


@rule("wipe.read", Wipe)
def read_wipe(actor: Actor) -> Q:
    """Both sides see that the receiver was asked to delete what it copied, and so does the coordinator."""
    sides = _wiping_sender(actor) | at_the_receiver(actor, "referral__", "")
    return sides | from_outside(actor, "referral__slip__") | in_her_hands(actor)


@rule("wipe.answer", Wipe, done=~Q(answer=""))
def answer_wipe(actor: Actor) -> Q:
    """The receiver answers; for one without an account, or where nobody is left, the sender types it in."""
    for_them = (Q(referral__cared_by=None) | Q(holder_id=actor.account_id)) & _wiping_sender(actor)
    return Q(answer="") & (for_them | at_the_receiver(actor, "referral__", ""))
