"""The digest over a real mail server on this machine: what leaves the house, byte by byte."""

import datetime as dt
import email
import socket
from collections.abc import Iterator
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import WORDS, Story
from tsunagari.kernel.models import Delivery
from tsunagari.kernel.outbox import deliver
from tsunagari.kernel.promises import CLOCK
from tsunagari.network.actions import notices

pytestmark = pytest.mark.django_db


class Box:
    """Keeps every mail as it came over the wire."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    """A mail server on a free port of this machine."""
    found = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield found
    finally:
        controller.stop()


def _deliver() -> None:
    for _ in range(3):
        for delivery in Delivery.objects.filter(done_at=None):
            deliver.call(str(delivery.pk))


def test_one_short_letter_for_a_whole_morning(cast: Cast, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    Delivery.objects.all().delete()  # invitations of the demo
    story = Story(cast)
    story.accepted()
    story.asked()
    _deliver()
    noon = timezone.localtime().replace(hour=12) + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    assert notices.collect(by=CLOCK) == 2
    assert notices.collect(by=CLOCK) == 0
    _deliver()
    letters = [email.message_from_bytes(one) for one in box.letters]
    assert sorted(one["To"] for one in letters) == sorted(cast.account(name).email for name in ("miki", "oshio"))
    for one in letters:
        assert str(make_header(decode_header(one["Subject"]))) == "新しいお知らせがあります"
        body = one.get_payload(decode=True).decode()  # type: ignore[union-attr]
        assert "件あります。" in body
        assert body.count("http") == 1
        assert not [word for word in (*WORDS.values(), story.receiver.name) if word in body]
