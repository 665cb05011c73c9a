"""Hanako's receipt, and a circle whose people have no account."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.directory.models import Organization
from tsunagari.referrals.actions import answering, referring, slips
from tsunagari.referrals.models import Referral, Slip
from tsunagari.referrals.terms import RoomAnswer


@dataclass
class Receipt:
    """What Hanako has in her hand, and the pages that it opens."""

    slip: Slip
    client: Client

    @property
    def code(self) -> str:
        return slips.receipt_of(self.slip.idempotency_key)

    def post(self, path: str = "page/", *, prefix: str = "", **data: Any) -> Any:
        return self.client.post(f"{prefix}/receipt/{path}", {"code": self.code, **data})

    def page(self, **more: Any) -> str:
        return str(self.post(**more).content.decode())


@pytest.fixture
def story(cast: Cast) -> Story:
    """Miki refers Hanako to Oshio, who has an account."""
    return Story(cast)


@pytest.fixture
def by_hand(cast: Cast, story: Story) -> Story:
    """Miki refers Hanako to a circle without any account."""
    story.receiver = Organization.objects.create(
        name="手芸の会（架空）", email="knitting@example.jp", uri="https://example.jp/id/knitting"
    )
    return story


@pytest.fixture
def asked_by_hand(by_hand: Story) -> Referral:
    """The circle is asked for room."""
    return by_hand.asked()


@pytest.fixture
def sent_by_hand(by_hand: Story, asked_by_hand: Referral) -> Referral:
    """It said on the phone that it has room; Hanako said yes; the slip is with it."""
    has_room = answering.Answer(answering.Said.ROOM, room=RoomAnswer.HAS_ROOM)
    answering.answer_on_paper(asked_by_hand, answer=has_room, by=by_hand.miki)
    by_hand.consent(asked_by_hand)
    return referring.send(asked_by_hand, by=by_hand.miki)
