"""Periods are never written over: leaving ends one, coming back starts another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.kernel import promises
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import AuditLine
from tsunagari.network.actions import membership
from tsunagari.network.actions.leaving import NotThere, end_for_a_member, pass_on_what_ended
from tsunagari.network.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(cast: Cast) -> Member:
    """A member of a year."""
    found = cast.members["npo-hidamari"]
    found.periods.update(since=timezone.localdate() - timedelta(365))
    found.postings.update(since=timezone.localdate() - timedelta(365))
    return found


def test_leaving_ends_a_period_and_coming_back_starts_another(member: Member, cast: Cast) -> None:
    today, miki = timezone.localdate(), cast.actor("miki")
    for _ in range(2):
        membership.leave(member, on=today - timedelta(30), by=miki)
    assert member not in Member.objects.on(today)
    assert cast.actor("oshio").member_ids == frozenset()
    membership.come_back(member, since=today, by=miki)
    assert member in Member.objects.on(today)
    assert [(one.since, one.until) for one in member.periods.all()] == [
        (today, None), (today - timedelta(365), today - timedelta(30)),
    ]  # fmt: skip
    assert AuditLine.objects.filter(event="member.left").count() == 1


def test_it_cannot_come_back_on_a_day_it_was_there(member: Member, cast: Cast) -> None:
    today, miki = timezone.localdate(), cast.actor("miki")
    membership.leave(member, on=today - timedelta(30), by=miki)
    with pytest.raises(membership.AlreadyMember):
        membership.come_back(member, since=today - timedelta(30), by=miki)
    membership.come_back(member, since=today, by=miki)
    with pytest.raises(membership.AlreadyMember):
        membership.leave(member, on=today - timedelta(1), by=miki)


def test_what_was_held_in_its_name_goes_to_the_coordinator_of_the_town(member: Member, cast: Cast) -> None:
    Story(cast).sent()
    assert promises.held_by(cast.account("oshio").pk)
    membership.leave(member, on=timezone.localdate() - timedelta(1), by=cast.actor("miki"))
    assert not promises.held_by(cast.account("oshio").pk)
    assert [row for row in promises.held_by(cast.account("miki").pk) if row.held_for is None]


def test_a_last_day_ahead_leaves_everything_as_it_is_until_then(member: Member, cast: Cast) -> None:
    Story(cast).sent()
    tomorrow = timezone.localdate() + timedelta(1)
    membership.leave(member, on=tomorrow, by=cast.actor("miki"))
    end_for_a_member(member, on=tomorrow, by=cast.actor("miki"))
    pass_on_what_ended()
    assert promises.held_by(cast.account("oshio").pk)
    assert cast.actor("oshio").member_ids
    assert member.postings.get().until == tomorrow


@pytest.mark.parametrize("name", ["saeki", "oshio", "aga", "tonomura", "shirahama"])
def test_only_the_secretariat_ends_the_time_of_a_member(member: Member, cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        membership.leave(member, on=timezone.localdate(), by=cast.actor(name))
    with pytest.raises(Forbidden):
        membership.come_back(member, since=timezone.localdate(), by=cast.actor(name))


def test_a_member_says_itself_what_may_be_published_and_who_takes_what_arrives(member: Member, cast: Cast) -> None:
    oshio = cast.actor("oshio")
    membership.change(member, told={"words": "椅子があります。", "published": []}, reception=None, by=oshio)
    member.refresh_from_db()
    assert (member.words, member.published, member.reception) == ("椅子があります。", [], None)
    membership.change(member, told={}, reception=cast.account("oshio"), by=oshio)
    with pytest.raises(NotThere):
        membership.change(member, told={}, reception=cast.account("saeki"), by=oshio)
    with pytest.raises(Forbidden):
        membership.change(member, told={}, by=cast.actor("saeki"))
