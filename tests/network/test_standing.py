"""Who stands in for whom today: nothing may wait without a name."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.network import standing
from tsunagari.network.models import Member, Posting

pytestmark = pytest.mark.django_db


def _pk(cast: Cast, name: str) -> Any:
    return cast.account(name).pk


def _colleague(cast: Cast, organization: str, *duties: Duty, days: int = 0) -> Account:
    """Somebody new, posted for `days` already."""
    since, now = timezone.localdate() - timedelta(days), timezone.now()
    account = Account.objects.create_account(f"{days}{organization}@example.jp", name=f"同僚{days}（架空）")
    Posting.objects.create(
        account=account, member=cast.members[organization], since=since, posted_at=now, posted_by=account.pk
    )
    for duty in duties:
        DutyTerm.objects.create(account=account, duty=duty, since=since, given_at=now, given_by=account.pk)
    return account


def _gone(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(deactivated_at=timezone.now(), deactivated_by=account.pk)


def test_she_acts_there_today_while_her_account_and_posting_hold(cast: Cast) -> None:
    organization, oshio = cast.organization("npo-hidamari").pk, cast.account("oshio")
    assert standing.acts_today(oshio.pk, organization)
    assert not standing.acts_today(oshio.pk, cast.organization("minsei").pk)
    assert not standing.acts_today(_pk(cast, "tonomura"), organization)
    _gone(oshio)
    assert not standing.acts_today(oshio.pk, organization)


def test_what_arrives_goes_to_the_named_person_while_she_acts_there(cast: Cast) -> None:
    organization = cast.organization("npo-hidamari").pk
    older = _colleague(cast, "npo-hidamari", Duty.LISTENER, days=9)
    assert standing.reception_of(organization) == _pk(cast, "oshio")
    _gone(cast.account("oshio"))
    assert standing.reception_of(organization) == older.pk


def test_without_a_name_it_goes_to_the_longest_posted_who_may_hold_it(cast: Cast) -> None:
    Member.objects.update(reception=None)
    _colleague(cast, "npo-hidamari", days=30)
    _colleague(cast, "npo-hidamari", Duty.LINK_WORKER, days=9)
    longest = _colleague(cast, "npo-hidamari", Duty.LISTENER, days=20)
    assert standing.reception_of(cast.organization("npo-hidamari").pk) == longest.pk


def test_an_organisation_without_an_account_has_no_reception(cast: Cast) -> None:
    assert standing.reception_of(cast.organization("minsei").pk) is None  # aga has no duty that holds a person's matter
    Posting.objects.filter(member=cast.members["minsei"]).delete()
    assert standing.reception_of(cast.organization("minsei").pk) is None


def test_her_substitute_is_the_one_her_posting_names_else_a_colleague_else_nobody(cast: Cast) -> None:
    town = cast.organization("city-welfare").pk
    assert standing.substitute_of(_pk(cast, "miki"), town) == _pk(cast, "yumesaki")
    assert standing.substitute_of(_pk(cast, "yumesaki"), town) == _pk(cast, "miki")
    _gone(cast.account("yumesaki"))
    assert standing.substitute_of(_pk(cast, "miki"), town) == _pk(cast, "saeki")
    assert standing.substitute_of(_pk(cast, "oshio"), cast.organization("npo-hidamari").pk) is None
    assert standing.substitute_of(_pk(cast, "miki"), None) is None


def test_the_substitute_of_somebody_who_left_still_stands_in(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(1)
    hers = Posting.objects.filter(account=cast.account("miki"))
    hers.update(since=yesterday, until=yesterday, ended_at=timezone.now(), ended_by=_pk(cast, "miki"))
    assert standing.substitute_of(_pk(cast, "miki"), cast.organization("city-welfare").pk) == _pk(cast, "yumesaki")


def test_the_coordinator_is_the_longest_named_else_the_secretariat(cast: Cast) -> None:
    assert standing.coordinator() == _pk(cast, "miki")
    assert standing.coordinators() == {_pk(cast, "miki")}
    older = _colleague(cast, "npo-hidamari", Duty.COORDINATOR, days=400)
    assert standing.coordinator() == older.pk
    assert standing.coordinators() == {_pk(cast, "miki"), older.pk}
    DutyTerm.objects.filter(duty=Duty.COORDINATOR).delete()
    assert standing.coordinators() == frozenset()
    assert standing.coordinator() == _pk(cast, "miki")


def test_a_town_with_neither_says_so(cast: Cast) -> None:
    _gone(cast.account("miki"))
    with pytest.raises(standing.NobodyNamed):
        standing.coordinator()
