"""The gallery in a real browser: every component, on a phone and on a desk, by day and by night."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import ROOT, axe_findings

pytestmark = pytest.mark.browser

_SITE = ["/gallery/", "/", "/about/", "/privacy/", "/accessibility/"]
_PAGES = [*_SITE, "/refused/", "/stale/", "/conflict/", "/nowhere/"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(browser: Any, site: str, width: int, scheme: str) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme) as context:
        page = context.new_page()
        for path in _PAGES:
            page.goto(site + path, wait_until="networkidle")
            assert axe_findings(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") == width, path


@pytest.mark.parametrize("path", ["/", "/gallery/", "/vi/gallery/", "/gallery/?size=l&furi=1"])
def test_large_letters_and_other_languages_fit_a_small_phone(browser: Any, site: str, path: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(site + path + ("" if "?" in path else "?size=l"))
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_no_request_leaves_the_site_and_nothing_breaks_the_policy(browser: Any, site: str) -> None:
    with browser.new_context() as context:
        page, said, asked = context.new_page(), [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        for path in _SITE:
            page.goto(site + path, wait_until="networkidle")
        assert [url for url in asked if not url.startswith((site, "data:"))] == []
        assert said == []
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_way_out_comes_first_and_every_control_shows_its_focus(browser: Any, site: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(site + "/gallery/", wait_until="networkidle")
        reached = []
        for _ in range(160):
            page.keyboard.press("Tab")
            seen = page.evaluate("""() => {
                const at = document.activeElement;
                if (at === document.body) return null;
                const drawn = at.matches('.card-name a') ? getComputedStyle(at, '::after')
                    : at.matches('.chip input') ? getComputedStyle(at.nextElementSibling) : getComputedStyle(at);
                return [at.textContent.trim().slice(0, 20) || at.name || at.className, drawn.outlineStyle, at.tagName];
            }""")
            if seen is None:
                break
            reached.append(seen)
        assert reached[0][0] == "このページを閉じる"
        assert reached[1][0] == "本文へ進む"
        assert [name for name, outline, tag in reached if outline == "none"] == []
        words = {name for name, _, _ in reached}
        assert {"Language", "表示", "さがす", "この質問はとばす", "この案内を取り下げる"} <= words
        assert len(reached) > 50


def test_without_javascript_menus_open_and_the_list_of_the_map_is_there(browser: Any, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site + "/gallery/")
        page.click("summary:has-text('Language')")
        assert page.locator("text=やさしい日本語").is_visible()
        assert page.locator("#map-list a").first.is_visible()
        assert page.locator("#map").is_hidden()
        assert page.locator("[data-near-me]").is_hidden()
        assert page.locator("a[data-exit]").get_attribute("href")


@pytest.mark.parametrize("way", ["tap", "shift"])
def test_leaving_replaces_the_page_so_that_back_does_not_show_it(browser: Any, site: str, way: str) -> None:
    with browser.new_context() as context:
        context.route("**/bosai/**", lambda route: route.fulfill(body="晴れ", content_type="text/plain; charset=utf-8"))
        page = context.new_page()
        page.goto(site + "/about/")
        page.goto(site + "/gallery/", wait_until="networkidle")
        if way == "tap":
            page.click("[data-exit]")
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url("**/bosai/**")
        page.go_back()
        assert page.url == site + "/about/"


def test_the_place_is_asked_only_on_a_tap_and_rounded_to_a_hundred_metres(browser: Any, site: str) -> None:
    here = {"latitude": 34.8266123, "longitude": 134.6906987}
    with browser.new_context(geolocation=here, permissions=["geolocation"]) as context:
        page = context.new_page()
        page.goto(site + "/gallery/", wait_until="networkidle")
        assert page.locator("input[name=near]").input_value() == ""
        page.click("[data-near-me]")
        page.wait_for_url("**near=34.827**")
        assert "near=34.827%2C134.691" in page.url


def test_every_component_has_its_place_in_the_gallery() -> None:
    folder = ROOT / "tsunagari/ui/templates/ui"
    components = {file.name for file in folder.glob("*.html") if "{% macro" in file.read_text()}
    shown: set[str] = set()
    for file in folder.glob("gallery*.html"):
        shown |= set(re.findall(r'from "ui/([a-z_]+\.html)"', file.read_text()))
    inside = {name for file in components & shown for name in _uses(folder / file)}
    assert components - shown - inside == set()


def _uses(file: Path) -> list[str]:
    return re.findall(r'from "ui/([a-z_]+\.html)"', file.read_text())
