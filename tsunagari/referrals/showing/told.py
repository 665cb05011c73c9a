"""Who may be told what: the consent matrix of a slip as its person reads it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tsunagari.referrals.models import Referral, Slip, Step, Switch
from tsunagari.referrals.terms import OPEN_STATES, Item, Purpose, SlipState, State
from tsunagari.ui.dates import day_text


@dataclass(frozen=True, slots=True)
class Cell:
    """One switch in words. `switch`: its id while it stands on "yes"; `name`: what it is about, for a button."""

    words: str
    name: str
    switch: UUID | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One organisation and everything it may or may not be told."""

    id: UUID
    name: str
    sent: str
    rows: list[tuple[str, list[Cell]]]
    any_yes: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """An organisation under way and what the person has not said yes to: (value, label) under each purpose."""

    id: UUID
    name: str
    groups: list[tuple[str, list[tuple[str, str]]]]


def _in_words(switch: Switch | None, day: date) -> str:
    if switch is None:
        return _("聞いていません")
    if not switch.allowed:
        return _("いいえ")
    if switch.withdrawn_at:
        return _("取り消しました（%(day)s）") % {"day": day_text(switch.withdrawn_at)}
    if switch.until < day:
        return _("期限が終わりました")
    return _("はい（%(day)sまで）") % {"day": day_text(switch.until)}


def _stands_on_yes(switch: Switch | None, day: date) -> bool:
    return bool(switch and switch.allowed and switch.withdrawn_at is None and switch.until >= day)


def _cell(item: Item, purpose: Purpose, switch: Switch | None, day: date) -> Cell:
    name = _("%(item)s（%(purpose)s）") % {"item": item.label, "purpose": purpose.label}
    return Cell(_in_words(switch, day), name, switch.pk if switch and _stands_on_yes(switch, day) else None)


def _by_recipient(slip: Slip) -> dict[UUID, dict[tuple[str, str], Switch]]:
    found: dict[UUID, dict[tuple[str, str], Switch]] = defaultdict(dict)
    for one in slip.switches.filter(replaced_at=None).select_related("recipient"):
        found[one.recipient_id][one.item, one.purpose] = one
    return found


def recipients(slip: Slip) -> list[Recipient]:
    """Every organisation the person was asked about, with each switch as it stands today."""
    day, sent = localdate(), _sent(slip)
    found = []
    for pk, switches in _by_recipient(slip).items():
        rows = [
            (str(item.label), [_cell(item, purpose, switches.get((item, purpose)), day) for purpose in Purpose])
            for item in Item
        ]
        any_yes = any(_stands_on_yes(one, day) for one in switches.values())
        name = next(iter(switches.values())).recipient.name
        found.append(Recipient(pk, name, sent.get(pk, ""), rows, any_yes))
    return sorted(found, key=lambda one: one.name)


def _sent(slip: Slip) -> dict[UUID, str]:
    """The day on which each organisation got the slip, in words."""
    rows = Step.objects.filter(referral__slip=slip, state=State.SENT).values_list("referral__receiver_id", "at")
    return {pk: day_text(at) for pk, at in rows}


def choices(slip: Slip) -> list[Choice]:
    """What she may still say yes to on her own phone: for places under way, the switches that do not stand on yes."""
    if not slip.named or slip.state == SlipState.CLOSED:
        return []
    day, known = localdate(), _by_recipient(slip)
    return [
        Choice(one.receiver_id, one.receiver.name, groups)
        for one in _under_way(slip)
        if (groups := _open_groups(known.get(one.receiver_id, {}), day))
    ]


def _under_way(slip: Slip) -> list[Referral]:
    return list(slip.referrals.filter(state__in=OPEN_STATES).select_related("receiver").order_by("made_at"))


def _open_groups(switches: dict[tuple[str, str], Switch], day: date) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = []
    for purpose in Purpose:
        left = [item for item in Item if not _stands_on_yes(switches.get((item, purpose)), day)]
        if left:
            groups.append((str(purpose.label), [(f"{item}:{purpose}", str(item.label)) for item in left]))
    return groups
