"""The demo town as it really runs (`tsunagari up`), and a browser to walk through it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLOCK = ROOT / "tests" / "journeys" / "clock"
AXE = (ROOT / "tests" / "ui" / "axe" / "axe.min.js").read_text()


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _own_database(address: str) -> str:
    """A database of its own beside the one of the other tests: the town is written for good, not rolled back."""
    import psycopg

    parts = urlsplit(address)
    name = f"journeys_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(parts._replace(path=f"/{name}"))


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def town_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the demo town of the journeys lives: a folder and a database of its own."""
    environment = {k: v for k, v in os.environ.items() if k not in ("KEY_DIR", "ANCHOR_DIR")}
    environment["TSUNAGARI_DATA"] = str(tmp_path_factory.mktemp("town"))
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        environment["DATABASE_URL"] = _own_database(os.environ["DATABASE_URL"])
    return environment


@pytest.fixture(scope="session")
def people(town_address: str, town_environment: dict[str, str]) -> dict[str, Any]:
    """The cast's sign-ins by role, as `tsunagari demo --json` prints them."""
    command = [sys.executable, "-m", "tsunagari", "demo", "--json"]
    done = subprocess.run(command, env=town_environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return {one["role"]: one for one in json.loads(done.stdout)["accounts"]}


@pytest.fixture(scope="session")
def town_address(town_environment: dict[str, str]) -> Iterator[str]:
    """The address of a running demo town."""
    environment, port = town_environment, _free_port()
    folder = Path(environment["TSUNAGARI_DATA"])
    command = [sys.executable, "-m", "tsunagari", "up", "--port", str(port), "--data", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if process.poll() is not None or _answers(f"{address}/readyz"):
                break
            time.sleep(0.2)  # a process of its own: there is nothing to wait on but its answer
        assert process.poll() is None, (folder / "log").read_text()[-2000:]
        assert _answers(f"{address}/find/"), (folder / "log").read_text()[-2000:]
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


class Clock:
    """The clock of a second server of the same town: it stands at the moment it was set to."""

    def __init__(self, file: Path, address: str) -> None:
        self.file, self.address = file, address

    def set(self, hour: int, minute: int) -> datetime:
        """Today at this time in Tokyo."""
        moment = datetime.now(ZoneInfo("Asia/Tokyo")).replace(hour=hour, minute=minute, second=0, microsecond=0)
        self.file.write_text(moment.isoformat())
        return moment


@pytest.fixture(scope="module")
def clock(town_address: str, town_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """`clock.set(23, 40)`: pages of `clock.address` are made at that time (see clock/sitecustomize.py)."""
    folder, port = tmp_path_factory.mktemp("clock"), _free_port()
    clock = Clock(folder / "moment", f"http://127.0.0.1:{port}")
    clock.set(12, 0)
    paths = os.pathsep.join(filter(None, (str(CLOCK), os.environ.get("PYTHONPATH", ""))))
    environment = town_environment | {"JOURNEY_CLOCK": str(clock.file), "PYTHONPATH": paths}
    command = [sys.executable, "-m", "tsunagari", "web", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        for _ in range(300):
            if process.poll() is not None or _answers(f"{clock.address}/lines/"):
                break
            time.sleep(0.2)  # a process of its own: there is nothing to wait on but its answer
        assert _answers(f"{clock.address}/lines/"), (folder / "log").read_text()[-2000:]
        yield clock
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


# Once a file, not once a run: while it is open an event loop runs here, and tests of sockets want their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Walker:
    """Somebody with a telephone: counts taps, and hears when the page complains or asks elsewhere."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address, self.taps = page, address, 0
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str) -> None:
        self.page.goto(self.address + path, wait_until="load")

    def tap(self, name: str, *, role: str = "link") -> None:
        """Tap the first thing with this name and wait for what it opens."""
        self.taps += 1
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state("load")

    def say(self, sentence: str) -> None:
        """Write one sentence and send it."""
        self.page.locator("#q").fill(sentence)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("load")
        self.page.locator("#results .card-name").first.wait_for()

    @property
    def text(self) -> str:
        return str(self.page.inner_text("main"))

    @property
    def cards(self) -> list[str]:
        return list(self.page.locator("main .card").all_inner_texts())

    @property
    def elsewhere(self) -> list[str]:
        return [url for url in self.asked if not url.startswith((self.address, "data:"))]


@pytest.fixture
def walk(browser: Any, town_address: str) -> Iterator[Any]:
    """`walk(width=…, javascript=…, at=…)` gives a Walker in a fresh browser; `at` is the address of another server."""
    with contextlib.ExitStack() as stack:

        def make(width: int = 390, *, javascript: bool = True, scheme: str = "light", at: str = "") -> Walker:
            context = browser.new_context(
                viewport={"width": width, "height": 844}, java_script_enabled=javascript, color_scheme=scheme
            )
            stack.callback(context.close)
            return Walker(context.new_page(), at or town_address)

        yield make


_AXE_RUN = """async (rules) => {
    const all = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const runOnly = rules.length ? { type: "rule", values: rules } : all;
    const { violations } = await axe.run(document, { runOnly });
    const told = (nodes) => nodes.slice(0, 3).map((n) => n.html.slice(0, 140)).join(" | ");
    return violations.map((found) => found.id + ": " + told(found.nodes));
}"""


def axe_findings(page: Any, *rules: str) -> list[str]:
    """What axe objects to; `rules` narrows it down."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(_AXE_RUN, list(rules))
    return found
