"""Runs the suite on the databases named: `python tests/servers.py sqlite postgres -- <pytest arguments>`.

PostgreSQL and Redis are started fresh in a temporary folder, on free ports of this machine, and stopped at the end.
"""

import contextlib
import glob
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if _answers(port):
            return
        if process.poll() is not None:
            raise SystemExit(f"a test server stopped at once: {process.args!r}")
        time.sleep(0.05)
    raise SystemExit(f"a test server did not answer on port {port}")


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A throw-away PostgreSQL: durable writes off, since the folder is deleted anyway."""
    binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    # PostgreSQL refuses to run as root: Debian's own account runs it then.
    account = "postgres" if os.geteuid() == 0 else None
    data, port = folder / "postgres", free_port()
    if account:
        uid, gid = pwd.getpwnam(account)[2:4]
        os.chmod(folder, 0o755)
        data.mkdir()
        os.chown(data, uid, gid)
    words = "-U postgres -A trust -E UTF8 --locale=C.UTF-8 -N"
    init = [f"{binaries}/initdb", "-D", str(data), *words.split()]
    subprocess.run(init, check=True, stdout=subprocess.DEVNULL, user=account, cwd="/")
    options = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
    start = [
        f"{binaries}/postgres",
        "-D",
        str(data),
        "-p",
        str(port),
        "-k",
        str(data),
        "-h",
        "127.0.0.1",
        *options.split(),
    ]
    server = subprocess.Popen(start, user=account, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, server)
        # Not a superuser: those pass by row-level security, and the suite would not see what it keeps.
        create = ["psql", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-d", "postgres"]
        create += ["-c", "CREATE ROLE town LOGIN CREATEDB", "-c", "CREATE DATABASE town OWNER town"]
        for _ in range(100):  # the port answers a moment before the server accepts
            if subprocess.run(create, stderr=subprocess.DEVNULL).returncode == 0:
                break
            time.sleep(0.1)
        yield f"postgres://town@127.0.0.1:{port}/town"
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen(
        [shutil.which("redis-server") or "valkey-server", "--port", str(port), "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def run(database: str, arguments: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """One pass of pytest; its output is shown as it comes, its closing line is kept."""
    print(f"\n=== {database} ===", flush=True)
    workers = os.environ.get("TEST_WORKERS", str(os.cpu_count() or 2))
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "loadfile", *arguments]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    last = ""
    assert process.stdout
    for line in process.stdout:
        print(line, end="", flush=True)
        if re.search(r"\d+ (passed|failed|error)", line):
            last = line.strip()
    return process.wait(), last


def main() -> int:
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    databases, arguments = words[:cut], words[cut + 1 :]
    results = []
    with tempfile.TemporaryDirectory(prefix="tsunagari-test-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        environment = {"TSUNAGARI_DATA": str(folder / "data")}
        if shutil.which("redis-server") or shutil.which("valkey-server"):
            environment["TEST_REDIS_URL"] = stack.enter_context(redis(folder))
        if glob.glob("/usr/lib/postgresql/*/bin"):
            environment["TEST_POSTGRES_URL"] = stack.enter_context(postgres(folder))
        for database in databases:
            here = (
                {**environment, "DATABASE_URL": environment["TEST_POSTGRES_URL"]}
                if database == "postgres"
                else environment
            )
            # PostgreSQL does not drop a database that a late thread still holds; this one goes with its folder anyway.
            kept = ["--reuse-db"] if database == "postgres" else []
            results.append((database, *run(database, [*kept, *arguments], here)))
    print()
    for database, code, line in results:
        print(f"{database}: {line or 'no test ran'} (exit {code})")
    return max(code for _, code, _ in results)


if __name__ == "__main__":
    sys.exit(main())
