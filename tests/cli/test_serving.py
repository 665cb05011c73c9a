"""The roles start, answer, and stop when they are told to."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
Start = Callable[..., "subprocess.Popen[str]"]


def _get(port: int, path: str, seconds: float = 60) -> tuple[int, str]:
    """The answer once somebody answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError:
            if time.monotonic() > end:
                raise


def _ends(process: "subprocess.Popen[str]", within: float = 30) -> int:
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert time.monotonic() - began < within
    return process.returncode


def test_up_needs_nothing_else_says_where_it_is_and_stops_when_told(start: Start, port: int) -> None:
    process = start("up", "--port", str(port), "--no-demo")
    assert process.stdout
    assert process.stdout.readline() == f"つながり http://127.0.0.1:{port}/\n"
    assert _get(port, "/accounts/login/")[0] == 200
    assert _get(port, "/sockets/health/")[0] == 204
    assert _get(port, "/static/ui/app.css")[0] == 200
    assert _get(port, "/no-such-page/")[0] == 404
    with socket.create_connection(("127.0.0.1", port)) as idle:  # somebody leaves a connection open
        idle.send(b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        idle.recv(100)
        assert _ends(process) == 0


def test_up_works_off_jobs_and_nudges_reach_the_sockets(start: Start, port: int, town: dict[str, str]) -> None:
    from websockets.sync.client import connect

    process = start("up", "--port", str(port), "--no-demo")
    assert process.stdout
    process.stdout.readline()
    script = """
import django; django.setup()
from tsunagari.kernel import access, nudge
print(nudge.ticket(access.PUBLIC, "person.read", ["desk"], session="s"), flush=True)
input()
nudge.tell("desk", url="/net/")
"""
    environment = {**town, "DJANGO_SETTINGS_MODULE": "config.settings", "HUB_URL": f"http://127.0.0.1:{port}"}
    other = subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    ticket = other.stdout.readline().strip()
    with connect(f"ws://127.0.0.1:{port}/sockets/?ticket={ticket}") as page:
        other.communicate("\n", timeout=20)
        assert '"/net/"' in str(page.recv(timeout=10))
    assert _ends(process) == 0


def test_up_on_a_taken_port_says_so(start: Start, port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        process = start("up", "--port", str(port), "--no-demo")
        words, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "--port" in words


def test_web_answers_and_stops(start: Start, run: Any, port: int) -> None:
    assert run("manage", "migrate", "--no-input").returncode == 0
    assert run("manage", "collectstatic", "--no-input").returncode == 0
    process = start("web", "--port", str(port))
    assert _get(port, "/accounts/login/")[0] == 200
    assert _ends(process) == 0


def test_workers_are_forks_of_a_process_that_has_read_everything_and_holds_no_connection(
    start: Start, run: Any, port: int
) -> None:
    run("manage", "migrate", "--no-input")
    run("manage", "collectstatic", "--no-input")
    process = start("web", "--port", str(port), "--workers", "2")
    for _ in range(8):
        assert _get(port, "/find/?q=%E7%9B%B8%E8%AB%87")[0] == 200
    opened = [os.readlink(one) for one in Path(f"/proc/{process.pid}/fd").iterdir()]
    assert "sudachipy" in Path(f"/proc/{process.pid}/maps").read_text()
    assert not [name for name in opened if "sqlite3" in name]
    assert _ends(process) == 0


def test_web_starts_before_its_tables_are_there(start: Start, port: int) -> None:
    process = start("web", "--port", str(port))
    assert _get(port, "/find/")[0] == 500
    assert _ends(process) == 0


def test_the_hub_runs_without_django_and_stops(start: Start, port: int) -> None:
    process = start("hub", "--port", str(port))
    assert _get(port, "/sockets/health/")[0] == 204
    assert _ends(process) == 0
    script = "import sys; from tsunagari.cli import serving; serving._hub(); print('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"


def _beats(data: str) -> int:
    """How many workers ever said that they live."""
    with sqlite3.connect(f"{data}/tsunagari.sqlite3") as opened:
        count: int = opened.execute("SELECT count(*) FROM kernel_workerbeat").fetchone()[0]
    opened.close()
    return count


def test_the_worker_stops_when_told(start: Start, run: Any, town: dict[str, str]) -> None:
    assert run("manage", "migrate", "--no-input").returncode == 0
    assert run("worker", "--batch").returncode == 0
    before = _beats(town["TSUNAGARI_DATA"])
    process = start("worker")
    give_up = time.monotonic() + 90
    while _beats(town["TSUNAGARI_DATA"]) == before:
        assert time.monotonic() < give_up
    assert _ends(process) == 0
