"""Consent: a matrix of switches, each asked by itself, each taken back at once."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now

from tsunagari.directory.models import Organization
from tsunagari.kernel import access, audit, nudge, outbox
from tsunagari.kernel.access import Actor
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.actions.wiping import ask_to_wipe
from tsunagari.referrals.models import Referral, Slip, Switch
from tsunagari.referrals.terms import OPEN_STATES, AskedHow, Item, Purpose, SlipState, State

Cell = tuple[str, str]


def allowed_items(slip: Slip, recipient_id: UUID, state: str, day: date | None = None) -> set[str]:
    """Which items the recipient may read on this day, for what it now does: arranging first, then following up.

    Advice asked without a name is nobody's secret to that receiver: all of it, and there is no name in it.
    """
    if not slip.named:
        return {item.value for item in Item} - {Item.NAME, Item.CONTACT}
    purpose = Purpose.FOLLOW_UP if state in (State.CAME, State.CAME_AGAIN) else Purpose.ARRANGE
    rows = slip.switches.current(day or localdate()).filter(recipient_id=recipient_id, purpose=purpose)  # type: ignore[attr-defined]
    return set(rows.values_list("item", flat=True))


@transaction.atomic
def ask(
    slip: Slip,
    recipient: Organization,
    *,
    answers: Mapping[Cell, bool],
    until: date,
    how: AskedHow,
    by: Actor,
) -> list[Switch]:
    """Write down what the person answered, cell by cell; "no" is kept like "yes". What was not asked is left alone.

    An answer that changes nothing makes no new row, so that asking twice does no harm.
    """
    slip = Slip.objects.select_for_update().get(pk=slip.pk)
    access.require(by, "slip.ask_consent", slip)
    if until < localdate():
        raise NotYet("until_past")
    return _answer(slip, recipient, answers, until, how, by)


@transaction.atomic
def answer_with_receipt(
    slip: Slip, recipient: Organization, *, answers: Mapping[Cell, bool], until: date, by: Actor
) -> list[Switch]:
    """She answers on her own phone, for a place that is under way; for any other nothing is written."""
    slip = Slip.objects.select_for_update().get(pk=slip.pk)
    access.require(by, "slip_receipt.use", slip)
    under_way = slip.referrals.filter(receiver=recipient, state__in=OPEN_STATES)
    if not slip.named or slip.state == SlipState.CLOSED or not under_way.exists():
        return []
    if until < localdate():
        raise NotYet("until_past")
    made = _answer(slip, recipient, answers, until, AskedHow.OWN_PHONE, by)
    for referral in under_way if made else ():
        outbox.announce("consent.answered", by=by, about=referral)
        nudge.tell(f"referral:{referral.pk}", url=f"/net/referrals/{referral.pk}/")
    return made


def _answer(
    slip: Slip, recipient: Organization, answers: Mapping[Cell, bool], until: date, how: AskedHow, by: Actor
) -> list[Switch]:
    standing = {
        (one.item, one.purpose): one
        for one in slip.switches.select_for_update().filter(recipient=recipient, replaced_at=None)
    }
    made, shut = [], False
    for (item, purpose), allowed in answers.items():
        old = standing.get((item, purpose))
        if old and old.allowed == allowed and old.until == until and old.withdrawn_at is None:
            continue
        made.append(_replace(slip, recipient, old, (Item(item), Purpose(purpose)), allowed, until, how, by))
        shut = shut or bool(old and old.allowed and old.withdrawn_at is None and not allowed)
    if made:
        yes = sum(one.allowed for one in made)
        audit.record("consent.asked", by=by, about=slip, recipient=recipient.pk, yes=yes, no=len(made) - yes)
    if shut:
        # A "yes" that became a "no" is a taking back like any other.
        _told(slip, recipient.pk, by)
    return made


def _replace(
    slip: Slip,
    recipient: Organization,
    old: Switch | None,
    cell: tuple[Item, Purpose],
    allowed: bool,
    until: date,
    how: AskedHow,
    by: Actor,
) -> Switch:
    new = Switch(
        slip=slip,
        recipient=recipient,
        item=cell[0],
        purpose=cell[1],
        allowed=allowed,
        until=until,
        how=how,
        answered_at=now(),
        answered_by=by.account_id,
    )
    if old:
        old.replaced_at, old.replaced_by = now(), new.pk
        old.save(update_fields=["replaced_at", "replaced_by"])
    new.save()
    return new


@transaction.atomic
def withdraw(slip: Slip, *, switches: Iterable[object], by: Actor) -> int:
    """Take switches back for the person: from this transaction on the receiver reads nothing of them."""
    slip = Slip.objects.select_for_update().get(pk=slip.pk)
    access.require(by, "slip.ask_consent", slip)
    return _withdraw(slip, switches, by)


@transaction.atomic
def withdraw_with_receipt(slip: Slip, *, switches: Iterable[object], by: Actor) -> int:
    """The person takes switches back herself, with her receipt; nobody has to agree."""
    slip = Slip.objects.select_for_update().get(pk=slip.pk)
    access.require(by, "slip_receipt.use", slip)
    return _withdraw(slip, switches, by)


def _withdraw(slip: Slip, switches: Iterable[object], by: Actor) -> int:
    rows = slip.switches.select_for_update().filter(
        pk__in=list(switches), allowed=True, withdrawn_at=None, replaced_at=None
    )
    recipients = {one.recipient_id for one in rows}
    changed = rows.update(withdrawn_at=now(), withdrawn_by=by.account_id)
    if not changed:
        return 0
    audit.record("consent.withdrawn", by=by, about=slip, switches=changed, recipients=recipients)
    for recipient_id in recipients:
        _told(slip, recipient_id, by)
    return changed


def _told(slip: Slip, recipient_id: UUID, by: Actor) -> None:
    """Whoever had read something is asked to delete what it copied; its open pages look again."""
    for referral in slip.referrals.filter(receiver_id=recipient_id, steps__state=State.SENT):
        ask_to_wipe(referral, by=by)
        outbox.announce("consent.withdrawn", by=by, about=referral)
        nudge.tell(f"referral:{referral.pk}", url=f"/net/referrals/{referral.pk}/")


def can_be_sent(referral: Referral) -> bool:
    """Whether the person said yes to at least her wish for this receiver. Advice without a name needs no consent."""
    if not referral.slip.named:
        return True
    return Item.WISH in allowed_items(referral.slip, referral.receiver_id, State.SENT)
