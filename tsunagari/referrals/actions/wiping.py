"""What a receiver copied while it could read: it is asked to delete it, and its answer is kept."""

from django.db import transaction
from django.utils.timezone import now

from tsunagari.kernel import access, audit, outbox
from tsunagari.kernel.access import Actor
from tsunagari.referrals.actions.holding import answers_for, cared_by_today, due
from tsunagari.referrals.models import Referral, Wipe
from tsunagari.referrals.terms import Wiped


def ask_to_wipe(referral: Referral, *, by: Actor) -> Wipe:
    """Ask once; an earlier answer stands only for what was copied before, so a new withdrawal asks again."""
    there = cared_by_today(referral)
    holder, held_for = (there, referral.receiver_id) if there else answers_for(referral.slip)
    wipe, new = Wipe.objects.select_for_update().get_or_create(
        referral=referral,
        defaults={
            "asked_at": now(),
            "holder_id": holder,
            "held_for": held_for,
            "promised_on": due("wipe"),
            "due_on": due("wipe"),
        },
    )
    if not new and not wipe.answer:
        return wipe
    if wipe.answer:
        wipe.answer, wipe.answered_at, wipe.answered_by, wipe.asked_at = "", None, None, now()
        wipe.wait_for(holder, held_for=held_for, until=due("wipe"))
        wipe.save()
    audit.record("wipe.asked", by=by, about=wipe)
    outbox.announce("wipe.asked", by=by, about=wipe)
    return wipe


@transaction.atomic
def answer_wipe(wipe: Wipe, *, answer: Wiped, by: Actor) -> Wipe:
    """The receiver says what it did with its copies; the person reads the answer with her receipt."""
    wipe = Wipe.objects.select_for_update(of=("self",)).get(pk=wipe.pk)
    if wipe.answer:
        return wipe
    access.require(by, "wipe.answer", wipe)
    return settle(wipe, answer=answer, by=by)


def settle(wipe: Wipe, *, answer: Wiped, by: Actor) -> Wipe:
    """The answer is kept and nobody waits any more. The caller holds the lock and asked the rule."""
    wipe.answer, wipe.answered_at, wipe.answered_by = answer, now(), by.account_id
    wipe.rest()
    wipe.save()
    audit.record("wipe.answered", by=by, about=wipe, answer=answer.value)
    return wipe
