"""A slip of Hanako's, begun at the town, and the places it may go to."""

import secrets
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.referrals.proofs.clock import Clock, set_clock
from tests.referrals.story import EVERYTHING, PLAIN, WORDS
from tsunagari.directory.models import Organization
from tsunagari.referrals.actions import consents, referring, slips
from tsunagari.referrals.models import Referral, Slip
from tsunagari.referrals.terms import AskedHow, RoomAnswer


@pytest.fixture
def slip(cast: Cast) -> Slip:
    """Begun by Miki at the counter of the town."""
    return slips.begin(
        cast.organization("city-welfare"),
        plain=PLAIN,
        texts=WORDS,
        key=secrets.token_urlsafe(12),
        by=cast.actor("miki"),
    )


@pytest.fixture
def receiver(cast: Cast) -> Organization:
    """A member with people who sign in."""
    return cast.organization("npo-hidamari")


@pytest.fixture
def circle(cast: Cast) -> Organization:
    """A circle without any account."""
    return Organization.objects.create(name="編み物の会（架空）", uri="https://example.jp/id/knitting")


def consent(cast: Cast, slip: Slip, recipient: Organization, **answers: bool) -> None:
    """Hanako says yes to everything for this recipient."""
    until = localdate() + timedelta(days=180)
    by = cast.actor("miki")
    consents.ask(slip, recipient, answers=EVERYTHING, until=until, how=AskedHow.ALOUD, by=by)


@pytest.fixture
def asked(cast: Cast, slip: Slip, receiver: Organization) -> Referral:
    """Room was asked at the member."""
    referral = referring.draft(slip, receiver, by=cast.actor("miki"))
    return referring.ask_room(referral, by=cast.actor("miki"))


@pytest.fixture
def sent(cast: Cast, slip: Slip, receiver: Organization, asked: Referral) -> Referral:
    """The member has room, Hanako said yes, the slip is with the member."""
    referring.answer_room(asked, room=RoomAnswer.HAS_ROOM, by=cast.actor("oshio"))
    consent(cast, slip, receiver)
    return referring.send(asked, by=cast.actor("miki"))


@pytest.fixture
def accepted(cast: Cast, sent: Referral) -> Referral:
    """Oshio took it up."""
    return referring.accept(sent, by=cast.actor("oshio"))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock of this test's own."""
    with set_clock() as found:
        yield found
