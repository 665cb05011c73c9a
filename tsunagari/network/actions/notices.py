"""Telling people that something is new, never what: one row at once, one short mail for many of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from tsunagari.accounts.models import Account
from tsunagari.kernel import access, audit, outbox
from tsunagari.kernel.access import Actor
from tsunagari.network.models import Member, Notice, Posting, Preference
from tsunagari.network.terms import NoticeKind, Rhythm

_TOGETHER = dt.timedelta(minutes=15)  # what happens within it goes into one mail


@dataclass(frozen=True, slots=True)
class Choice:
    """When mail may go out, and in which language."""

    rhythm: Rhythm
    quiet_from: dt.time
    quiet_until: dt.time
    language: str

    @classmethod
    def of(cls, row: Preference) -> "Choice":
        return cls(Rhythm(row.rhythm), row.quiet_from, row.quiet_until, row.language)

    def is_time(self, oldest: dt.datetime, now: dt.datetime) -> bool:
        """Whether a mail about what waits since `oldest` goes out now; both are local times."""
        if self.rhythm == Rhythm.NONE or self._quiet(now.time()):
            return False
        if self.rhythm == Rhythm.AT_ONCE:
            return now - oldest >= _TOGETHER
        hours = settings.NOTICES["hours"][: 1 if self.rhythm == Rhythm.DAILY else None]
        return any(oldest <= moment <= now for moment in _moments(hours, oldest, now))

    def _quiet(self, clock: dt.time) -> bool:
        start, end = self.quiet_from, self.quiet_until
        return start <= clock < end if start <= end else clock >= start or clock < end


def _moments(hours: Iterable[str], oldest: dt.datetime, now: dt.datetime) -> Iterable[dt.datetime]:
    """The hours of collecting on the day it came and on this day; days between are past anyway."""
    for day in (oldest, oldest + dt.timedelta(days=1), now):
        for hour in hours:
            clock = dt.time.fromisoformat(hour)
            yield day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


@transaction.atomic
def tell(
    account_ids: Iterable[UUID | None], kind: NoticeKind, *, key: str, mailboxes: Iterable[UUID] = (), by: Actor
) -> int:
    """Let these people know that something is new; the same `key` again tells nobody twice. Returns how many are new.

    `mailboxes`: organisations whose common mail box hears too, if they named one: never for what only a few may know.
    Who left hears nothing, and nobody hears of what she did herself.
    """
    wanted = {one for one in account_ids if one is not None and one != by.account_id}
    here = Account.objects.filter(pk__in=wanted, deactivated_at=None).values_list("pk", flat=True)
    boxes = Preference.objects.filter(member__organization_id__in=list(mailboxes)).exclude(mailbox="")
    rows = [Notice(account_id=pk, kind=kind, key=key, at=timezone.now()) for pk in here]
    rows += [
        Notice(member_id=pk, kind=kind, key=key, at=timezone.now()) for pk in boxes.values_list("member_id", flat=True)
    ]
    known = Notice.objects.filter(key=key).values_list("account_id", "member_id")
    told = set(known)
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return sum((row.account_id, row.member_id) not in told for row in rows)


@transaction.atomic
def mark_read(*, by: Actor) -> int:
    """She saw what is new: it counts no more, and no mail needs to say so."""
    access.require_any(by, "notice.read")
    return int(access.visible(by, "notice.read").filter(read_at=None).update(read_at=timezone.now()))


@transaction.atomic
def choose_mine(account: Account, *, by: Actor, **told: Any) -> Preference:
    """She says how often she wants a mail, when none, and in which language."""
    access.require(by, "person.choose_notices", account)
    told.pop("mailbox", None)
    return _choose({"account": account}, told, by)


@transaction.atomic
def choose_ours(member: Member, *, by: Actor, **told: Any) -> Preference:
    """A member says what its people get who chose nothing, and which common mail box is told too."""
    access.require(by, "member.choose_notices", member)
    return _choose({"member": member}, told, by)


def _choose(whose: dict[str, Any], told: dict[str, Any], by: Actor) -> Preference:
    row, _new = Preference.objects.update_or_create(
        **whose, defaults={**told, "set_at": timezone.now(), "set_by": by.who}
    )
    audit.record("notices.chosen", by=by, about=row)
    return row


def choice_of(account_id: UUID) -> Choice:
    """What holds for this person: her own choice, else that of the member she acts for longest, else the town's."""
    return _choices({account_id})[account_id]


def _choices(account_ids: set[UUID]) -> dict[UUID, Choice]:
    own = {row.account_id: Choice.of(row) for row in Preference.objects.filter(account_id__in=account_ids)}
    theirs = {row.member_id: Choice.of(row) for row in Preference.objects.exclude(member=None) if row.member_id}
    today = Posting.objects.on(timezone.localdate()).filter(account_id__in=account_ids - own.keys())
    ours: dict[UUID, Choice] = {}
    for one in today.filter(member_id__in=theirs).order_by("since", "posted_at"):
        ours.setdefault(one.account_id, theirs[one.member_id])
    town = Choice.of(Preference(rhythm=settings.NOTICES["rhythm"]))
    return {one: own.get(one) or ours.get(one) or town for one in account_ids}


def _untold() -> QuerySet[Notice]:
    return Notice.objects.filter(told_at=None, read_at=None)


def collect(*, by: Actor) -> int:
    """Put one mail on its way to everybody for whom it is time now; returns to how many. Twice does no harm."""
    now = timezone.localtime()
    people = dict(_untold().exclude(account=None).order_by().values_list("account_id").annotate(Min("at")))
    boxes = dict(_untold().exclude(member=None).order_by().values_list("member_id").annotate(Min("at")))
    choices = _choices(set(people)) if people else {}
    due = [Q(account_id=pk) for pk, oldest in people.items() if choices[pk].is_time(timezone.localtime(oldest), now)]
    for row in Preference.objects.filter(member_id__in=boxes):
        if Choice.of(row).is_time(timezone.localtime(boxes[row.member_id]), now):
            due.append(Q(member_id=row.member_id))
    return sum(_send(whose, by) for whose in due)


@transaction.atomic
def _send(whose: Q, by: Actor) -> bool:
    """What waits is told by one message; a second worker finds nothing left."""
    rows = list(_untold().filter(whose).select_for_update(of=("self",)))
    if not rows:
        return False
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    about = rows[0].account or rows[0].member
    outbox.announce("notices.collected", by=by, about=about, count=len(rows))
    return True


def address_of(about_model: str, about_id: str) -> tuple[str, str] | None:
    """(address, language) for a digest; None: she left, or there is no mail box any more."""
    if about_model == Account._meta.label_lower:
        account = Account.objects.filter(pk=about_id, deactivated_at=None).first()
        return (account.email, choice_of(account.pk).language) if account else None
    today = Member.objects.on(timezone.localdate())
    row = Preference.objects.filter(member_id=about_id, member__in=today).exclude(mailbox="").first()
    return (row.mailbox, row.language) if row else None
