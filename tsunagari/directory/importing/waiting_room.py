"""A list that somebody is still looking at: kept on this machine for a day, between the preview and the taking-in."""

import secrets
import time
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings

from tsunagari.directory.sheets.sheet import SheetError

_KEPT_SECONDS = 24 * 3600


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep(data: bytes, *, account: UUID) -> str:
    """Put the file aside; the word that comes back finds it again, for this account only."""
    forget_old()
    word = secrets.token_urlsafe(18)
    path = _folder() / f"{account}-{word}"
    path.touch(mode=0o600)
    path.write_bytes(data)
    return word


def find(word: str, *, account: UUID) -> Path:
    """The file kept under this word by this account; `SheetError` says to choose it again when it is gone."""
    path = _folder() / f"{account}-{word}"
    if not word.replace("-", "").replace("_", "").isalnum() or not path.is_file():
        raise SheetError("gone", "時間がたったので、ファイルをもう一度選んでください。")
    return path


def batch_of(word: str, *, account: UUID) -> UUID:
    """The id of the batch that this file becomes, so that a second press finds what the first one made."""
    return uuid5(account, word)


def forget_old() -> None:
    """Delete what nobody took in within a day; another process may be doing the same."""
    for path in _folder().iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - _KEPT_SECONDS:
                path.unlink(missing_ok=True)
