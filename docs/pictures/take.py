"""Takes the README pictures from a running demo town: `python docs/pictures/take.py ADDRESS DATA_DIR`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent


def main(address: str, data: str) -> None:
    demo = subprocess.run(
        [sys.executable, "-m", "tsunagari", "demo", "--json"],
        env={**os.environ, "TSUNAGARI_DATA": data}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    editor = next(one for one in json.loads(demo.stdout)["accounts"] if one["role"] == "editor")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        for name, path in {"front": "/", "find": "/find/?q=話し相手がほしい", "guide": "/guide/?start=self"}.items():
            page.goto(address + path, wait_until="load")
            page.screenshot(path=HERE / f"{name}.png")
        page.goto(f"{address}/net/entries/")
        page.fill("input[name=login]", editor["email"])
        page.fill("input[name=password]", editor["password"])
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/net/entries/**")
        page.screenshot(path=HERE / "board.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
