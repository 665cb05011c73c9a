"""Who holds what from here, and until when: the clock of the warm handover."""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate, now

from tsunagari.kernel import access, audit, nudge, outbox, rows
from tsunagari.kernel.access import Actor
from tsunagari.kernel.promises import Promise
from tsunagari.kernel.workdays import first_working_day, working_days_after
from tsunagari.network import standing
from tsunagari.referrals.models import Referral, Slip, Step
from tsunagari.referrals.terms import OPEN_STATES, SlipState, State

# The sender looks again so many working days after the receiver's own date: nobody relies on the other side alone.
BEHIND = 3


class NotYet(ValueError):
    """The step cannot be taken as things stand; the word says why, the page says it in a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def due(step: str) -> date:
    """The day until which this step may take, from today."""
    return working_days_after(localdate(), settings.PROMISE_DAYS[step])


def lock(referral: Referral) -> Referral:
    """The referral and its slip, locked in one order, slip first: two writers never wait for each other in a ring."""
    slip = Slip.objects.select_for_update().get(pk=referral.slip_id)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    locked.slip = slip
    return locked


def lock_for(referral: Referral, rule: str, actor: Actor) -> Referral:
    """The same, and `Forbidden` unless she may take this step as things stand: one query less."""
    slip = Slip.objects.select_for_update().get(pk=referral.slip_id)
    locked = access.locked(actor, rule, referral)
    locked.slip = slip
    return locked


def at_the_sender(referral: Referral, until: date) -> None:
    """The one who holds the slip holds the referral. The caller saves."""
    slip = referral.slip
    referral.wait_for(_holder_of(slip), held_for=slip.held_for, until=until)


def at_the_receiver(referral: Referral, until: date) -> None:
    """Who looks after it at the receiver holds it; without an account there, the sender chases it. The caller saves.

    Who looked after it may have left meanwhile: then it is whoever stands in for her there.
    """
    if referral.cared_by is not None:
        referral.cared_by = cared_by_today(referral)
    with_whom_cares(referral, until)


def with_whom_cares(referral: Referral, until: date) -> None:
    """She who takes care of it holds it, as was found in this act; nobody there: the sender. The caller saves."""
    if referral.cared_by is None:
        at_the_sender(referral, until)
    else:
        referral.wait_for(referral.cared_by, held_for=referral.receiver_id, until=until)


def cared_by_today(referral: Referral) -> UUID | None:
    """Who looked after it at the receiver while she acts there, else who stands in for her; nobody is left: None."""
    if referral.cared_by is None or referral.cared_by in standing.holders(referral.receiver_id):
        return referral.cared_by
    return standing.substitute_of(referral.cared_by, referral.receiver_id)


def answers_for(slip: Slip) -> tuple[UUID, UUID | None]:
    """Who answers at the sender, and for whom: who holds the slip; once it is closed, who made it or stands in."""
    if slip.holder_id is not None:
        return slip.holder_id, slip.held_for
    able = standing.holders(slip.sender_id)
    if slip.made_by in able:
        return slip.made_by, slip.sender_id
    if found := standing.substitute_of(slip.made_by, slip.sender_id):
        return found, slip.sender_id
    return standing.coordinator(), None


def received_by_whom(referral: Referral) -> UUID | None:
    """Who takes what arrives there today; nobody has an account there: None."""
    return standing.reception_of(referral.receiver_id)


def _holder_of(slip: Slip) -> UUID:
    if slip.holder_id is None:
        raise NotYet("closed")
    return slip.holder_id


def reach(referral: Referral, state: State, who: UUID | None) -> None:
    """The referral stands here from now; the step is written once. The caller saves."""
    Step.objects.create(referral=referral, state=state, at=now(), by=who)
    referral.state = state


def follow(slip: Slip, until: date | None = None) -> None:
    """Set the slip's own next date behind that of its open referrals, or on a date of its own, and save it.

    While somebody keeps an eye (見守り) the day that was agreed stays.
    """
    if slip.state == SlipState.CLOSED or (slip.state == SlipState.WATCHING and until is None):
        return
    with rows.for_the_house():  # a receiver's request sees its own referral only; the date stands behind all of them
        dates = list(slip.referrals.filter(state__in=OPEN_STATES).values_list("due_on", flat=True))
    latest = max((one for one in dates if one), default=None)
    behind = working_days_after(max(latest, localdate()), BEHIND) if latest else due("next")
    slip.promised_on = slip.due_on = until or behind
    slip.climbed = 0
    slip.save(update_fields=["promised_on", "due_on", "climbed"])


def done(referral: Referral, event: str, actor: Actor, **ids: object) -> Referral:
    """The step is taken: save, set the slip's date behind it, write the line, tell who waits."""
    referral.save(force_update=True)
    follow(referral.slip)
    return told(referral, event, actor, **ids)


def told(referral: Referral, event: str, actor: Actor, **ids: object) -> Referral:
    """The line, the news, and a nudge to open pages."""
    audit.record(event, by=actor, about=referral, **ids)
    outbox.announce(event, by=actor, about=referral, **ids)
    nudge.tell(f"referral:{referral.pk}", url=f"/net/referrals/{referral.pk}/")
    return referral


def in_months(months: int, start: date | None = None) -> date:
    """The same day so many months on (its last day where the month is shorter), moved to a working day."""
    day = start or localdate()
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return first_working_day(date(year, month + 1, min(day.day, last)))


def give(promise: Promise, rule: str, *, to: UUID, organization_id: UUID, by: Actor) -> None:
    """Somebody else at that organisation holds it from here; the date stays. The caller holds the lock."""
    access.require(by, rule, promise)
    if to not in standing.holders(organization_id):
        raise NotYet("not_posted")
    if (promise.holder_id, promise.held_for) == (to, organization_id):
        return
    promise.holder_id, promise.held_for, promise.climbed = to, organization_id, 0
    with rows.for_the_house():  # what she gave away the database shows her no more
        promise.save(update_fields=["holder", "held_for", "climbed"])
    audit.record("promise.handed_over", by=by, about=promise, holder=to)
    outbox.announce("promise.handed_over", by=by, about=promise, holder=to)


def still_open(slip: Slip) -> Q:
    """Referrals of this slip that are under way."""
    return Q(slip=slip, state__in=OPEN_STATES)
