"""Servers of this machine, load on them, and what it cost: requests a second and CPU time per request."""

import contextlib
import json
import os
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Run:
    """One round on one side."""

    per_second: float
    cpu_ms: float
    bytes_each: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and the paths it is asked for."""

    name: str
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        return sum(_cpu(pid) for pid in family(self.pid))

    def memory_mb(self) -> dict[str, float]:
        """Of the whole family. In `pss` a page that two processes share counts once; `own` is the part of it that is
        in no file: the rest are pages of files, which the kernel may take back at any time."""
        found = [_memory(pid) for pid in family(self.pid)]
        names = {"rss": "Rss", "pss": "Pss", "own": "Pss_Anon"}
        return {name: sum(one[field] for one in found) / 1024 for name, field in names.items()}

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=120) as answer:
            return str(answer.read().decode("utf-8"))


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                found += family(int(child))
    return found


def _cpu(pid: int) -> float:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0


def _memory(pid: int) -> dict[str, int]:
    kilobytes = {"Rss": 0, "Pss": 0, "Pss_Anon": 0}
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in kilobytes:
                kilobytes[name] = int(rest.split()[0])
    return kilobytes


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextlib.contextmanager
def serving(name: str, command: Callable[[int], list[str]], first: str, **environment: str) -> Iterator[Server]:
    """Start a server on a free port and wait until `first` answers."""
    port = free_port()
    process = subprocess.Popen(
        command(port), cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    server = Server(name, port, process.pid)
    try:
        wait(server, first, process)
        yield server
    finally:
        process.terminate()
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def wait(server: Server, first: str, process: "subprocess.Popen[bytes]") -> float:
    """Seconds until the first 200."""
    start = time.perf_counter()
    while time.perf_counter() - start < 120:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            server.get(first)
            return time.perf_counter() - start
        if process.poll() is not None:
            assert process.stderr
            raise SystemExit(f"{server.name} stopped: {process.stderr.read().decode()[-2000:]}")
        time.sleep(0.01)
    raise SystemExit(f"{server.name} did not answer")


def run(server: Server, paths: Sequence[str], seconds: float, connections: int = 8) -> Run:
    """One round of wrk. Any answer that is not 2xx ends the benchmark."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        before = server.cpu_seconds()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s"]
        command += ["-s", str(HERE / "queries.lua"), f"http://127.0.0.1:{server.port}", "--", file.name]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        spent = server.cpu_seconds() - before
    found = json.loads(text.partition("RESULT ")[2])
    if found["bad"] or found["broken"] or not found["requests"]:
        raise SystemExit(f"{server.name}: answers that do not count: {found}")
    asked = found["requests"]
    return Run(
        asked / found["us"] * 1e6, spent / asked * 1000, found["bytes"] / asked, found["p50"] / 1e3, found["p99"] / 1e3
    )


def compare(
    ours: tuple[Server, Sequence[str]], other: tuple[Server, Sequence[str]], rounds: int, seconds: float
) -> dict[str, object]:
    """Both in turn; how many times faster ours is (above 1: faster), by the clock and by CPU time."""
    for server, paths in (ours, other):
        for path in paths[:40]:
            server.get(path)
    pairs = [(run(*ours, seconds), run(*other, seconds)) for _ in range(rounds)]
    return {
        **ratios([(a.per_second, b.per_second) for a, b in pairs], [(b.cpu_ms, a.cpu_ms) for a, b in pairs]),
        "ours": _side([a for a, _ in pairs]),
        "other": _side([b for _, b in pairs]),
    }


def ratios(clock: Sequence[tuple[float, float]], cpu: Sequence[tuple[float, float]]) -> dict[str, float]:
    """The median of the rounds' ratios, not the ratio of medians: a noisy round stays one round."""
    return {
        "ratio": round(statistics.median(a / b for a, b in clock), 3),
        "cpu_ratio": round(statistics.median(a / b for a, b in cpu if b), 3),
    }


def _side(runs: Sequence[Run]) -> dict[str, float]:
    return {
        "per_second": round(statistics.median(r.per_second for r in runs), 1),
        "cpu_ms": round(statistics.median(r.cpu_ms for r in runs), 3),
        "kb": round(statistics.median(r.bytes_each for r in runs) / 1024, 1),
        "p50_ms": round(statistics.median(r.p50_ms for r in runs), 2),
        "p99_ms": round(statistics.median(r.p99_ms for r in runs), 2),
    }
