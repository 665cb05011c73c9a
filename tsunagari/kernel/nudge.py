"""Nudges: "look again at this address", to open pages. The only sender; a socket never carries what it is about."""

import json
import logging
import time
from collections.abc import Iterable
from functools import lru_cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from tsunagari.hub import tickets
from tsunagari.hub.app import CHANNEL
from tsunagari.hub.tickets import Ticket
from tsunagari.kernel import access
from tsunagari.kernel.access import Actor
from tsunagari.kernel.keyfiles import byte_key

logger = logging.getLogger(__name__)

TICKET_SECONDS = 15 * 60
_PATIENCE = 0.5


def hub_key() -> bytes:
    """The key that pages and hub share; both read it from KEY_DIR."""
    return byte_key(Path(settings.KEY_DIR) / "hub")


def ticket(actor: Actor, rule: str, topics: Iterable[str], *, session: str = "") -> str:
    """A short-lived ticket for a page that was shown under `rule`: it may listen to these topics.

    The hub knows the session by a hash only: a ticket that leaks opens no session.
    """
    access.rule_named(rule)
    account = str(actor.account_id or "")
    until = int(time.time()) + TICKET_SECONDS
    return tickets.write(Ticket(tuple(topics), session_mark(session), account, rule, until), hub_key())


def session_mark(session_key: str) -> str:
    """What the hub calls a session."""
    return tickets.mark(session_key, hub_key()) if session_key else ""


def tell(*topics: str, url: str) -> None:
    """After commit, ask every page that listens to one of the topics to look again at `url`."""
    _after_commit({"topics": list(topics), "url": url})


def close_account(account_id: object) -> None:
    """After commit, close every socket of a person: she left, or what she may see changed."""
    _after_commit({"close": [f"account:{account_id}"]})


def close_session(session_key: str) -> None:
    """After commit, close the sockets of one sign-in."""
    _after_commit({"close": [f"session:{session_mark(session_key)}"]})


def _after_commit(order: dict[str, Any]) -> None:
    transaction.on_commit(lambda: _send(json.dumps(order).encode()))


def _send(body: bytes) -> None:
    """Best effort: a page that misses a nudge polls; a hub that is down must not break the act."""
    try:
        if settings.CACHE_SERVER.startswith(("redis://", "rediss://", "unix://")):
            _publish(settings.CACHE_SERVER, body)
        elif settings.HUB_URL:
            _post(settings.HUB_URL, body)
    except (OSError, HTTPException) as fault:
        logger.info("no hub for a nudge: %s", type(fault))


def _publish(url: str, body: bytes) -> None:
    from redis.exceptions import RedisError

    try:
        _redis(url).publish(CHANNEL, body)
    except RedisError as fault:
        raise OSError("redis") from fault


@lru_cache(maxsize=2)
def _redis(url: str) -> Any:
    from redis import Redis

    return Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)


def _post(base: str, body: bytes) -> None:
    where = urlsplit(base)
    connection = HTTPConnection(where.hostname or "127.0.0.1", where.port, timeout=_PATIENCE)
    try:
        headers = {"X-Tsunagari-Signature": tickets.seal_post(body, hub_key())}
        connection.request("POST", "/sockets/nudges/", body, headers)
        connection.getresponse().read()
    finally:
        connection.close()
