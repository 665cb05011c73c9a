"""How long until the first page, how much memory afterwards, and what a second worker brings.

Both sides start with compiled modules, as after an installation. For the start, the bare Django comes up by our own
command, which is quicker than granian's. For the memory it comes up by granian's, as anybody would start it: by ours
its workers share what they hold too (`shared_bare_mb`), and no installation of Django alone does that."""

import os
import statistics
import subprocess
import sys
import sysconfig
import time
from typing import Any

from bench import asking, load, towns
from bench.load import ROOT
from bench.towns import Town

Found = dict[str, Any]
BARE = "bench.bare_settings"


def start(town: Town, rounds: int, seconds: float) -> Found:
    """B10. From the command to the first 200: our front page against hello of a bare Django, on the same server."""
    compiled()
    pairs = [(_first(town, "config.settings", "/"), _first(town, BARE, "/")) for _ in range(max(rounds, 5))]
    return {
        "times_as_long": round(statistics.median(a / b for a, b in pairs), 2),
        "ours_s": round(statistics.median(a for a, _ in pairs), 2),
        "bare_s": round(statistics.median(b for _, b in pairs), 2),
    }


def compiled() -> None:
    """A machine that is told to write no bytecode would compile our modules anew at each start."""
    libraries = sysconfig.get_paths()["purelib"]
    command = [sys.executable, "-m", "compileall", "-qq", str(ROOT / "tsunagari"), str(ROOT / "config"), libraries]
    subprocess.run(command, check=False, cwd=ROOT)


def _first(town: Town, settings: str, path: str) -> float:
    port = load.free_port()
    environment = {**os.environ, **town.environment, "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(towns.BIN / "tsunagari"), "web", "--port", str(port)], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        load.wait(load.Server(settings, port, process.pid), path, process)
        return time.perf_counter() - begun
    finally:
        process.terminate()
        process.communicate(timeout=15)


def memory(town: Town, rounds: int, seconds: float) -> Found:
    """B10. Two workers after load: pages that need no search, then searches, then sentences; against a bare Django."""
    found: Found = {}
    quiet = ["/", "/lines/", "/guide/", "/organizations/"]
    with towns.web_from("/", town, workers=2, settings=BARE) as shared, towns.bare(workers=2) as bare:
        for name, server in (("shared_bare", shared), ("bare", bare)):
            load.run(server, ["/"], seconds)
            found[f"{name}_mb"] = _measured(server)
    with towns.web_from("/", town, workers=2) as web:
        found["started_mb"] = _measured(web)
        load.run(web, quiet, seconds)
        found["pages_mb"] = _measured(web)
        load.run(web, [asking.find(query) for query in asking.words()], seconds)
        found["words_mb"] = _measured(web)
        load.run(web, [asking.find(sentence) for sentence in asking.SENTENCES], seconds)
        found["meaning_mb"] = _measured(web)
    found["times_as_much_pss"] = {
        name: round(found[f"{name}_mb"]["pss"] / found["bare_mb"]["pss"], 2)
        for name in ("started", "pages", "words", "meaning")
    }
    return found


def _measured(server: load.Server) -> dict[str, float]:
    return {name: round(size, 1) for name, size in server.memory_mb().items()}


def scaling(town: Town, rounds: int, seconds: float) -> Found:
    """B10. B1's page with two workers against one. Needs two free cores to mean anything."""
    mine = [asking.find(query) for query in asking.words()]
    with towns.web(town, workers=2) as two, towns.web(town) as one:
        found = load.compare((two, mine), (one, mine), rounds, seconds)
    return {**found, "cores": os.cpu_count(), "python": sys.version.split()[0]}
