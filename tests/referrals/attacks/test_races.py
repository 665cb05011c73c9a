"""Two acts at the same moment: one of them happened first, and the outcome is one that either order could have had."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.kernel import promises
from tsunagari.kernel.access import PUBLIC, Forbidden
from tsunagari.referrals.actions import consents, quotas, referring, slips
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.models import Referral, Step, Switch
from tsunagari.referrals.terms import Reason, RoomAnswer, State

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Each in a thread and a connection of its own, all let go at one moment; "ok" or why it was not done."""
    gate, found = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            act()
            found[number] = "ok"
        except (Forbidden, NotYet) as held:
            found[number] = getattr(held, "why", "forbidden")
        except Exception as fault:
            found[number] = repr(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    return found


def _ready(story: Story) -> Referral:
    referral = referring.answer_room(story.asked(), room=RoomAnswer.HAS_ROOM, by=story.carer)
    story.consent(referral)
    return referral


def test_the_last_free_place_is_given_once(cast: Cast, story: Story) -> None:
    quotas.set_quota(story.receiver, per_month=1, by=story.carer)
    first, second = _ready(story), _ready(story)
    found = at_once(*(partial(referring.send, one, by=story.miki) for one in (first, second)))
    assert sorted(found) == ["full_this_month", "ok"]
    assert Step.objects.filter(state=State.SENT).count() == 1


def test_taking_up_and_taking_back_at_once_leave_the_window_closed(cast: Cast, story: Story) -> None:
    for _ in range(3):
        referral = story.sent()
        found = at_once(
            partial(referring.accept, referral, by=story.carer),
            partial(referring.withdraw_with_receipt, referral, by=PUBLIC),
        )
        assert found[1] == "ok"
        assert found[0] in ("ok", "forbidden")
        referral.refresh_from_db()
        assert (referral.state, referral.holder_id) == (State.WITHDRAWN, None)


def test_one_of_yes_and_no_counts(cast: Cast, story: Story) -> None:
    referral = story.sent()
    found = at_once(
        lambda: referring.accept(referral, by=story.carer),
        lambda: referring.decline(referral, reason=Reason.NO_ROOM, by=story.carer),
    )
    assert sorted(found) == ["forbidden", "ok"]
    assert Step.objects.filter(referral=referral, state__in=(State.ACCEPTED, State.DECLINED)).count() == 1


def test_a_yes_taken_back_while_the_sheet_is_on_its_way_opens_nothing(cast: Cast, story: Story) -> None:
    for _ in range(3):
        referral = _ready(story)
        switches = list(Switch.objects.filter(slip=referral.slip).values_list("pk", flat=True))
        found = at_once(
            partial(referring.send, referral, by=story.miki),
            partial(consents.withdraw_with_receipt, referral.slip, switches=switches, by=PUBLIC),
        )
        assert found[1] == "ok"
        assert found[0] in ("ok", "no_consent")
        referral.refresh_from_db()
        assert consents.allowed_items(referral.slip, referral.receiver_id, referral.state) == set()


def test_two_writers_of_a_slip_and_one_is_shown_both_texts(cast: Cast, story: Story) -> None:
    slip = story.slip()
    clashes: list[slips.Conflict] = []

    def write(words: str) -> None:
        try:
            slips.edit(slip, plain={}, texts={"wish": words}, version=slip.version, by=story.miki)
        except slips.Conflict as clash:
            clashes.append(clash)

    assert at_once(lambda: write("編み物がしたい"), lambda: write("畑に行きたい")) == ["ok", "ok"]
    assert len(clashes) == 1
    assert {clashes[0].theirs["wish"], clashes[0].yours["wish"]} == {"編み物がしたい", "畑に行きたい"}


def test_what_climbs_in_the_moment_of_protection_does_not_stay_with_the_town(
    cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock had already chosen the coordinator when protection was set."""
    referral = story.sent()
    past = timezone.localdate() - timedelta(days=1)
    Referral.objects.filter(pk=referral.pk).update(due_on=past, climbed=promises.Climb.SUBSTITUTE)
    chosen, real = threading.Event(), promises._next_step

    def protect() -> None:
        slips.protect(referral.slip, by=story.miki)
        connection.close()

    protecting = threading.Thread(target=protect)

    def slow(row: promises.Promise) -> Any:
        step = real(row)
        if isinstance(row, Referral) and not chosen.is_set():
            chosen.set()
            protecting.start()
            protecting.join(1.5)  # it must wait for the row that climbs
        return step

    monkeypatch.setattr(promises, "_next_step", slow)
    promises.climb()
    protecting.join(30)
    referral.refresh_from_db()
    assert referral.slip.__class__.objects.get(pk=referral.slip_id).protected_at is not None
    assert referral.held_for == story.sender.pk
