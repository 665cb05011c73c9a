"""きょうの仕事: what waits for me, what I wait for, what climbed to me. Each row through the rule of its table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tsunagari.accounts.models import Account
from tsunagari.home.showing import saying
from tsunagari.home.showing.me import about_me
from tsunagari.home.showing.saying import Row
from tsunagari.kernel import access
from tsunagari.kernel.access import Actor
from tsunagari.kernel.pages import acting
from tsunagari.kernel.promises import Climb, Promise
from tsunagari.referrals import sealing
from tsunagari.referrals.models import Handover, Referral, Slip
from tsunagari.referrals.terms import OPEN_STATES, Item

MOST = 60  # of each; whoever holds more works from the top all the same
_WORDS = tuple(Item.values)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows need beside themselves, each asked once for all of them."""

    today: date
    names: dict[UUID, str]
    readable: set[UUID]
    people: dict[UUID, str]
    meetings: set[UUID]


def work_page(request: HttpRequest, slips: QuerySet[Slip]) -> dict[str, Any]:
    """My day. `slips`: those she may read; the door has written down that names are shown."""
    actor = acting(request)
    today = timezone.localdate()
    mine = list(chain(_referrals(actor), _contacts(actor, today), _wipes(actor)))
    mine.sort(key=lambda one: (one.promised_on or date.max, str(one.pk)))
    awaited = _awaited(actor)
    known = _known(actor, slips, mine, awaited, today)
    rows = [_row(one, known) for one in mine[:MOST]]
    up = {one.pk for one in mine if one.climbed >= Climb.SUBSTITUTE}
    return {
        **about_me(request),
        "today": today,
        "climbed": [row for row in rows if row.pk in up],
        "mine": [row for row in rows if row.pk not in up],
        "awaited": [_awaited_row(one, known) for one in awaited],
        "more": len(mine) > MOST,
        "unread": access.visible(actor, "notice.read").filter(read_at=None)[:100].count(),
        "sees_town": access.may_any(actor, "town.read"),
        "may_begin": access.may_any(actor, "organization.begin_slip"),
    }


def _held(actor: Actor, rule: str) -> QuerySet[Any]:
    rows = access.visible(actor, rule).filter(holder_id=actor.account_id, promised_on__isnull=False)
    return rows.order_by("promised_on", "pk")


def _referrals(actor: Actor) -> QuerySet[Referral]:
    rows: QuerySet[Referral] = _held(actor, "referral.read").select_related("slip", "receiver", "sender")
    return rows.defer(*(f"slip__{item}" for item in _WORDS))[: MOST + 1]


def _contacts(actor: Actor, today: date) -> QuerySet[Slip]:
    """A contact under way somewhere waits behind its referrals; it is named itself when nothing is, or it is late."""
    under_way = Exists(Referral.objects.filter(slip=OuterRef("pk"), state__in=OPEN_STATES))
    rows: QuerySet[Slip] = _held(actor, "contact.read").filter(~under_way | Q(promised_on__lt=today))
    return rows.defer(*_WORDS)[: MOST + 1]


def _wipes(actor: Actor) -> QuerySet[Any]:
    rows = _held(actor, "wipe.read").select_related("referral__slip", "referral__receiver", "referral__sender")
    return rows.defer(*(f"referral__slip__{item}" for item in _WORDS))[: MOST + 1]


def _awaited(actor: Actor) -> list[Referral]:
    """Referrals of contacts I hold that the other side holds now, and those I take care of that the sender holds."""
    rows = access.visible(actor, "referral.read").filter(state__in=OPEN_STATES).exclude(holder_id=actor.account_id)
    rows = rows.select_related("slip", "receiver", "sender").defer(*(f"slip__{item}" for item in _WORDS))
    sent = rows.filter(slip__holder_id=actor.account_id, held_for=F("receiver_id"))
    taken = rows.filter(receiver_id__in=actor.member_ids, cared_by=actor.account_id).exclude(held_for=F("receiver_id"))
    found = {one.pk: one for one in chain(sent.order_by("promised_on")[:MOST], taken.order_by("promised_on")[:MOST])}
    return sorted(found.values(), key=lambda one: (one.promised_on or date.max, str(one.pk)))[:MOST]


def _known(actor: Actor, slips: QuerySet[Slip], mine: list[Promise], awaited: list[Referral], today: date) -> _Known:
    everything: Iterable[Promise] = [*mine, *awaited]
    wanted = {saying.slip_of(one).pk for one in everything}
    readable = list(slips.filter(pk__in=wanted).only("pk", "sender_id", "name")) if wanted else []
    holders = {one.holder_id for one in awaited if one.holder_id}
    accepted = {one.pk for one in everything if isinstance(one, Referral)}
    meetings = Handover.objects.filter(referral_id__in=accepted, told_at=None) if accepted else Handover.objects.none()
    return _Known(
        today,
        sealing.names(readable),
        {one.pk for one in readable},
        dict(Account.objects.filter(pk__in=holders).values_list("pk", "name")) if holders else {},
        set(meetings.values_list("referral_id", flat=True)),
    )


def _row(one: Promise, known: _Known) -> Row:
    slip = saying.slip_of(one)
    day = one.promised_on or known.today
    return Row(
        pk=one.pk,
        kind=saying.kind_of(one),
        sought=saying.sought(slip),
        name=known.names.get(slip.pk, ""),
        state=saying.state_of(one),
        with_whom=_with_whom(one),
        day=day,
        left=saying.days_left(day, known.today),
        late=day < known.today,
        step=saying.step_of(one, one.pk in known.meetings),
        href=saying.address(one, reads=slip.pk in known.readable),
        climbed=saying.climbed(one),
    )


def _with_whom(one: Promise) -> str:
    """The other side: where it goes, or where it comes from. A contact that is still with us has none."""
    if isinstance(one, Slip):
        return ""
    referral = one if isinstance(one, Referral) else one.referral  # type: ignore[attr-defined]
    here = one.held_for == referral.receiver_id
    name: str = referral.sender.name if here else referral.receiver.name
    return name


def _awaited_row(one: Referral, known: _Known) -> Row:
    """Who holds it over there, and until when."""
    over_there = one.receiver.name if one.held_for == one.receiver_id else one.sender.name
    who = known.people.get(one.holder_id, "") if one.holder_id else ""
    return replace(_row(one, known), with_whom=f"{over_there}（{who}）" if who else over_there, step="")
