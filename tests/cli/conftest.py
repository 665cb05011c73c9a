"""Runs the command as a person does: in a process of its own, in a data folder of its own."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(data: Path) -> dict[str, str]:
    """Nothing of the tests' own surroundings but what a person would have."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTEST"))}
    for name in ("DATABASE_URL", "CACHE_URL", "KEY_DIR", "ANCHOR_DIR", "PUBLIC_URL", "HUB_URL"):
        kept.pop(name, None)
    return {**kept, "TSUNAGARI_DATA": str(data), "STATIC_ROOT": str(data / "static")}


@pytest.fixture
def town(tmp_path: Path) -> dict[str, str]:
    """The environment of an empty town on SQLite."""
    return environment(tmp_path / "data")


@pytest.fixture
def run(town: dict[str, str]) -> Run:
    """Run `tsunagari …` in that town."""

    def command(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tsunagari", *words],
            env={**town, **more},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return command


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture
def start(town: dict[str, str]) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a role that goes on; whatever is still there at the end is stopped."""
    running: list[subprocess.Popen[str]] = []

    def role(*words: str, **more: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tsunagari", *words]
        running.append(
            subprocess.Popen(command, env={**town, **more}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        )
        return running[-1]

    yield role
    for one in running:
        one.terminate()  # killed outright, it would leave its workers behind, and they hold the pipe we read
        with contextlib.suppress(subprocess.TimeoutExpired):
            one.communicate(timeout=15)
        one.kill()
        one.communicate()
