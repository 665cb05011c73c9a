"""Beginning a slip, writing in it, keeping an eye, closing; protecting a person."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, now

from tsunagari.directory.models import Organization
from tsunagari.kernel import access, audit, codes, outbox
from tsunagari.kernel.access import Actor
from tsunagari.network import standing
from tsunagari.referrals import sealing
from tsunagari.referrals.actions.holding import NotYet, due, follow, give, still_open
from tsunagari.referrals.actions.unmet import note_unmet
from tsunagari.referrals.models import Referral, Slip, Unprotecting, Wipe
from tsunagari.referrals.terms import Item, SlipEnding, SlipState, Unmet

PLAIN = frozenset("asker origin worry category area age_band daypart follow_way".split())
ABOUT_WHO = frozenset({Item.NAME, Item.CONTACT})


class Conflict(Exception):
    """Somebody else wrote in the slip meanwhile. `theirs`: what stands now, `yours`: what was about to be saved."""

    def __init__(self, slip: Slip, theirs: Mapping[str, str], yours: Mapping[str, str]) -> None:
        super().__init__("changed meanwhile")
        self.slip, self.theirs, self.yours = slip, theirs, yours


def receipt_of(key: str) -> str:
    """The code on the person's receipt (受付票), 80 bits. It comes from the form's key: sent twice, the same code."""
    return codes.code("receipt", key)


def of_receipt(code: str) -> Slip | None:
    """The slip this receipt belongs to; None when nobody got such a code."""
    return Slip.objects.filter(receipt_hash=codes.code_hash(code)).first()


@transaction.atomic
def begin(
    sender: Organization,
    *,
    plain: Mapping[str, Any],
    texts: Mapping[str, str],
    named: bool = True,
    key: str,
    by: Actor,
) -> Slip:
    """Begin a slip with what somebody wishes; from here she has one person who holds it and a next date.

    The same `key` again (a double click, a retry after a broken line) gives the slip that was begun. `named` off:
    nothing that says who it is about is kept.
    """
    access.require(by, "organization.begin_slip", sender)
    slip, new = Slip.objects.get_or_create(
        idempotency_key=key,
        defaults={
            "sender": sender,
            "named": named,
            "receipt_hash": codes.code_hash(receipt_of(key)),
            "made_at": now(),
            "made_by": by.who,
            "holder_id": by.who,
            "held_for": sender.pk,
            "promised_on": due("drafted"),
            "due_on": due("drafted"),
            **{name: value for name, value in plain.items() if name in PLAIN},
        },
    )
    if not new:
        access.require(by, "slip.read", slip)
        return slip
    sealing.write(slip, _without_who(texts) if not named else texts)
    slip.save()
    audit.record("slip.begun", by=by, about=slip, sender=sender.pk, named=named)
    outbox.announce("slip.begun", by=by, about=slip)
    return slip


def _without_who(texts: Mapping[str, str]) -> dict[str, str]:
    return {item: text for item, text in texts.items() if item not in ABOUT_WHO}


def _locked(slip: Slip) -> Slip:
    return Slip.objects.select_for_update().get(pk=slip.pk)


def edit(slip: Slip, *, plain: Mapping[str, Any], texts: Mapping[str, str], version: int, by: Actor) -> Slip:
    """Write in a slip. `version` is what the writer saw; when another was faster, `Conflict` carries both texts."""
    try:
        return _edit(slip, plain, texts, version, by)
    except Conflict:
        # After the rolled back transaction, so that the line stays: the other text is about to be shown.
        audit.record_reading("slip.read", by=by, about=slip)
        raise


@transaction.atomic
def _edit(slip: Slip, plain: Mapping[str, Any], texts: Mapping[str, str], version: int, by: Actor) -> Slip:
    slip = _locked(slip)
    access.require(by, "slip.edit", slip)
    if slip.version != version:
        now_there = sealing.read(slip)
        wanted = texts if slip.named else _without_who(texts)
        theirs = {item: now_there.get(item, "") for item in wanted if now_there.get(item, "") != wanted[item]}
        if not theirs and all(getattr(slip, name) == value for name, value in plain.items() if name in PLAIN):
            return slip  # a second click: it stands as she wrote it
        raise Conflict(slip, theirs, texts)
    for name, value in plain.items():
        if name in PLAIN:
            setattr(slip, name, value)
    sealing.write(slip, texts if slip.named else _without_who(texts))
    slip.version += 1
    slip.save()
    audit.record("slip.edited", by=by, about=slip, fields=sorted(texts))
    return slip


@transaction.atomic
def name_the_person(slip: Slip, *, texts: Mapping[str, str], by: Actor) -> Slip:
    """The person now wishes it herself: what family or a neighbour asked without naming gets her name.

    Somebody else named her meanwhile: nothing is overwritten; what stands is mended where a slip is written in.
    """
    slip = _locked(slip)
    access.require(by, "slip.edit", slip)
    if slip.named:
        if sealing.read(slip, texts) == dict(texts):
            return slip
        raise NotYet("named_already")
    slip.named = True
    sealing.write(slip, texts)
    slip.version += 1
    slip.save()
    audit.record("slip.named", by=by, about=slip)
    return slip


@transaction.atomic
def watch(slip: Slip, *, until: date, by: Actor) -> Slip:
    """She declined, and agreed that somebody keeps an eye (見守り): the holder looks again on that day."""
    slip = _locked(slip)
    access.require(by, "slip.watch", slip)
    if until < localdate():
        raise NotYet("until_past")
    if slip.state == SlipState.WATCHING and slip.promised_on == until:
        return slip
    if Referral.objects.filter(still_open(slip)).exists():
        raise NotYet("referral_open")
    slip.state = SlipState.WATCHING
    slip.save(update_fields=["state"])
    follow(slip, until)
    audit.record("slip.watched", by=by, about=slip, until=until)
    return slip


@transaction.atomic
def resume(slip: Slip, *, by: Actor) -> Slip:
    """She wishes to go on: a place is looked for again."""
    slip = _locked(slip)
    access.require(by, "slip.watch", slip)
    if slip.state == SlipState.WATCHING:
        slip.state = SlipState.OPEN
        slip.save(update_fields=["state"])
        follow(slip, due("drafted"))
        audit.record("slip.resumed", by=by, about=slip)
    return slip


@transaction.atomic
def close(slip: Slip, *, ending: SlipEnding, by: Actor) -> Slip:
    """Nobody waits any more. With a referral under way it cannot be closed: that would be the second chair."""
    slip = _locked(slip)
    if slip.state == SlipState.CLOSED:
        return slip
    access.require(by, "slip.close", slip)
    if Referral.objects.filter(still_open(slip)).exists():
        raise NotYet("referral_open")
    _close(slip, ending, by)
    if ending == SlipEnding.NOT_MET:
        note_unmet(slip, Unmet.NOWHERE)
    return slip


def _close(slip: Slip, ending: SlipEnding, by: Actor) -> None:
    slip.state, slip.ending, slip.closed_at = SlipState.CLOSED, ending, now()
    slip.closed_by = by.account_id or slip.holder_id
    slip.rest()
    slip.save()
    audit.record("slip.closed", by=by, about=slip, ending=ending.value)
    outbox.announce("slip.closed", by=by, about=slip)


def close_when_tied(slip: Slip, *, by: Actor) -> None:
    """Three months on the tie holds, as the person says: the contact is closed unless another place is under way."""
    if not Referral.objects.filter(still_open(slip)).exists() and slip.state != SlipState.CLOSED:
        _close(slip, SlipEnding.TIED, by)


@transaction.atomic
def hand_over(slip: Slip, *, to: UUID, by: Actor) -> Slip:
    """Another colleague holds the contact from here; its dates stay."""
    slip = _locked(slip)
    give(slip, "contact.hand_over", to=to, organization_id=slip.sender_id, by=by)
    return slip


@transaction.atomic
def protect(slip: Slip, *, by: Actor) -> Slip:
    """From this moment only the people who handle her can know that she is here; she is found by no name."""
    slip = _locked(slip)
    if slip.protected_at:
        return slip
    access.require(by, "slip.protect", slip)
    slip.protected_at, slip.protected_by, slip.name_index = now(), by.who, None
    if slip.held_for is None and slip.state != SlipState.CLOSED:
        # It had climbed to the town: back to her who protects, so that nobody outside holds it.
        slip.holder_id, slip.held_for = by.who, slip.sender_id
    slip.save()
    for table, mine in ((Referral, Q(slip=slip)), (Wipe, Q(referral__slip=slip))):
        # Locked first: what is climbing to the town at this very moment is waited for, and taken back too.
        rows = table._default_manager.select_for_update(of=("self",)).filter(mine, holder__isnull=False)
        climbed = [row.pk for row in rows if row.held_for is None]
        table._default_manager.filter(pk__in=climbed).update(holder=by.who, held_for=slip.sender_id)
    audit.record("slip.protected", by=by, about=slip)
    return slip


@transaction.atomic
def ask_unprotect(slip: Slip, *, of: UUID, by: Actor) -> Unprotecting:
    """Ask a colleague to look with her whether the protection may be lifted; nothing changes yet."""
    slip = _locked(slip)
    access.require(by, "slip.ask_unprotect", slip)
    running = slip.unprotectings.filter(lifted_at=None, dropped_at=None).first()
    if running:
        return running
    if of == by.account_id or of not in standing.holders(slip.sender_id):
        raise NotYet("not_posted")
    asked = Unprotecting.objects.create(slip=slip, asked_at=now(), asked_by=by.who, asked_of=of)
    audit.record("unprotecting.asked", by=by, about=asked)
    outbox.announce("unprotecting.asked", by=by, about=asked, of=of)
    return asked


@transaction.atomic
def lift(asked: Unprotecting, *, by: Actor) -> Unprotecting:
    """The second person agrees, after 72 hours: the person is seen like others again."""
    slip = _locked(asked.slip)
    asked = Unprotecting.objects.select_for_update().get(pk=asked.pk)
    if asked.lifted_at:
        return asked
    access.require(by, "unprotecting.lift", asked)
    asked.lifted_at, asked.lifted_by = now(), by.who
    asked.save(update_fields=["lifted_at", "lifted_by"])
    slip.protected_at = slip.protected_by = None
    sealing.index_name(slip)
    slip.save()
    audit.record("unprotecting.lifted", by=by, about=asked)
    return asked


@transaction.atomic
def drop(asked: Unprotecting, *, by: Actor) -> Unprotecting:
    """One of the two objects: the protection stays as it is."""
    asked = Unprotecting.objects.select_for_update().get(pk=asked.pk)
    if asked.dropped_at:
        return asked
    access.require(by, "unprotecting.drop", asked)
    asked.dropped_at, asked.dropped_by = now(), by.who
    asked.save(update_fields=["dropped_at", "dropped_by"])
    audit.record("unprotecting.dropped", by=by, about=asked)
    return asked
