"""From "shall we tell them?" to "yes, we take it up": drafting, asking for room, sending, accepting, declining."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import localdate, now

from tsunagari.directory.models import Organization, Service
from tsunagari.kernel import access, codes, rows
from tsunagari.kernel.access import Actor
from tsunagari.referrals.actions import holding
from tsunagari.referrals.actions.consents import can_be_sent
from tsunagari.referrals.actions.holding import NotYet, due, follow, lock, reach
from tsunagari.referrals.actions.unmet import note_unmet
from tsunagari.referrals.actions.wiping import ask_to_wipe
from tsunagari.referrals.models import Quota, Referral, Slip, Step
from tsunagari.referrals.terms import OPEN_STATES, TAKEN_UP_STATES, Reason, RoomAnswer, State, Unmet

# Scattergun: a person is not sent to everybody at once. Two places at a time, and the second is a thought-out second.
AT_ONCE = 2
PAPER_LETTERS = 8
_A_MOMENT = timedelta(microseconds=1)  # steps are read in the order of their times


@transaction.atomic
def draft(slip: Slip, receiver: Organization, *, service: Service | None = None, by: Actor) -> Referral:
    """Choose a place for a slip. The same place twice gives the referral that is under way."""
    slip = access.locked(by, "slip.refer", slip)
    referral, running = _choose(slip, receiver, service, by)
    if running:
        return referral
    holding.at_the_sender(referral, due("drafted"))
    _begun(referral, State.DRAFTED, by=by)
    return holding.told(referral, "referral.drafted", by)


@transaction.atomic
def propose(slip: Slip, receiver: Organization, *, service: Service | None = None, by: Actor) -> Referral:
    """Choose a place and ask it for room, in one act. The same place twice gives the referral that is under way."""
    slip = access.locked(by, "slip.refer", slip)
    referral, running = _choose(slip, receiver, service, by)
    if running:
        return _ask(referral, by) if referral.state == State.DRAFTED else referral
    _turn_to_the_receiver(referral)
    _begun(referral, State.DRAFTED, State.ASKED, by=by)
    return holding.told(referral, "referral.asked", by)


def _choose(slip: Slip, receiver: Organization, service: Service | None, by: Actor) -> tuple[Referral, bool]:
    """The referral to this place, and whether it is under way already; a new one is not saved yet.

    The caller holds the lock and asked the rule.
    """
    others = list(slip.referrals.all())
    running = [one for one in others if one.state in OPEN_STATES]
    for twin in running:
        if twin.receiver_id == receiver.pk:
            twin.slip = slip
            return twin, True
    if receiver.pk == slip.sender_id:
        raise NotYet("own_organization")
    if len(running) >= AT_ONCE:
        raise NotYet("too_many_at_once")
    referral = Referral(
        slip=slip,
        sender_id=slip.sender_id,
        receiver=receiver,
        service=service,
        idempotency_key=str(uuid5(slip.pk, f"{receiver.pk}/{len(others)}")),
        made_at=now(),
        made_by=by.who,
    )
    return referral, False


def _begun(referral: Referral, *states: State, by: Actor) -> None:
    """Save a new referral with the states it has reached, and set the slip's date behind it."""
    referral.state = states[-1]
    referral.save(force_insert=True)
    begun = now()
    Step.objects.bulk_create(
        Step(referral=referral, state=state, at=begun + after * _A_MOMENT, by=by.account_id)
        for after, state in enumerate(states)
    )
    follow(referral.slip)


def _turn_to_the_receiver(referral: Referral) -> None:
    """Who takes what arrives there cares for it from here. The caller saves."""
    referral.cared_by = holding.received_by_whom(referral)
    holding.with_whom_cares(referral, due("asked"))


@transaction.atomic
def ask_room(referral: Referral, *, by: Actor) -> Referral:
    """Ask the receiver whether it has room: what is sought, where, which age; nothing about the person."""
    referral = lock(referral)
    if referral.steps.filter(state=State.ASKED).exists():
        return referral
    access.require(by, "referral.ask_room", referral)
    return _ask(referral, by)


def _ask(referral: Referral, by: Actor) -> Referral:
    _turn_to_the_receiver(referral)
    reach(referral, State.ASKED, by.account_id)
    return holding.done(referral, "referral.asked", by)


@transaction.atomic
def answer_room(referral: Referral, *, room: RoomAnswer, left: int | None = None, by: Actor) -> Referral:
    """The receiver says whether it has room; the sender's turn again. It may correct itself until the slip is sent."""
    referral = lock(referral)
    access.require(by, "referral.answer_room", referral)
    return settle_room(referral, room=room, left=left, by=by)


def settle_room(referral: Referral, *, room: RoomAnswer, left: int | None, by: Actor) -> Referral:
    """Keep the answer. The caller holds the lock and asked the rule."""
    if (referral.room, referral.room_left) == (room, left):
        return referral
    referral.room, referral.room_left = room, left
    referral.cared_by = by.account_id if referral.cared_by and by.account_id else referral.cared_by
    holding.at_the_sender(referral, due("next"))
    return holding.done(referral, "referral.room_answered", by, room=room.value)


