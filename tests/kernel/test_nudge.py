"""Nudges go out after the act is safe, say nothing but where to look, and never break the act."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from tsunagari.hub import tickets
from tsunagari.kernel import nudge
from tsunagari.kernel.access import Actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was sent."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(nudge, "_send", lambda body: sent.append(json.loads(body)))
    return sent


def test_a_nudge_leaves_after_commit_and_not_if_the_act_was_undone(told: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        nudge.tell("desk", url="/desk/")
        assert told == []
    assert told == [{"topics": ["desk"], "url": "/desk/"}]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        nudge.tell("desk", url="/desk/")
        raise ZeroDivisionError
    assert len(told) == 1


def test_closing_names_sessions_by_a_mark_only(told: list[dict[str, Any]]) -> None:
    nudge.close_session("the-session-key")
    nudge.close_account("a")
    assert told[1] == {"close": ["account:a"]}
    assert "the-session-key" not in str(told)


def test_a_ticket_names_a_rule_that_is_written() -> None:
    account = uuid4()
    text = nudge.ticket(Actor(account_id=account), "person.read", ["desk"], session="s")
    ticket = tickets.read(text, nudge.hub_key())
    assert ticket
    assert (ticket.topics, ticket.account, ticket.rule) == (("desk",), str(account), "person.read")
    assert ticket.session == nudge.session_mark("s") != "s"
    with pytest.raises(KeyError):
        nudge.ticket(Actor(), "person.raed", ["desk"])


@pytest.mark.parametrize("cache,hub", [("", ""), ("", "http://127.0.0.1:9"), ("redis://127.0.0.1:9/0", "")])
def test_a_hub_that_is_down_breaks_nothing(settings: Any, cache: str, hub: str) -> None:
    settings.CACHE_SERVER, settings.HUB_URL = cache, hub
    nudge.tell("desk", url="/desk/")
