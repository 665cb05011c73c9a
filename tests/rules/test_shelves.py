"""Every module stands on a shelf that has a name; an algorithm that deserves one is named here."""

import pytest

from tests.rules import checks

SHELVES = frozenset(
    "__init__ apps terms models policies actions facts forms schemas views api urls reactions"
    " clearing demo migrations management".split()
)
# Modules with a name of their own: algorithms, wiring of a library, and what a page gathers.
NAMED = {
    "kernel": "access append_only audit codes health keyfiles later logs mail nudge outbox pages privacy promises proxy"
    " registers retention rows timetable vault workdays worker",
    "hub": "app board tickets",
    "ui": "chrome codes dates display engine icons language links messages outline samples shapes words",
    "accounts": "adapters sessions",
    "network": "actors printing public_urls showing standing metrics",
    "referrals": "paper_urls receipt_urls sealing showing",
    "home": "showing",
    "directory": "bulk documents exporting finder furigana guiding importing lines machine_urls publishing readings"
    " search sheets showing staff_urls timetable",
}
NEVER = {"utils", "helpers", "common", "services", "misc"}


@pytest.mark.parametrize("app", checks.APPS)
def test_every_module_stands_on_a_shelf(app: str) -> None:
    allowed = SHELVES | frozenset(NAMED[app].split())
    assert checks.out_of_place(checks.shelf_names(app), allowed) == []


def test_nothing_is_called_after_nothing() -> None:
    assert [path for path in checks.modules() if path.stem in NEVER or path.parent.name in NEVER] == []


def test_a_new_shelf_would_be_found() -> None:
    assert checks.out_of_place(["models", "utils", "managers"], SHELVES) == ["managers", "utils"]
