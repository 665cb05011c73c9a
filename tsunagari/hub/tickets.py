"""Tickets for sockets and signatures for nudges: what the pages and the hub agree on. No Django here."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which topics a page may listen to, for which session of which account, until when (Unix seconds)."""

    topics: tuple[str, ...]
    session: str
    account: str
    rule: str
    until: int


def _sign(key: bytes, purpose: str, body: bytes) -> str:
    return hmac.new(key, purpose.encode() + b"|" + body, hashlib.sha256).hexdigest()


def write(ticket: Ticket, key: bytes) -> str:
    """The ticket as the page hands it out: url-safe text, signed."""
    fields = [list(ticket.topics), ticket.session, ticket.account, ticket.rule, ticket.until]
    body = base64.urlsafe_b64encode(json.dumps(fields, separators=(",", ":")).encode()).rstrip(b"=")
    return f"{body.decode()}.{_sign(key, 'ticket', body)}"


def read(text: str, key: bytes, now: float | None = None) -> Ticket | None:
    """The ticket, when it is ours and has not run out; None otherwise."""
    body, _, signature = text.partition(".")
    raw = body.encode("ascii", "replace")
    if not hmac.compare_digest(signature.encode(), _sign(key, "ticket", raw).encode()):
        return None
    topics, session, account, rule, until = json.loads(base64.urlsafe_b64decode(raw + b"=" * (-len(raw) % 4)))
    if until <= (time.time() if now is None else now):
        return None
    return Ticket(tuple(topics), session, account, rule, until)


def seal_post(body: bytes, key: bytes, now: float | None = None) -> str:
    """The signature under a nudge sent over loopback: a time and an HMAC."""
    at = str(int(time.time() if now is None else now))
    return f"{at}.{_sign(key, 'nudge|' + at, body)}"


def post_is_ours(body: bytes, signature: str, key: bytes, now: float | None = None) -> bool:
    """Attack: somebody who reaches the hub's port closes people's sockets. Signed, and good for one minute."""
    at, _, mark = signature.partition(".")
    if not at.isdigit() or abs(int(at) - (time.time() if now is None else now)) > 60:
        return False
    return hmac.compare_digest(mark.encode(), _sign(key, "nudge|" + at, body).encode())


def mark(secret: str, key: bytes) -> str:
    """A name for a secret that opens nothing: the same for the same secret, and only with our key."""
    return _sign(key, "mark", secret.encode())[:32]
