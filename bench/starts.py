"""How long until the first page, how much memory afterwards, and what a second worker brings."""

import os
import statistics
import subprocess
import sys
import time
from typing import Any

from bench import asking, load, towns
from bench.load import ROOT
from bench.towns import Town

Found = dict[str, Any]
BARE = "bench.bare_settings"


def start(town: Town, rounds: int, seconds: float) -> Found:
    """B10. From the command to the first 200: our front page against hello of a bare Django, on the same server."""
    pairs = [(_first(town, "config.settings", "/"), _first(town, BARE, "/")) for _ in range(max(rounds, 5))]
    return {
        "times_as_long": round(statistics.median(a / b for a, b in pairs), 2),
        "ours_s": round(statistics.median(a for a, _ in pairs), 2),
        "bare_s": round(statistics.median(b for _, b in pairs), 2),
    }


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
    with towns.web_from("/", town, workers=2) as web, towns.web_from("/", town, workers=2, settings=BARE) as bare:
        load.run(bare, ["/"], seconds)
        found["bare_mb"] = _rounded(bare.memory_mb())
        found["started_mb"] = _rounded(web.memory_mb())
        load.run(web, quiet, seconds)
        found["pages_mb"] = _rounded(web.memory_mb())
        load.run(web, [asking.find(query) for query in asking.words()], seconds)
        found["words_mb"] = _rounded(web.memory_mb())
        load.run(web, [asking.find(sentence) for sentence in asking.SENTENCES], seconds)
        found["meaning_mb"] = _rounded(web.memory_mb())
    found["times_as_much_pss"] = {
        name: round(found[f"{name}_mb"]["pss"] / found["bare_mb"]["pss"], 2)
        for name in ("started", "pages", "words", "meaning")
    }
    return found


def _rounded(pair: tuple[float, float]) -> dict[str, float]:
    return {"rss": round(pair[0], 1), "pss": round(pair[1], 1)}


def scaling(town: Town, rounds: int, seconds: float) -> Found:
    """B10. B1's page with two workers against one. Needs two free cores to mean anything."""
    mine = [asking.find(query) for query in asking.words()]
    with towns.web(town, workers=2) as two, towns.web(town) as one:
        found = load.compare((two, mine), (one, mine), rounds, seconds)
    return {**found, "cores": os.cpu_count(), "python": sys.version.split()[0]}
