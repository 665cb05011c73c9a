"""The roles: pages, sockets, jobs, and `up`, which is all three in one process."""

import argparse
import ctypes
import gc
import hashlib
import io
import mmap
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode
from urllib.request import urlopen

from tsunagari.cli import UNUSABLE, django_ready

_GRACE = 3
_THREADS = 4  # for each worker; with eight a search took as long or longer, and 9 MB more
_QUIET: dict[str, Any] = {"log_level": "error", "access_log": False, "timeout_graceful_shutdown": _GRACE}


def _key_folder() -> Path:
    """KEY_DIR as the settings have it, without Django: the hub starts in a tenth of a second."""
    base = Path(__file__).resolve().parents[2]
    data = Path(os.environ.get("TSUNAGARI_DATA") or base / "data")
    return Path(os.environ.get("KEY_DIR") or data / "keys")


def _hub() -> Any:
    from tsunagari.hub.app import Hub
    from tsunagari.kernel.keyfiles import byte_key

    cache = os.environ.get("CACHE_URL", "")
    redis = cache if cache.startswith(("redis://", "rediss://", "unix://")) else ""
    return Hub(byte_key(_key_folder() / "hub"), redis)


def _server(config: Any, when_ready: Callable[[], None] = lambda: None) -> Any:
    """uvicorn, but a TERM ends it and nothing more: it would raise the signal again, past our own tidying up."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets)
            when_ready()

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self.handle_exit)
            yield

    return Server(config)


def hub(options: argparse.Namespace) -> int:
    """Sockets only."""
    import uvicorn

    _server(uvicorn.Config(_hub(), host=options.host, port=options.port, **_QUIET)).run()
    return 0


def _visit(application: Any, path: str, query: str = "") -> None:
    """Ask for a page as a visitor would, without a socket."""
    from django.conf import settings

    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    asked = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": "GET", "HTTP_HOST": host}
    asked |= {"SERVER_NAME": host, "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http"}
    answer = application({**asked, "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}, lambda *_: None)
    for _ in answer:
        pass
    answer.close()


def _warm() -> None:
    """Read the pages, the index and the dictionary once, here: the workers are forks of this process and share them
    (decision 0011). No connection and no thread of ours may be open when they are made."""
    gc.disable()  # all that is made here stays
    from django.conf import settings
    from django.db import DatabaseError, connections
    from django.utils.module_loading import import_string

    from config.wsgi import application

    with suppress(DatabaseError):  # no database, or no tables yet: workers say so, page by page
        if prepare := getattr(settings, "BEFORE_FORK", ""):
            import_string(prepare)()
        for path in ("/", "/find/"):
            _visit(application, path)
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    gc.freeze()
    gc.enable()
    _let_go_of_files()


def _let_go_of_files() -> None:
    """Loading read 75 MB of the dictionary that no question will ask for: the kernel may have those pages back. What
    is needed again is mapped again; nothing was written there."""
    libc = ctypes.CDLL(None, use_errno=True)
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, mode, *rest = line.split()
        if mode[1] == "-" and rest[-1].endswith((".dic", ".npy")):
            start, end = (int(at, 16) for at in span.split("-"))
            libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), mmap.MADV_DONTNEED)


def web(options: argparse.Namespace) -> int:
    """Pages only, by granian over WSGI."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
        _warm()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=_GRACE,
        respawn_failed_workers=True,
    ).serve()
    return 0


def worker(options: argparse.Namespace) -> int:
    """Jobs only, until TERM."""
    django_ready()
    from tsunagari.kernel.worker import TownWorker

    town_worker = TownWorker(batch=options.batch)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: town_worker.stop())
    town_worker.run()
    return 0


def _stale(root: Path, stamp: str) -> bool:
    mark = root / ".stamp"
    return not mark.exists() or mark.read_text() != stamp


def _collect_static() -> None:
    """Copy and compress the static files when any of them changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            seen.update(f"{name}|{os.stat(storage.path(name)).st_mtime_ns}\n".encode())
    root = Path(settings.STATIC_ROOT)
    if _stale(root, seen.hexdigest()):
        call_command("collectstatic", interactive=False, verbosity=0)
        (root / ".stamp").write_text(seen.hexdigest())


def _prepare(*, demo: bool) -> None:
    """Tables, static files, the demo town, a first checkpoint: safe to run at every start."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    _collect_static()
    if demo:
        from tsunagari.cli.looking import load_demo

        load_demo()
    from tsunagari.kernel import audit

    if audit.latest_checkpoint() is None:
        audit.checkpoint()


def _one_door() -> Any:
    """Sockets to the hub, pages through WSGI threads: one port for both."""
    from a2wsgi import WSGIMiddleware

    from config.wsgi import application

    pages, sockets = WSGIMiddleware(cast(Any, application), workers=_THREADS), _hub()

    async def door(scope: Any, receive: Any, send: Any) -> None:
        to_hub = scope["type"] != "http" or scope["path"].startswith("/sockets/")
        await (sockets if to_hub else pages)(scope, receive, send)

    return door


def up(options: argparse.Namespace) -> int:
    """Everything in one process."""
    if options.data:
        options.data.mkdir(parents=True, exist_ok=True)
        os.environ["TSUNAGARI_DATA"] = str(options.data.resolve())
    address = f"http://{options.host}:{options.port}"
    os.environ.setdefault("PUBLIC_URL", address)
    os.environ.setdefault("HUB_URL", address)
    django_ready()
    import uvicorn

    config = uvicorn.Config("", host=options.host, port=options.port, **_QUIET)
    try:
        sockets = [config.bind_socket()]
    except SystemExit:
        print(f"Port {options.port} is taken; name another one with --port.")
        return UNUSABLE
    _prepare(demo=not options.no_demo)
    config.app = _one_door()
    _serve(_server(config, lambda: _ready(address)), sockets)
    return 0


def _ready(address: str) -> None:
    """Say where the town is, and ask the finder something: loading its dictionary is not the first visitor's wait."""
    print(f"つながり {address}/", flush=True)

    def ask() -> None:
        with suppress(OSError):
            urlopen(f"{address}/find/?{urlencode({'q': '話し相手'})}", timeout=60).close()

    threading.Thread(target=ask, name="warming", daemon=True).start()


def _serve(server: Any, sockets: list[Any]) -> None:
    """Run until TERM. A job in hand gets three seconds; the reaper gives it to the next worker if it needs more."""
    from tsunagari.kernel.worker import TownWorker

    town_worker = TownWorker()
    jobs = threading.Thread(target=town_worker.run, name="worker", daemon=True)
    jobs.start()
    try:
        server.run(sockets=sockets)
    finally:
        town_worker.stop()
        jobs.join(timeout=_GRACE)
        if jobs.is_alive():
            os._exit(0)
