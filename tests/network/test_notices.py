"""Messages say that something is new, and nothing else; many of them are one mail, and none comes at night."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from tests.cast import Cast
from tsunagari.accounts.models import Account
from tsunagari.kernel import access
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import Delivery, Message
from tsunagari.kernel.outbox import deliver
from tsunagari.kernel.promises import CLOCK
from tsunagari.network import clearing
from tsunagari.network.actions import notices
from tsunagari.network.models import Notice, Posting, Preference
from tsunagari.network.terms import NoticeKind, Rhythm

pytestmark = pytest.mark.django_db
TEN = dt.datetime(2026, 11, 24, 10, 0)  # a Tuesday


class Clock:
    """The time of day moves when a test says so; what is due then is collected and mailed."""

    def __init__(self, patch: pytest.MonkeyPatch, start: dt.datetime) -> None:
        self.at = timezone.make_aware(start)
        patch.setattr(timezone, "now", lambda: self.at)

    def to(self, hour: int, minute: int = 0, *, days: int = 0) -> int:
        """Collect at this time of day; how many mails go out."""
        self.at = timezone.localtime(self.at).replace(hour=hour, minute=minute) + dt.timedelta(days=days)
        before = len(mail.outbox)
        notices.collect(by=CLOCK)
        for delivery in Delivery.objects.filter(message__event="notices.collected", done_at=None):
            deliver.call(str(delivery.pk))
        return len(mail.outbox) - before


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch, TEN)


def _chooses(cast: Cast, name: str, **told: Any) -> Preference:
    return notices.choose_mine(cast.account(name), **told, by=cast.actor(name))


def _ours(cast: Cast, name: str, member: str, **told: Any) -> Preference:
    return notices.choose_ours(cast.members[member], **told, by=cast.actor(name))


@pytest.fixture
def tell(cast: Cast) -> Callable[..., int]:
    """Something is new for somebody."""

    def told(*names: str, key: str, kind: NoticeKind = NoticeKind.ARRIVED, mailboxes: tuple[UUID, ...] = ()) -> int:
        return notices.tell((cast.account(n).pk for n in names), kind, key=key, mailboxes=mailboxes, by=CLOCK)

    return told


def test_one_event_is_told_once_to_each(cast: Cast, tell: Callable[..., int]) -> None:
    assert tell("miki", "oshio", key="a") == 2
    assert tell("miki", "oshio", key="a") == 0
    assert tell("miki", key="b") == 1
    assert Notice.objects.count() == 3


def test_many_events_of_a_quarter_of_an_hour_are_one_mail(cast: Cast, tell: Callable[..., int], clock: Clock) -> None:
    for number in range(7):
        clock.at += dt.timedelta(minutes=1)
        tell("miki", key=str(number))
        assert clock.to(10, number + 2) == 0
    assert clock.to(10, 16) == 1
    assert mail.outbox[-1].to == [cast.account("miki").email]
    assert "新しいお知らせが7件あります。" in str(mail.outbox[-1].body)
    assert clock.to(10, 50) == 0


def test_the_mail_says_how_many_and_where_and_nothing_else(
    cast: Cast, tell: Callable[..., int], clock: Clock, settings: Any
) -> None:
    tell("miki", key="a", kind=NoticeKind.ASKED)
    clock.to(10, 30)
    (message,) = mail.outbox
    lines = [one for one in str(message.body).split("\n") if one]
    assert lines == ["新しいお知らせが1件あります。", f"{settings.PUBLIC_URL}/net/", settings.TOWN["name"]]
    assert message.subject == "新しいお知らせがあります"
    (stored,) = Message.objects.filter(event="notices.collected")
    assert stored.ids == {"count": 1}


def test_nothing_comes_at_night_and_all_of_it_in_the_morning(
    cast: Cast, tell: Callable[..., int], clock: Clock
) -> None:
    clock.to(21)
    tell("miki", key="a")
    assert clock.to(23) == 0
    tell("miki", key="b")
    assert clock.to(7, 59, days=1) == 0
    assert clock.to(8) == 1
    assert "2件" in str(mail.outbox[-1].body)


@pytest.mark.parametrize(
    ("rhythm", "came", "mailed"),
    [
        (Rhythm.TWICE, (10, 5), [(16, 0)]),
        (Rhythm.TWICE, (16, 30), [(9, 0)]),
        (Rhythm.DAILY, (10, 5), [(9, 0)]),
        (Rhythm.NONE, (10, 5), []),
    ],
)
def test_everybody_is_told_at_the_hours_she_chose(
    cast: Cast, tell: Callable[..., int], clock: Clock, rhythm: Rhythm, came: Any, mailed: list[Any]
) -> None:
    _chooses(cast, "miki", rhythm=rhythm)
    clock.to(*came)
    tell("miki", key="a")
    found = []
    for hour in range(came[0] + 1, 24):
        found += [(hour, 0)] * clock.to(hour)
    for hour in range(24):
        found += [(hour, 0)] * clock.to(hour, days=int(hour == 0))
    assert found == mailed


def test_a_member_says_it_for_its_people_and_each_may_say_otherwise(cast: Cast, clock: Clock) -> None:
    _ours(cast, "oshio", "npo-hidamari", rhythm=Rhythm.DAILY, mailbox="")
    assert notices.choice_of(cast.account("oshio").pk).rhythm == Rhythm.DAILY
    assert notices.choice_of(cast.account("miki").pk).rhythm == Rhythm.AT_ONCE, "the town's own setting"
    _chooses(cast, "oshio", rhythm=Rhythm.NONE)
    assert notices.choice_of(cast.account("oshio").pk).rhythm == Rhythm.NONE
    Posting.objects.filter(account=cast.account("oshio")).delete()
    Preference.objects.filter(account__isnull=False).delete()
    assert notices.choice_of(cast.account("oshio").pk).rhythm == Rhythm.AT_ONCE


def test_the_common_mail_box_gets_the_digest_too(cast: Cast, tell: Callable[..., int], clock: Clock) -> None:
    here = cast.organization("npo-hidamari").pk
    assert tell("oshio", key="a", mailboxes=(here,)) == 1, "no mail box was named yet"
    _ours(cast, "oshio", "npo-hidamari", rhythm=Rhythm.AT_ONCE, mailbox="office@example.jp")
    assert tell("oshio", key="b", mailboxes=(here,)) == 2
    assert clock.to(10, 30) == 2
    assert {one.to[0]: "1件" in str(one.body) for one in mail.outbox} == {
        "office@example.jp": True,
        cast.account("oshio").email: False,
    }


def test_who_left_gets_nothing(cast: Cast, tell: Callable[..., int], clock: Clock) -> None:
    tell("oshio", key="a")
    Account.objects.filter(pk=cast.account("oshio").pk).update(
        deactivated_at=timezone.now(), deactivated_by=cast.account("miki").pk
    )
    assert clock.to(10, 30) == 0
    assert tell("oshio", key="b") == 0


def test_nobody_is_told_what_she_did_herself(cast: Cast) -> None:
    who = [cast.account("miki").pk, cast.account("oshio").pk, None]
    assert notices.tell(who, NoticeKind.ANSWERED, key="a", by=cast.actor("miki")) == 1


def test_what_she_saw_is_not_mailed(cast: Cast, tell: Callable[..., int], clock: Clock) -> None:
    tell("miki", "oshio", key="a")
    assert notices.mark_read(by=cast.actor("miki")) == 1
    assert notices.mark_read(by=cast.actor("miki")) == 0
    assert clock.to(10, 30) == 1
    assert mail.outbox[-1].to == [cast.account("oshio").email]


def test_the_mail_speaks_her_language(cast: Cast, tell: Callable[..., int], clock: Clock) -> None:
    _chooses(cast, "oshio", rhythm=Rhythm.AT_ONCE, language="en")
    tell("oshio", key="a")
    with override("ja"):
        clock.to(10, 30)
    assert "/en/net/" in str(mail.outbox[-1].body)


# In the order miki (secretariat), oshio, tonomura, hanako.
TABLE = {
    "notice.read": (False, True, False, False),
    "person.choose_notices": (False, True, False, False),
    "member.choose_notices": (True, True, False, False),
}


@pytest.mark.parametrize("rule", TABLE)
def test_who_may(cast: Cast, tell: Callable[..., int], rule: str) -> None:
    tell("oshio", key="a")
    things = {"notice": Notice.objects.get(), "person": cast.account("oshio"), "member": cast.members["npo-hidamari"]}
    thing = things[rule.split(".")[0]]
    found = tuple(access.may(cast.actor(name), rule, thing) for name in ("miki", "oshio", "tonomura", "hanako"))
    assert found == TABLE[rule]


def test_nobody_chooses_for_another(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        notices.choose_mine(cast.account("oshio"), rhythm=Rhythm.NONE, by=cast.actor("miki"))
    with pytest.raises(Forbidden):
        notices.choose_ours(cast.members["npo-hidamari"], rhythm=Rhythm.NONE, by=cast.actor("tonomura"))
    with pytest.raises(Forbidden):
        notices.mark_read(by=cast.actor("hanako"))


def test_old_notices_and_the_choices_of_who_left_go(cast: Cast, tell: Callable[..., int]) -> None:
    tell("miki", key="a")
    _chooses(cast, "oshio", rhythm=Rhythm.DAILY)
    today = timezone.localdate()
    assert clearing.old_notices(today, True) == 0
    Account.objects.filter(pk=cast.account("oshio").pk).update(
        deactivated_at=timezone.now(), deactivated_by=cast.account("miki").pk
    )
    assert clearing.old_notices(today + dt.timedelta(days=100), False) == 2
    assert clearing.old_notices(today + dt.timedelta(days=100), True) == 2
    assert not Preference.objects.exists()
