"""Whom somebody acts for today is what her postings say today, and no query more."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.cast import Cast
from tsunagari.accounts.terms import Duty
from tsunagari.kernel import nudge
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import AuditLine, Message
from tsunagari.network import actions, actors
from tsunagari.network.models import Posting

pytestmark = pytest.mark.django_db


def _post(cast: Cast, **changes: Any) -> Posting:
    values = {"account": cast.account("tonomura"), "since": timezone.localdate(), "by": cast.actor("miki"), **changes}
    return actions.post(cast.members["npo-hidamari"], **values)


def test_who_is_posted_acts_for_the_organisation_from_that_day_to_that_day(cast: Cast) -> None:
    today = timezone.localdate()
    organization = cast.organization("npo-hidamari").pk
    posting = _post(cast, since=today, until=today)
    assert cast.actor("tonomura").member_ids == {organization}
    for since, until in ((today + timedelta(1), None), (today - timedelta(9), today - timedelta(1))):
        Posting.objects.filter(pk=posting.pk).update(since=since, until=until)
        assert cast.actor("tonomura").member_ids == frozenset()


def test_a_member_that_left_has_nobody_acting_for_it(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(1)
    periods = cast.members["npo-hidamari"].periods.all()
    periods.update(since=yesterday, until=yesterday, ended_at=timezone.now(), ended_by=cast.account("miki").pk)
    assert cast.actor("oshio").member_ids == frozenset()
    with pytest.raises(Forbidden):
        _post(cast)


def test_posting_leaves_a_line_and_is_announced_and_twice_changes_nothing(cast: Cast) -> None:
    assert _post(cast).pk == _post(cast).pk
    assert AuditLine.objects.filter(event="person.posted").count() == 1
    assert Message.objects.filter(event="person.posted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_ending_a_posting_ends_it_now_and_closes_her_pages(cast: Cast, monkeypatch: Any) -> None:
    told: list[bytes] = []
    monkeypatch.setattr(nudge, "_send", told.append)
    posting = cast.account("oshio").postings.get()
    browser = cast.client("oshio")
    actions.end_posting(posting, by=cast.actor("miki"))
    actions.end_posting(posting, by=cast.actor("miki"))
    assert cast.actor("oshio").member_ids == frozenset()
    assert len(told) == 1
    assert str(cast.account("oshio").pk).encode() in told[0]
    assert "npo-hidamari" not in browser.get("/net/").content.decode()


@pytest.mark.parametrize("name", ["saeki", "oshio", "aga", "tonomura", "shirahama"])
def test_only_the_secretariat_posts_people(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        _post(cast, by=cast.actor(name))
    with pytest.raises(Forbidden):
        actions.invite(cast.members["minsei"], email="x@example.jp", by=cast.actor(name))


def test_an_actor_costs_two_queries_and_a_visitor_none(cast: Cast, django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/net/")
    request.user, request.session = cast.account("oshio"), cast.client("oshio").session
    request.session.get("loaded")
    with django_assert_num_queries(2):
        actor = actors.actor_of(request)
    assert actor == cast.actor("oshio")
    with django_assert_num_queries(0):
        assert Client().get("/about/").status_code == 200


def test_a_password_alone_opens_no_duty_that_sees_people(cast: Cast) -> None:
    request = RequestFactory().get("/net/")
    request.user, request.session = cast.account("miki"), cast.client("miki", second_factor=False).session
    actor = actors.actor_of(request)
    assert (actor.duties, actor.second_factor) == (frozenset(), False)
    request.user, request.session = cast.account("shirahama"), cast.client("shirahama", second_factor=False).session
    assert actors.actor_of(request).duties == {Duty.EDITOR}


def test_who_acts_for_several_may_choose_one(cast: Cast) -> None:
    actions.post(
        cast.members["minsei"], account=cast.account("oshio"), since=timezone.localdate(), by=cast.actor("miki")
    )
    browser = cast.client("oshio")
    chosen = cast.account("oshio").postings.get(member=cast.members["minsei"])

    def acting() -> Any:
        request = RequestFactory().get("/net/")
        request.user, request.session = cast.account("oshio"), browser.session
        return actors.actor_of(request).member_ids

    assert len(acting()) == 2
    assert browser.post(f"/net/acting-for/{chosen.pk}/").status_code == 302
    assert acting() == {cast.organization("minsei").pk}
    browser.post("/net/acting-for/none/")
    assert len(acting()) == 2


def test_nobody_chooses_a_posting_of_somebody_else(cast: Cast) -> None:
    hers = cast.account("saeki").postings.get()
    assert cast.client("oshio").post(f"/net/acting-for/{hers.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_who_accepted_an_invitation_is_posted_where_it_said(cast: Cast) -> None:
    from tsunagari.accounts import actions as accounts
    from tsunagari.kernel.access import PUBLIC
    from tsunagari.kernel.worker import TownWorker

    invitation = actions.invite(cast.members["minsei"], email="x@example.jp", by=cast.actor("miki"))
    account = accounts.accept(invitation, name="山田（架空）", kana="", password="mikan-to-hibari", by=PUBLIC)
    TownWorker(interval=0, batch=True)._worker.run()
    TownWorker(interval=0, batch=True)._worker.run()
    assert actors.organizations_today(account.pk) == {cast.organization("minsei").pk}
    assert account.postings.get().posted_by == cast.account("miki").pk


def test_everything_she_acts_for_ends_when_she_left(cast: Cast) -> None:
    actions.end_all(cast.account("oshio"), by=cast.actor("miki"))
    actions.end_all(cast.account("oshio"), by=cast.actor("miki"))
    assert cast.actor("oshio").member_ids == frozenset()
    assert set(cast.account("oshio").postings.values_list("ended_by", flat=True)) == {cast.account("miki").pk}
