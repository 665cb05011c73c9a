"""A big town is no slower: the coordinator's queries are pinned, limited, and run along indexes."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.referrals.actions import referring
from tsunagari.referrals.models import Referral
from tsunagari.referrals.terms import Reason

pytestmark = pytest.mark.django_db
VIEWS = ("late", "climbed", "refused", "open")
# Tables that grow with the people of a town.
BIG = ("referrals_referral", "referrals_slip", "referrals_wipe", "referrals_step", "referrals_unmetneed")


@pytest.fixture
def town(cast: Cast) -> Cast:
    story = Story(cast)
    for number in range(3):
        referral = story.asked()
        day = timezone.localdate() - dt.timedelta(days=number)
        Referral.objects.filter(pk=referral.pk).update(promised_on=day, climbed=number)
    referring.withdraw(story.accepted(), by=story.miki)
    referring.decline(story.asked(), reason=Reason.NO_ROOM, by=story.carer)
    return cast


def _asked(cast: Cast, view: str, place: str = "") -> list[Any]:
    browser = cast.client("miki")
    browser.get("/net/town/")
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert browser.get(f"/net/town/?view={view}&place={place}").status_code == 200
    return list(found.captured_queries)


def _big(queries: list[Any]) -> list[str]:
    return [one["sql"] for one in queries if any(f'"{table}"' in one["sql"] for table in BIG)]


@pytest.mark.parametrize("view", VIEWS)
def test_the_queries_are_few_and_each_over_a_big_table_is_limited(town: Cast, view: str) -> None:
    queries = _asked(town, view, str(town.organization("npo-hidamari").pk))
    assert len(queries) <= 32
    for sql in _big(queries):
        assert re.search(r"\bLIMIT \d+", sql), sql


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + sql)
            return "\n".join(str(row[-1]) for row in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = off")  # with ten rows it would rather read them all
        cursor.execute("EXPLAIN " + sql)
        return "\n".join(str(row[0]) for row in cursor.fetchall())


def _reads_whole_tables(plan: str) -> list[str]:
    """Lines of a plan that go through a big table from end to end."""
    if connection.vendor == "sqlite":
        return [
            line
            for line in plan.splitlines()
            if re.match(r"SCAN (?!\(|list|subquery|__)", line) and "USING" not in line
        ]
    return [line for line in plan.splitlines() if re.search(r"Seq Scan on (referrals_)", line)]


@pytest.mark.parametrize("view", VIEWS)
def test_no_query_goes_through_a_big_table_from_end_to_end(town: Cast, view: str) -> None:
    for sql in _big(_asked(town, view)):
        plan = _plan(sql)
        assert _reads_whole_tables(plan) == [], f"{sql}\n{plan}"
