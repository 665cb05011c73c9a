"""A town in real processes, in a folder of its own: started, killed with -9, started again; and people who ask it."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
_CSRF = "p" * 32
_MAKE = """
import django, json; django.setup()
from tests import cast
made = cast.make()
print(json.dumps({
    "sessions": {name: made.client(name).cookies["sessionid"].value for name in ("miki", "yumesaki", "oshio")},
    "places": {name: str(one.organization_id) for name, one in made.members.items()},
}))
"""


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@dataclass
class LiveTown:
    """`environment` says where it lies; roles are started and killed by name."""

    environment: dict[str, str]
    port: int = field(default_factory=_free_port)
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """`tsunagari …` in this town, to its end."""
        line = [sys.executable, "-m", "tsunagari", *words]
        return subprocess.run(line, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    def script(self, text: str) -> str:
        """A piece of Python inside this town."""
        line = [sys.executable, "-W", "ignore", "-c", text]
        done = subprocess.run(line, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def prepare(self) -> None:
        """Tables, static files, the cast with its sessions, a first checkpoint."""
        for words in (("manage", "migrate", "--no-input"), ("manage", "collectstatic", "--no-input")):
            done = self.command(*words)
            assert done.returncode == 0, done.stderr[-3000:]
        made = json.loads(self.script(_MAKE).splitlines()[-1])
        self.sessions, self.places = made["sessions"], made["places"]
        assert self.command("audit", "checkpoint").returncode == 0

    def start(self, role: str) -> None:
        """Web or worker, with a log of its own; started anew it goes on where it was."""
        words = ["web", "--port", str(self.port), "--workers", "2"] if role == "web" else [role]
        log = open(Path(self.environment["TSUNAGARI_DATA"]) / f"{role}.log", "ab")  # noqa: SIM115
        self.running[role] = subprocess.Popen(
            [sys.executable, "-m", "tsunagari", *words], cwd=ROOT, env=self.environment, stdout=log,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        log.close()

    def ensure(self, role: str) -> None:
        if role not in self.running or self.running[role].poll() is not None:
            self.start(role)

    def kill(self, role: str) -> None:
        """The whole role, without a word of warning."""
        process = self.running.pop(role)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_one_child(self, role: str) -> bool:
        """One process that answers pages; its parent starts another."""
        children = [
            int(pid)
            for task in Path(f"/proc/{self.running[role].pid}/task").glob("*/children")
            for pid in task.read_text().split()
        ]
        with contextlib.suppress(ProcessLookupError):
            for pid in children[:1]:
                os.kill(pid, signal.SIGKILL)
        return bool(children)

    def stop(self) -> None:
        for role in list(self.running):
            self.kill(role)

    def wait(self, seconds: float = 180) -> None:
        """Until pages are answered."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Browser(self, "miki").get("/net/")[0] == 200:
                    return
            time.sleep(0.1)
        log = Path(self.environment["TSUNAGARI_DATA"]) / "web.log"
        raise AssertionError(log.read_text("utf-8")[-3000:])


@dataclass
class Browser:
    """Somebody who is signed in, on one connection; a broken line is hers to try again."""

    town: LiveTown
    name: str
    timeout: float = 30

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.town.port, timeout=self.timeout)
        cookies = f"sessionid={self.town.sessions[self.name]}; csrftoken={_CSRF}"
        headers = {"Cookie": cookies, "X-CSRFToken": _CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode("utf-8", "replace")
        finally:
            line.close()

    def get(self, path: str) -> tuple[int, str, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, values: Mapping[str, Any]) -> tuple[int, str, str]:
        return self._ask("POST", path, urllib.parse.urlencode(values))

    def post_until_answered(self, path: str, values: Mapping[str, Any], seconds: float = 240) -> tuple[int, str, str]:
        """As people do: no answer, or one that says "try later", and the same form is sent again."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                answer = self.post(path, values)
                if answer[0] < 500:
                    return answer
            assert time.monotonic() < end, path
            time.sleep(0.05)


@contextlib.contextmanager
def live_town(folder: Path, database_url: str = "") -> Iterator[LiveTown]:
    """An empty town with the cast; on SQLite in the folder unless a database is named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTEST"))}
    for name in ("DATABASE_URL", "CACHE_URL", "KEY_DIR", "ANCHOR_DIR", "PUBLIC_URL", "HUB_URL"):
        kept.pop(name, None)
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    more = {
        "TSUNAGARI_DATA": str(data), "STATIC_ROOT": str(folder / "static"), "TMPDIR": str(temporary),
        "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "INFO", "DATABASE_POOL": "8",
    }  # fmt: skip
    town = LiveTown({**kept, **more, **({"DATABASE_URL": database_url} if database_url else {})})
    try:
        town.prepare()
        yield town
    finally:
        town.stop()
