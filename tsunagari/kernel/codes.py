"""Codes that people keep on paper and type back: made from a key and ours, so that a table alone opens nothing."""

import base64
import hashlib
import hmac

from django.conf import settings

_READ = 64  # letters of what was typed; a code is shorter


def code(purpose: str, key: str, letters: int = 16) -> str:
    """A word that only this installation can make of `key`, the same each time: a form sent twice gives one code.

    `letters`: 5 bits each, at most 48, in groups of four with dashes. `purpose` keeps codes of different kinds apart.
    """
    said = f"{purpose}|{key}".encode("utf-8", "replace")
    word = base64.b32encode(hmac.digest(settings.SECRET_KEY.encode(), said, hashlib.sha256)).decode().lower()
    return "-".join(word[i : i + 4] for i in range(0, letters, 4))


def code_hash(typed: str) -> str:
    """What a table keeps of a code; spaces, dashes and case do not matter."""
    plain = "".join(c for c in typed[:_READ].lower() if c.isascii() and c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
