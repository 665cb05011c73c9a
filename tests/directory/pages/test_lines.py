"""Lines: what answers now stands on top, and nobody is sent to a number that only may answer without a word."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tsunagari.directory.lines import State, state
from tsunagari.directory.showing.phones import lines_by_state, tel
from tsunagari.kernel.access import PUBLIC

MONDAY_HOLIDAY = dt.datetime(2026, 11, 23, 23, 40)
TUESDAY = dt.datetime(2026, 11, 24, 10, 0)
WEEKDAYS = [{"byday": ["MO", "TU", "WE", "TH", "FR"], "opens_at": "08:30", "closes_at": "17:15", "holidays": False}]
NIGHTS = [{"byday": ["MO"], "opens_at": "21:00", "closes_at": "02:00", "holidays": True}]


def line(opening: Any, **more: Any) -> Any:
    fields = {"unverified": False, "checked_on": dt.date(2026, 11, 1), "period_from": None, "period_to": None}
    return SimpleNamespace(opening=opening, **{**fields, **more})


@pytest.mark.parametrize(
    ("opening", "at", "more", "expected"),
    [
        ("always", MONDAY_HOLIDAY, {}, State.NOW),
        ("always", TUESDAY, {"unverified": True}, State.PERHAPS),
        ("always", TUESDAY, {"checked_on": None}, State.PERHAPS),
        ("varies", TUESDAY, {}, State.PERHAPS),
        (WEEKDAYS, TUESDAY, {}, State.NOW),
        (WEEKDAYS, dt.datetime(2026, 11, 23, 10, 0), {}, State.CLOSED),
        (WEEKDAYS, TUESDAY.replace(hour=18), {"unverified": True}, State.CLOSED),
        (NIGHTS, MONDAY_HOLIDAY, {}, State.NOW),
        (NIGHTS, dt.datetime(2026, 11, 24, 1, 0), {}, State.NOW),
        (NIGHTS, dt.datetime(2026, 11, 24, 3, 0), {}, State.CLOSED),
        ("set_periods", TUESDAY, {}, State.AWAY),
        ("set_periods", TUESDAY, {"period_from": dt.date(2026, 11, 20), "period_to": dt.date(2026, 11, 30)}, State.NOW),
        ([{"byday": "?", "opens_at": "soon"}], TUESDAY, {}, State.PERHAPS),
    ],
)
def test_a_line_is_where_its_rules_put_it(opening: Any, at: dt.datetime, more: dict[str, Any], expected: State) -> None:
    assert state(line(opening, **more), at) is expected


def test_at_twenty_to_midnight_the_lines_that_answer_stand_on_top(words: None) -> None:
    groups = lines_by_state(PUBLIC, dt.datetime(2026, 11, 23, 14, 40, tzinfo=dt.UTC), ["teens"])
    assert groups["now"][0].number == "0120-0-78310", "the children's line first for a child"
    assert [one.number for one in groups["danger"]] == ["110", "119", "189"]
    assert all(one.open_now is None for one in groups["perhaps"])
    assert "#9999" not in str(groups)


def test_the_page_says_what_is_not_sure(client: Client, words: None) -> None:
    page = client.get("/lines/").content.decode()
    assert page.index("tel:110") < page.index("tel:0120279338")
    assert "要確認" in page
    assert "data-exit" in page


def test_a_line_that_speaks_the_readers_language_comes_first(client: Client, words: None) -> None:
    page = client.get("/vi/lines/").content.decode()
    assert page.index("tel:0120279338") < page.index("tel:0120078310")


def test_short_numbers_can_be_dialled() -> None:
    assert tel("#9110") == "tel:%239110"
    assert tel("079-000-1111（内線 3）") == "tel:0790001111" or tel("079-000-1111") == "tel:0790001111"


def test_the_desk_can_be_reached_before_it_is_online(client: Client, words: None) -> None:
    assert "tel:0790000000" in client.get("/consult/").content.decode()
