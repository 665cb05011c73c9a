"""The look on a small server of its own, without a database, and one browser for all."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.urls import clear_url_caches, set_urlconf

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text()
_AXE_RUN = """async () => {
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run(document, { runOnly });
    const told = (node) => node.html.slice(0, 160) + " — " + node.any.map((check) => check.message).join("; ");
    return violations.map((found) => found.id + ": " + found.nodes.slice(0, 4).map(told).join(" | "));
}"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def look() -> Iterator[None]:
    """The addresses of tests/ui/urls.py for one test."""
    with override_settings(ROOT_URLCONF="tests.ui.urls"):
        clear_url_caches()
        yield
    set_urlconf(None)
    clear_url_caches()


@pytest.fixture
def site(look: None) -> Iterator[str]:
    """The address of the running look."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=WSGIServer, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def axe_findings(page: Any) -> list[str]:
    """What axe objects to on the page as it stands."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(_AXE_RUN)
    return found
