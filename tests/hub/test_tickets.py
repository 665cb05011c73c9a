"""Tickets open what they say, until when they say, and nobody else writes them."""

import pytest

from tsunagari.hub import tickets
from tsunagari.hub.tickets import Ticket

KEY, OTHER = b"k" * 32, b"o" * 32
TICKET = Ticket(("desk", "entry:1"), "s", "a", "entry.read", 1000)


def test_a_ticket_reads_as_it_was_written() -> None:
    assert tickets.read(tickets.write(TICKET, KEY), KEY, now=999) == TICKET


@pytest.mark.parametrize("now,key", [(1000, KEY), (999, OTHER)])
def test_a_ticket_that_ran_out_or_was_forged_opens_nothing(now: float, key: bytes) -> None:
    assert tickets.read(tickets.write(TICKET, key), KEY, now=now) is None


@pytest.mark.parametrize(
    "text", ["", ".", "a.b", "あ.い", tickets.write(TICKET, KEY)[:-1], "x" + tickets.write(TICKET, KEY)]
)
def test_rubbish_opens_nothing(text: str) -> None:
    assert tickets.read(text, KEY, now=1) is None


def test_a_ticket_does_not_tell_the_secret_it_is_bound_to() -> None:
    assert tickets.mark("session-key", KEY) == tickets.mark("session-key", KEY)
    assert "session-key" not in tickets.mark("session-key", KEY)
    assert tickets.mark("session-key", OTHER) != tickets.mark("session-key", KEY)


@pytest.mark.parametrize("now,body,ours", [(100, b"x", True), (161, b"x", False), (100, b"y", False), (0, b"x", False)])
def test_a_nudge_is_good_for_a_minute_and_for_its_own_words(now: float, body: bytes, ours: bool) -> None:
    assert tickets.post_is_ours(body, tickets.seal_post(b"x", KEY, now=100), KEY, now=now) is ours


def test_a_ticket_is_no_nudge() -> None:
    assert not tickets.post_is_ours(b"x", "100." + tickets.write(TICKET, KEY).split(".")[1], KEY, now=100)
