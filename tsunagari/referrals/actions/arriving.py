"""The warm handover and what comes after: the first meeting, arriving, staying, or losing touch."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate, localtime, now

from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor
from tsunagari.kernel.workdays import first_working_day
from tsunagari.referrals import sealing
from tsunagari.referrals.actions import holding
from tsunagari.referrals.actions.holding import NotYet, due, in_months, lock, reach
from tsunagari.referrals.actions.slips import close_when_tied
from tsunagari.referrals.actions.unmet import note_unmet
from tsunagari.referrals.actions.wiping import ask_to_wipe
from tsunagari.referrals.models import Attempt, FollowUp, Handover, Referral
from tsunagari.referrals.terms import Ending, Later, Mood, State, Unmet, Way

FOLLOW_UPS = (1, 3)  # months after she came
TRIES = 3  # at different times, before "lost touch"


@transaction.atomic
def plan_meeting(referral: Referral, *, at: datetime, where: str, companion: str, by: Actor) -> Handover:
    """Fix who comes along, when and where. A new plan replaces the one that was not held; the date is the next date."""
    referral = lock(referral)
    access.require(by, "referral.plan_meeting", referral)
    if at < now():
        raise NotYet("meeting_past")
    standing = referral.handovers.filter(told_at=None).first()
    if standing and standing.at == at and _words(standing, referral) == (where, companion):
        return standing
    meeting = standing or Handover(referral=referral)
    meeting.at, meeting.planned_at, meeting.planned_by = at, now(), by.who
    sealing.write_meeting(meeting, referral.slip, where=where, companion=companion)
    meeting.save()
    holding.at_the_receiver(referral, first_working_day(localdate(at)))
    holding.done(referral, "meeting.planned", by, meeting=meeting.pk)
    return meeting


def _words(meeting: Handover, referral: Referral) -> tuple[str, str]:
    read = sealing.read_meeting(meeting, referral.slip)
    return read.get("where", ""), read.get("companion", "")


@transaction.atomic
def tell_meeting(meeting: Handover, *, mood: Mood, sentence: str = "", by: Actor) -> Handover:
    """How it went, in one tap and one sentence. Not held: the referral waits for a new date."""
    referral = lock(meeting.referral)
    meeting = Handover.objects.select_for_update().get(pk=meeting.pk)
    if meeting.told_at:
        return meeting
    access.require(by, "meeting.tell", meeting)
    meeting.mood, meeting.told_at, meeting.told_by = mood, now(), by.account_id
    sealing.write_meeting(meeting, referral.slip, sentence=sentence)
    meeting.save()
    if mood != Mood.NOT_HELD and referral.state == State.ACCEPTED:
        reach(referral, State.MET, by.account_id)
    if referral.state in (State.ACCEPTED, State.MET):
        holding.at_the_receiver(referral, due("met"))
    holding.done(referral, "meeting.told", by, mood=mood.value)
    return meeting


@transaction.atomic
def note_arrival(referral: Referral, *, by: Actor) -> Referral:
    """She came. From here the sender asks gently after one and three months. Noted twice, it counts once."""
    referral = lock(referral)
    if referral.steps.filter(state=State.CAME).exists():
        return referral
    access.require(by, "referral.note_arrival", referral)
    return settle_arrival(referral, by=by)


def settle_arrival(referral: Referral, *, by: Actor) -> Referral:
    """She came. The caller holds the lock and asked the rule."""
    reach(referral, State.CAME, by.account_id)
    FollowUp.objects.bulk_create(FollowUp(referral=referral, months=n, on=in_months(n)) for n in FOLLOW_UPS)
    holding.at_the_sender(referral, in_months(FOLLOW_UPS[0]))
    return holding.done(referral, "referral.came", by)


@transaction.atomic
def note_return(referral: Referral, *, by: Actor) -> Referral:
    """She came again: the tie begins to hold. The day of the next question stays."""
    referral = lock(referral)
    if referral.steps.filter(state=State.CAME_AGAIN).exists():
        return referral
    access.require(by, "referral.note_arrival", referral)
    if referral.state != State.CAME:
        raise NotYet("not_come_yet")
    reach(referral, State.CAME_AGAIN, by.account_id)
    return holding.done(referral, "referral.came_again", by)


@transaction.atomic
def note_attempt(referral: Referral, *, way: Way, key: str, by: Actor) -> Attempt:
    """Somebody tried to reach her and did not. The same `key` twice is one try."""
    referral = lock(referral)
    access.require(by, "referral.note_attempt", referral)
    attempt, new = Attempt.objects.get_or_create(
        idempotency_key=key,
        defaults={"referral": referral, "way": way, "tried_at": now(), "tried_by": by.who},
    )
    if new:
        audit.record("attempt.noted", by=by, about=referral, way=way.value)
    return attempt


def different_times(referral: Referral) -> int:
    """How many tries were at different times: another day, or another part of the same day."""
    tried = (localtime(one) for one in referral.attempts.values_list("tried_at", flat=True))
    return len({(at.date(), (at.hour >= 12) + (at.hour >= 17)) for at in tried})


@transaction.atomic
def answer_follow_up(question: FollowUp, *, answer: Later, by: Actor) -> FollowUp:
    """What the person says herself, written down by who asked her."""
    referral = lock(question.referral)
    question = FollowUp.objects.select_for_update().get(pk=question.pk)
    if question.answer:
        return question
    access.require(by, "referral.follow_up", referral)
    return _settle_answer(question, referral, answer, by)


@transaction.atomic
def answer_with_receipt(question: FollowUp, *, answer: Later, by: Actor) -> FollowUp:
    """The person answers by herself, with her receipt."""
    referral = lock(question.referral)
    question = FollowUp.objects.select_for_update().get(pk=question.pk)
    access.require(by, "slip_receipt.use", referral.slip)
    if question.answer or referral.state not in (State.CAME, State.CAME_AGAIN):
        return question
    return _settle_answer(question, referral, answer, by)


def _settle_answer(question: FollowUp, referral: Referral, answer: Later, by: Actor) -> FollowUp:
    question.answer, question.answered_at, question.answered_by = answer, now(), by.account_id
    question.save()
    last = not referral.follow_ups.filter(answer="").exists()
    if answer == Later.GOING and last:
        _settle_tie(referral, by)
    elif answer == Later.GOING and referral.state == State.CAME:
        reach(referral, State.CAME_AGAIN, by.account_id)
    if not last:
        holding.at_the_sender(referral, max(referral.follow_ups.filter(answer="").earliest("on").on, due("next")))
    elif answer == Later.STOPPED:
        # Not the end: the sender hears it and asks whether another place would suit.
        holding.at_the_sender(referral, due("next"))
    elif answer == Later.NOT_NOW:
        _settle_end(referral, Ending.WISH, by)
    holding.done(referral, "follow_up.answered", by, months=question.months)
    return question


def _settle_tie(referral: Referral, by: Actor) -> None:
    """Three months on she says that it holds: nobody need ask any more, and the receiver's window closes."""
    if not referral.steps.filter(state=State.CAME_AGAIN).exists():
        reach(referral, State.CAME_AGAIN, by.account_id)
    reach(referral, State.STILL_GOING, by.account_id)
    referral.rest()
    referral.save()
    ask_to_wipe(referral, by=by)
    close_when_tied(referral.slip, by=by)


@transaction.atomic
def end(referral: Referral, *, ending: Ending, by: Actor) -> Referral:
    """End a referral that was taken up. "Lost touch" only after three tries at different times."""
    referral = lock(referral)
    if referral.state == State.ENDED:
        return referral
    access.require(by, "referral.end", referral)
    if ending == Ending.LOST_TOUCH and different_times(referral) < TRIES:
        raise NotYet("try_again")
    _settle_end(referral, ending, by)
    return holding.done(referral, "referral.ended", by, ending=ending.value)


def _settle_end(referral: Referral, ending: Ending, by: Actor) -> None:
    reach(referral, State.ENDED, by.account_id)
    referral.ending = ending
    referral.rest()
    ask_to_wipe(referral, by=by)
    if ending == Ending.WISH and not referral.steps.filter(state=State.CAME_AGAIN).exists():
        note_unmet(referral.slip, Unmet.STOPPED)
