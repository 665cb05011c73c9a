"""On PostgreSQL the database itself hides other organisations' rows, even from a query that forgot the rule."""

import pytest
from django.db import connection

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.kernel import rows
from tsunagari.referrals.actions import slips
from tsunagari.referrals.models import Referral, Slip, Step, Switch

pytestmark = pytest.mark.django_db
postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row-level security")


def _seen(cast: Cast, name: str) -> tuple[int, int, int, int]:
    """How many slips, referrals, steps and switches a query without any rule finds in her request."""
    with rows.seen_by(cast.actor(name)):
        return tuple(model._default_manager.count() for model in (Slip, Referral, Step, Switch))  # type: ignore[return-value]


@postgres
def test_a_query_without_a_rule_finds_nothing_of_others(cast: Cast) -> None:
    Story(cast).sent()
    everything = tuple(model._default_manager.count() for model in (Slip, Referral, Step, Switch))
    assert _seen(cast, "miki") == everything
    assert _seen(cast, "oshio") == everything, "the receiver's side"
    for name in ("shosha", "aga", "tonomura"):
        assert _seen(cast, name) == (0, 0, 0, 0)
    assert Slip.objects.count() == 1, "afterwards nobody's request runs"


@postgres
def test_what_the_house_counts_it_counts_whole(cast: Cast) -> None:
    Story(cast).sent()
    with rows.seen_by(cast.actor("shosha")):
        with rows.for_the_house():
            assert Slip.objects.count() == 1
        assert Slip.objects.count() == 0


@postgres
def test_nobody_writes_into_another_organisations_slip(cast: Cast) -> None:
    slip = Story(cast).slip()
    with rows.seen_by(cast.actor("oshio")):
        assert Slip.objects.filter(pk=slip.pk).update(area="") == 0


@postgres
def test_a_protected_person_is_absent_for_a_coordinator_of_another_organisation(cast: Cast) -> None:
    slip = Story(cast).slip()
    slips.protect(slip, by=cast.actor("miki"))
    outside = cast.actor("shosha")
    coordinator = type(outside)(
        account_id=outside.account_id, member_ids=outside.member_ids, duties=frozenset({"coordinator"})
    )
    with rows.seen_by(coordinator):
        assert not Slip.objects.filter(pk=slip.pk).exists()


@postgres
def test_the_site_does_not_sign_in_as_a_superuser(cast: Cast) -> None:
    """Superusers pass everywhere: the tests would prove nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_on_sqlite_the_door_stands_alone_and_nothing_breaks(cast: Cast) -> None:
    with rows.seen_by(cast.actor("miki")), rows.for_the_house():
        assert Slip.objects.count() == 0
