"""The record of who did what and who looked: append-only, hash-chained, in the transaction of the act.

A chain alone does not show a cut tail, so its head is signed from time to time and sent off the box (`checkpoint`).
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from tsunagari.kernel.access import Actor
from tsunagari.kernel.keyfiles import byte_key
from tsunagari.kernel.models import AuditLine

ORIGIN = "0" * 64
STALE_AFTER = timedelta(days=2)
_LOCK = 0x7473756E  # "tsun": one number for the whole database, known to no other program
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_.:/@+-]{0,64}\Z")


class Unavailable(RuntimeError):
    """The line could not be written, so the confidential text stays where it is: the answer is 503."""


class Verdict(IntEnum):
    """What `verify` found; the numbers are the exit codes of `tsunagari audit verify`."""

    OK = 0
    EDITED = 2
    TRUNCATED = 3
    STALE = 4


class Finding(NamedTuple):
    """A verdict and one sentence for the person who asked."""

    verdict: Verdict
    sentence: str


def _plain(value: Any) -> Any:
    """An id, a number, a day, or a code word. Attack on ourselves: a name or a text slips into a log kept for ever."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (UUID, date)):
        return str(value)
    if isinstance(value, str) and _PLAIN_WORD.match(value) and "@" not in value:
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted((_plain(one) for one in value), key=str)
    raise ValueError("an audit line holds ids and field names only")


def plain_ids(ids: dict[str, Any]) -> dict[str, Any]:
    """The ids of a line or a message in a form JSON keeps; `ValueError` when one might be a name or a text."""
    return {name: _plain(value) for name, value in ids.items()}


def _digest(line: AuditLine) -> str:
    fields = (
        line.seq,
        line.event,
        str(line.actor_id or ""),
        line.about_model,
        line.about_id,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.ids,
        line.prev,
    )
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def record(event: str, *, by: Actor, about: Model | None = None, **ids: Any) -> AuditLine:
    """Append one line within the caller's transaction: the act and its line stand or fall together.

    Writers queue from here to their commit, so an action records late. `ids`: ids, numbers, days or code words.
    """
    plain = plain_ids(ids)
    with transaction.atomic(savepoint=False):  # a savepoint more would undo the line alone, which must never happen
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        head = AuditLine.objects.order_by("-seq").values_list("seq", "hash").first() or (0, ORIGIN)
        line = AuditLine(
            seq=head[0] + 1,
            event=event,
            actor_id=by.account_id,
            about_model=about._meta.label_lower if about is not None else "",
            about_id=str(about.pk) if about is not None else "",
            at=timezone.now(),
            ids=plain,
            prev=head[1],
        )
        line.hash = _digest(line)
        line.save(force_insert=True)
    return line


def record_reading(rule: str, *, by: Actor, about: Model | None = None, **ids: Any) -> None:
    """Write down that somebody looked at a row, or at a list, before the text leaves; `Unavailable` when that fails."""
    try:
        record(rule, by=by, about=about, reading=True, **ids)
    except DatabaseError as fault:
        raise Unavailable(rule) from fault


def lines_about(thing: Model) -> Iterable[AuditLine]:
    """Every line about one row, oldest first: what the person concerned may ask for."""
    return AuditLine.objects.filter(about_model=thing._meta.label_lower, about_id=str(thing.pk))


# --- checkpoints -------------------------------------------------------------------------------------------------


class Checkpoint(NamedTuple):
    """How long the chain was and what it ended on at a moment, signed by this installation."""

    lines: int
    head: str
    at: datetime
    signature: str

    @property
    def signed_text(self) -> bytes:
        return f"tsunagari-audit|{self.lines}|{self.head}|{self.at.astimezone(UTC).isoformat()}".encode()


def _signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(byte_key(Path(settings.KEY_DIR) / "audit_signing"))


def checkpoint(folder: Path | None = None) -> Path:
    """Sign the head of the chain and write it to ANCHOR_DIR, from where it is carried off the box."""
    last = AuditLine.objects.order_by("-seq").values_list("seq", "hash").first() or (0, ORIGIN)
    key, now = _signing_key(), timezone.now()
    draft = Checkpoint(last[0], last[1], now, "")
    content = {
        "count": draft.lines,
        "head": draft.head,
        "at": now.astimezone(UTC).isoformat(),
        "public_key": key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
        "signature": key.sign(draft.signed_text).hex(),
    }
    folder = folder or Path(settings.ANCHOR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"audit-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}.json"
    path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return path


def latest_checkpoint() -> Path | None:
    """The youngest checkpoint kept on this box, if any."""
    return max(Path(settings.ANCHOR_DIR).glob("audit-*.json"), default=None, key=lambda path: path.name)


def read_checkpoint(path: Path) -> Checkpoint | None:
    """The checkpoint in this file; None when it is broken or not signed by this installation."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        found = Checkpoint(
            int(raw["count"]), str(raw["head"]), datetime.fromisoformat(raw["at"]), str(raw["signature"])
        )
        _signing_key().public_key().verify(bytes.fromhex(found.signature), found.signed_text)
    except (OSError, ValueError, KeyError, TypeError, InvalidSignature):
        return None
    return found


def _walk(lines: Iterable[AuditLine]) -> tuple[Sequence[str], str | None]:
    """The hashes in order, and the first thing that is wrong."""
    hashes: list[str] = []
    for expected, line in enumerate(lines, start=1):
        prev = hashes[-1] if hashes else ORIGIN
        if line.seq != expected:
            return hashes, f"line {expected} is missing"
        if line.prev != prev or _digest(line) != line.hash:
            return hashes, f"line {line.seq} does not fit the one before"
        hashes.append(line.hash)
    return hashes, None


def verify(path: Path | None = None) -> Finding:
    """Walk the whole chain and hold it against a checkpoint (the latest one here when none is named)."""
    hashes, wrong = _walk(AuditLine.objects.order_by("seq").iterator(chunk_size=2000))
    if wrong:
        return Finding(Verdict.EDITED, wrong)
    path = path or latest_checkpoint()
    if path is None:
        return Finding(Verdict.STALE, f"{len(hashes)} lines fit, but no checkpoint says how many there were")
    signed = read_checkpoint(path)
    if signed is None:
        return Finding(Verdict.EDITED, f"{path.name} is broken or not signed by this installation")
    if signed.lines > len(hashes):
        return Finding(Verdict.TRUNCATED, f"{signed.lines} lines were signed, {len(hashes)} are left")
    if signed.lines and hashes[signed.lines - 1] != signed.head:
        return Finding(Verdict.EDITED, f"line {signed.lines} is not the one that was signed")
    if timezone.now() - signed.at > STALE_AFTER:
        return Finding(Verdict.STALE, f"the checkpoint is from {signed.at:%Y-%m-%d}")
    return Finding(Verdict.OK, f"{len(hashes)} lines fit, {signed.lines} of them signed")
