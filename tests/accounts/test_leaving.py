"""Who leaves is out at once: sessions, sockets, keys, duties, postings."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tsunagari.accounts import actions
from tsunagari.accounts.models import Account, Session
from tsunagari.accounts.terms import Duty
from tsunagari.kernel import nudge
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import AuditLine
from tsunagari.kernel.worker import TownWorker
from tsunagari.network import demo
from tsunagari.network.models import Posting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(monkeypatch: Any) -> list[bytes]:
    """What was sent to the hub."""
    sent: list[bytes] = []
    monkeypatch.setattr(nudge, "_send", sent.append)
    return sent


def test_a_closed_account_is_out_of_every_browser_with_the_next_click(cast: Cast, told: list[bytes]) -> None:
    saeki = cast.account("saeki")
    browsers = [cast.client("saeki"), cast.client("saeki")]
    assert all(browser.get("/net/").status_code == 200 for browser in browsers)
    actions.deactivate(saeki, by=cast.actor("miki"))
    assert all(browser.get("/net/").status_code == 302 for browser in browsers)
    assert not Session.objects.filter(account_id=saeki.pk).exists()
    assert not Authenticator.objects.filter(user=saeki).exists()
    assert any(f"account:{saeki.pk}".encode() in one for one in told)
    answer = Client().post("/accounts/login/", {"login": saeki.email, "password": demo.password_of("listener")})
    assert answer.status_code == 200


def test_her_duties_and_postings_end_with_it(cast: Cast) -> None:
    saeki = cast.account("saeki")
    actions.deactivate(saeki, by=cast.actor("miki"))
    actions.deactivate(saeki, by=cast.actor("miki"))
    TownWorker(interval=0, batch=True)._worker.run()
    actor = cast.actor("saeki")
    assert (actor.duties, actor.member_ids) == (frozenset(), frozenset())
    assert not Posting.objects.filter(account=saeki, ended_by=None).exists()
    assert AuditLine.objects.filter(event="person.deactivated", about_id=str(saeki.pk)).count() == 1


@pytest.mark.parametrize("name", ["saeki", "oshio", "aga", "tonomura", "shirahama"])
def test_nobody_but_the_secretariat_closes_an_account(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        actions.deactivate(cast.account("miki"), by=cast.actor(name))


def test_the_secretariat_cannot_close_its_own_so_that_one_is_always_left(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.deactivate(cast.account("miki"), by=cast.actor("miki"))


def test_a_duty_is_given_once_and_ends_at_once(cast: Cast, told: list[bytes]) -> None:
    oshio, miki = cast.account("oshio"), cast.actor("miki")
    term = actions.give_duty(oshio, duty=Duty.EDITOR, since=timezone.localdate(), by=miki)
    assert actions.give_duty(oshio, duty=Duty.EDITOR, since=timezone.localdate(), by=miki).pk == term.pk
    assert Duty.EDITOR in cast.actor("oshio").duties
    actions.end_duty(term, by=miki)
    actions.end_duty(term, by=miki)
    assert Duty.EDITOR not in cast.actor("oshio").duties
    assert len(told) == 1


def test_nobody_gives_a_duty_to_herself(cast: Cast) -> None:
    for name in ("miki", "oshio"):
        with pytest.raises(Forbidden):
            actions.give_duty(cast.account(name), duty=Duty.LISTENER, since=timezone.localdate(), by=cast.actor(name))


def test_what_an_account_said_about_a_person_goes_after_two_years(cast: Cast) -> None:
    from datetime import timedelta

    from tsunagari.kernel import retention

    saeki = cast.account("saeki")
    actions.deactivate(saeki, by=cast.actor("miki"))
    later = timezone.localdate() + timedelta(days=731)
    assert sum(retention.purge(later, really=False).values()) >= 1
    assert Account.objects.get(pk=saeki.pk).name == saeki.name
    retention.purge(later, really=True)
    gone = Account.objects.get(pk=saeki.pk)
    assert saeki.name not in (gone.name, gone.kana)
    assert gone.email != saeki.email
    assert Account.objects.get(pk=cast.account("miki").pk).name == cast.account("miki").name
