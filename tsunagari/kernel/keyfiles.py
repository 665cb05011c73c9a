"""Keys live in files beside the data, never in the database, its backup or the environment dump."""

import os
import secrets
from pathlib import Path


def byte_key(path: Path, length: int = 32) -> bytes:
    """The key kept in `path`, made on first use (mode 0600). Two processes starting at once agree on one key."""
    try:
        return bytes.fromhex(path.read_text("ascii"))
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(length))
    try:
        os.link(draft, path)  # fails when another process was first: then its key is the key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return bytes.fromhex(path.read_text("ascii"))


def text_key(path: Path) -> str:
    """The same key as text, for settings that want a string."""
    return byte_key(path, 48).hex()
