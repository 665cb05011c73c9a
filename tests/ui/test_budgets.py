"""What a page may weigh and hold: small, from this site alone, no style or script inside the markup."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.ui.conftest import ROOT

BUILT = ROOT / "tsunagari/ui/static/ui"
TEMPLATES = sorted(ROOT.glob("tsunagari/*/templates/**/*.html"))


def _wire(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def test_the_style_sheet_is_small() -> None:
    assert (BUILT / "app.css").stat().st_size <= 60_000


def test_the_first_page_weighs_little_without_fonts(look: None) -> None:
    page = Client().get("/").content
    files = set(re.findall(r'(?:href|src)="/static/ui/([^"]+)"', page.decode()))
    assert {"app.css", "htmx.min.js", "js/main.js", "windows.svg"} <= files
    weight = _wire(page) + sum(_wire((BUILT / name).read_bytes()) for name in files)
    assert weight <= 80_000, f"{weight} bytes; the promise is 200,000"


def test_nothing_built_names_another_host() -> None:
    for file in [*BUILT.glob("*.css"), *BUILT.glob("js/*.js")]:
        code = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)
        assert re.findall(r"url\(\s*[\"']?(?:https?:)?//|@import|https?://", code) == [], file.name


def test_fonts_are_swapped_in_and_there() -> None:
    css = (BUILT / "fonts.css").read_text()
    assert css.count("@font-face") == css.count("font-display:swap")
    for name in re.findall(r"url\((fonts/[^)]+)\)", css):
        assert (BUILT / name).exists()


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: "/".join(file.parts[-2:]))
def test_a_template_is_short_says_what_it_is_and_holds_no_style_or_script(file: Path) -> None:
    text = file.read_text()
    assert len(text.splitlines()) <= 120
    assert text.startswith("{#"), "a first comment says what it is and names its parameters"
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\x22\x27]|javascript:|\shx-on", text, re.I)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_no_registry_is_named_in_the_build_chain() -> None:
    for file in (ROOT / "frontend").glob("*"):
        if file.is_file():
            assert not re.search(r"regist(?:ry)\.|\"resolved\"", file.read_text()), file.name