def month_load(receiver_id: UUID) -> int:
    """How many people the receiver has been sent or took up this month, by whomever; of protected people nobody."""
    first = localdate().replace(day=1)
    sent = Referral.objects.filter(receiver_id=receiver_id, steps__state=State.SENT, steps__at__date__gte=first)
    with rows.for_the_house():
        return sent.filter(state__in=(State.SENT, *TAKEN_UP_STATES)).exclude(Referral.stays_between).count()


def left_this_month(receiver_id: UUID) -> int | None:
    """「今月あと2人」: how many more it takes this month; None: it set no limit."""
    quota = Quota.objects.filter(pk=receiver_id).first()
    if quota is None:
        return None
    if quota.paused_until and quota.paused_until >= localdate():
        return 0
    return max(0, quota.per_month - month_load(receiver_id))


@transaction.atomic
def send(referral: Referral, *, by: Actor) -> Referral:
    """Send the slip. Not before the receiver said that it has room and the person said yes to this receiver."""
    referral = lock(referral)
    if referral.steps.filter(state=State.SENT).exists():
        return referral
    access.require(by, "referral.send", referral)
    if not can_be_sent(referral):
        raise NotYet("no_consent")
    Quota.objects.select_for_update().filter(pk=referral.receiver_id).first()
    if left_this_month(referral.receiver_id) == 0:
        raise NotYet("full_this_month")
    reach(referral, State.SENT, by.account_id)
    holding.at_the_receiver(referral, due("sent"))
    return holding.done(referral, "referral.sent", by)


@transaction.atomic
def accept(referral: Referral, *, by: Actor) -> Referral:
    """Take up the person's wish: from here the receiver is responsible for the first meeting."""
    try:
        referral = holding.lock_for(referral, "referral.accept", by)
    except access.Forbidden:
        if referral.steps.filter(state=State.ACCEPTED).exists():
            return lock(referral)
        raise
    referral.cared_by = by.who
    return settle_acceptance(referral, by=by)


def settle_acceptance(referral: Referral, *, by: Actor) -> Referral:
    """It is taken up. The caller holds the lock and asked the rule."""
    reach(referral, State.ACCEPTED, by.account_id)
    holding.with_whom_cares(referral, due("accepted"))
    return holding.done(referral, "referral.accepted", by)


@transaction.atomic
def decline(referral: Referral, *, reason: Reason, by: Actor) -> Referral:
    """Say no, and why: the sender looks for the next place at once, and what could not be met is written down."""
    referral = lock(referral)
    if referral.state == State.DECLINED:
        return referral
    access.require(by, "referral.decline", referral)
    return settle_refusal(referral, reason=reason, by=by)


def settle_refusal(referral: Referral, *, reason: Reason, by: Actor) -> Referral:
    """It is declined. The caller holds the lock and asked the rule."""
    had_read = referral.state == State.SENT
    reach(referral, State.DECLINED, by.account_id)
    referral.reason = reason
    referral.rest()
    if had_read:
        ask_to_wipe(referral, by=by)
    note_unmet(referral.slip, Unmet.DECLINED, reason)
    return holding.done(referral, "referral.declined", by, reason=reason.value)


@transaction.atomic
def withdraw(referral: Referral, *, by: Actor) -> Referral:
    """Take it back because the person wishes so: the receiver's window closes in this transaction."""
    referral = lock(referral)
    if referral.state == State.WITHDRAWN:
        return referral
    access.require(by, "referral.withdraw", referral)
    return settle_withdrawal(referral, by=by)


@transaction.atomic
def withdraw_with_receipt(referral: Referral, *, by: Actor) -> Referral:
    """The person takes it back herself, with her receipt."""
    referral = lock(referral)
    access.require(by, "slip_receipt.use", referral.slip)
    return settle_withdrawal(referral, by=by) if referral.state in OPEN_STATES else referral


def settle_withdrawal(referral: Referral, *, by: Actor) -> Referral:
    """It is taken back, and with it every yes for this receiver: going there again is asked anew. The caller holds
    the lock and asked the rule."""
    standing = referral.slip.switches.filter(recipient_id=referral.receiver_id, allowed=True)
    standing.filter(replaced_at=None, withdrawn_at=None).update(withdrawn_at=now(), withdrawn_by=by.account_id)
    had_read = referral.steps.filter(state=State.SENT).exists()
    reach(referral, State.WITHDRAWN, by.account_id)
    referral.rest()
    if had_read:
        ask_to_wipe(referral, by=by)
    return holding.done(referral, "referral.withdrawn", by)


@transaction.atomic
def hand_over(referral: Referral, *, to: UUID, organization_id: UUID, by: Actor) -> Referral:
    """Somebody else of one of the two sides holds it from here; its date stays."""
    referral = lock(referral)
    sides = [referral.slip.sender_id, referral.receiver_id]
    if organization_id not in sides[: 1 if referral.state == State.DRAFTED else 2]:
        raise NotYet("not_posted")
    if organization_id == referral.receiver_id:
        referral.cared_by = to
        referral.save(update_fields=["cared_by"])
    holding.give(referral, "referral.hand_over", to=to, organization_id=organization_id, by=by)
    return referral


def paper_code(referral: Referral) -> str:
    """The short code on the receiver's sheet, from the row and our key; the same each time it is printed."""
    return codes.code("paper", str(referral.pk), letters=PAPER_LETTERS)
