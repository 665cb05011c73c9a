"""Towns of a size on a database, made once per folder; and what they are measured against."""

import contextlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import ROOT, Server, serving

BIN = Path(sys.executable).parent
DATASETTE = ROOT / ".bench-venv" / "bin" / "datasette"


@dataclass(slots=True)
class Town:
    """`environment` points every command at this town's database; `taken` and `cpu`: the seconds
    of the import, by the clock and of CPU time."""

    size: int
    database: str
    folder: Path
    environment: dict[str, str]
    taken: float = 0.0
    cpu: float = 0.0
    package: Path = field(default_factory=Path)


def python(code: str, environment: dict[str, str]) -> str:
    """Run a few lines inside a town and return what they print."""
    start = "from tsunagari.cli import django_ready; django_ready()\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code], cwd=ROOT, env={**os.environ, **environment}, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout


def ours(*words: str, environment: dict[str, str]) -> None:
    subprocess.run(
        [str(BIN / "tsunagari"), *words], cwd=ROOT, env={**os.environ, **environment}, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _children() -> float:
    """CPU seconds of the commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def package(size: int, folder: Path) -> Path:
    path = folder / f"town{size}.zip"
    if not path.exists():
        subprocess.run([sys.executable, "bench/town.py", str(size), str(path)], cwd=ROOT, check=True,
                       env={**os.environ, "TSUNAGARI_DATA": str(folder / "keys")})  # fmt: skip
    return path


def empty(environment: dict[str, str]) -> None:
    """Tables and the words every town starts with."""
    ours("manage", "migrate", "--verbosity=0", environment=environment)
    python("from tsunagari.directory.actions.seeding import seed; seed()", environment)


def build(size: int, database: str, folder: Path, url: str = "") -> Town:
    """Import a town of this size, unless this folder holds it from before (SQLite only)."""
    here = folder / f"{database}{size}"
    here.mkdir(parents=True, exist_ok=True)
    environment = {"TSUNAGARI_DATA": str(here), **({"DATABASE_URL": url} if url else {})}
    town = Town(size, database, here, environment, package=package(size, folder))
    mark = here / "ready.json"
    if mark.exists() and not url:
        kept = json.loads(mark.read_text())
        town.taken, town.cpu = kept["seconds"], kept.get("cpu", 0.0)
        return town
    empty(environment)
    start, before = time.perf_counter(), _children()
    ours("import", "hsds", str(town.package), environment=environment)
    town.taken, town.cpu = time.perf_counter() - start, _children() - before
    ours("manage", "collectstatic", "--noinput", "--verbosity=0", environment=environment)
    mark.write_text(json.dumps({"seconds": town.taken, "cpu": town.cpu}))
    return town


def sibling(town: Town, size: int) -> Town:
    """A town of another size beside this one; on PostgreSQL in a database of its own."""
    url = town.environment.get("DATABASE_URL", "")
    if url:
        import psycopg

        server, _, _ = url.rpartition("/")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE town{size}")
        url = f"{server}/town{size}"
    return build(size, town.database, town.folder.parent, url)


def web(
    town: Town, *, workers: int = 1, settings: str = "config.settings"
) -> contextlib.AbstractContextManager[Server]:
    """Our server over a town; with other settings, the page that says hello on the same server."""
    return web_from("/find/" if settings == "config.settings" else "/", town, workers=workers, settings=settings)


def web_from(
    first: str, town: Town, *, workers: int = 1, settings: str = "config.settings"
) -> contextlib.AbstractContextManager[Server]:
    """The same, ready when the page `first` answers."""

    def command(port: int) -> list[str]:
        return [str(BIN / "tsunagari"), "web", "--port", str(port), "--workers", str(workers)]

    environment = {**town.environment, "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(ROOT)}
    return serving(f"{settings} on {town.database}", command, first, **environment)


def bare(workers: int) -> contextlib.AbstractContextManager[Server]:
    """Django with nothing in it, started by the server's own command."""

    def command(port: int) -> list[str]:
        return [str(BIN / "granian"), "--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "4",
                "--port", str(port), "--factory", "django.core.wsgi:get_wsgi_application"]  # fmt: skip

    return serving("bare", command, "/", DJANGO_SETTINGS_MODULE="bench.bare_settings", PYTHONPATH=str(ROOT))


def datasette(file: Path) -> contextlib.AbstractContextManager[Server]:
    """Datasette at its quickest: immutable file, no facets guessed."""

    def command(port: int) -> list[str]:
        return [str(DATASETTE), "-i", str(file), "-p", str(port), "--setting", "suggest_facets", "off"]

    return serving("datasette", command, "/-/versions.json")


def groonga(file: Path) -> contextlib.AbstractContextManager[Server]:
    def command(port: int) -> list[str]:
        return ["groonga", "--protocol", "http", "-s", "-t", "1", "--bind-address", "127.0.0.1", "-p", str(port),
                "--log-level", "none", str(file)]  # fmt: skip

    return serving("groonga", command, "/d/status")


@contextlib.contextmanager
def databases(names: list[str], folder: Path) -> Iterator[dict[str, str]]:
    """The address of each database; PostgreSQL is started for this run only."""
    if "postgres" not in names:
        yield dict.fromkeys(names, "")
        return
    from tests.servers import postgres

    place = folder / f"pg{os.getpid()}"
    place.mkdir(parents=True)
    with postgres(place) as url:
        yield {name: url if name == "postgres" else "" for name in names}
