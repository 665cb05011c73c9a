"""Every public page in a real browser: nobody is shut out, nothing leaves the site, nothing weighs much."""

import re
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.conftest import Walker, axe_findings

pytestmark = pytest.mark.browser
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = [
    "/", "/find/", "/find/?q=話し相手", "/find/?q=ぬぬぬぬ&worry=debt&for=pregnant&feature=animals",
    "/find/?q=死にたい",
    "/find/?q=カフェ&view=map", "/guide/", "/guide/?start=self", "/guide/?start=self&a=self_danger",
    "/guide/?start=company&a=-&a=-&a=-&a=-&a=-", "/guide/?start=someone&a=s_neighbour&a=s_unseen&a=-&a=-&a=-",
    "/lines/",
    "/activities/", "/consult/", "/organizations/", "/join/", "/join/application/", "/members/",
    "/about/", "/privacy/", "/accessibility/", "/nowhere/",
]  # fmt: skip
WEIGHT = 200_000


def entry_pages(me: Walker) -> list[str]:
    """The first results of three searches, with their slips and forms."""
    found = []
    for words in ("カフェ", "囲碁", "相談"):
        me.open(f"/find/?q={words}")
        href = me.page.locator("#results .card-name a").first.get_attribute("href")
        found += [href, f"{href}slip/", f"{href}report/"]
    return found[:5]


@pytest.mark.parametrize("code", LANGUAGES)
def test_axe_finds_nothing_on_any_page(walk: Any, code: str) -> None:
    me = walk()
    paths = [*PAGES, *entry_pages(me)]
    found: list[str] = []
    for path in paths:
        me.open(path if code == "ja" else f"/{code}{path}")
        for width in (390, 1280):
            me.page.set_viewport_size({"width": width, "height": 844})
            found += [f"{path} {width} {one}" for one in axe_findings(me.page)]
            if me.page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{path} {width} sticks out")
    assert found == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_everything_can_be_read_in_the_dark(walk: Any, code: str) -> None:
    me = walk(scheme="dark")
    found: list[str] = []
    for path in [*PAGES, *entry_pages(me)]:
        me.open(path if code == "ja" else f"/{code}{path}")
        for width in (390, 1280):
            me.page.set_viewport_size({"width": width, "height": 844})
            found += [f"{path} {width} {one}" for one in axe_findings(me.page, "color-contrast")]
    assert found == []


def test_nothing_leaves_the_site_breaks_the_policy_or_stays_behind(walk: Any) -> None:
    me = walk()
    for path in [*PAGES, *entry_pages(me)]:
        me.open(path)
    complaints = [one for one in me.complaints if "404" not in one]  # the page for what is not there is one of them
    assert complaints == []
    assert me.elsewhere == []
    assert me.page.context.cookies() == []
    assert me.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("path", ["/", "/find/?q=話し相手", "/guide/?start=self"])
def test_a_page_weighs_little_without_its_fonts(browser: Any, town_address: str, path: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        sizes: dict[str, float] = {}
        names: dict[str, str] = {}
        client.on("Network.responseReceived", lambda e: names.update({e["requestId"]: e["response"]["url"]}))
        client.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
        page.goto(town_address + path, wait_until="networkidle")
        weight = sum(size for key, size in sizes.items() if not re.search(r"\.woff2?$", names.get(key, "")))
        assert 0 < weight <= WEIGHT
