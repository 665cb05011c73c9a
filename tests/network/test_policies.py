"""Cast × rule: who sees it, who may, to whom it does not exist."""

from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tsunagari.accounts import actions as accounts
from tsunagari.accounts.models import DutyTerm, Invitation
from tsunagari.kernel import access
from tsunagari.kernel.access import NotVisible

pytestmark = pytest.mark.django_db
PEOPLE = ("miki", "saeki", "oshio", "aga", "shirahama", "tonomura", "hanako")


def _answer(cast: Cast, name: str, rule: str, thing: Any) -> int:
    actor = cast.actor(name)
    try:
        row = access.fetch(actor, rule, pk=thing.pk)
    except NotVisible:
        return 404
    return 200 if access.may(actor, rule, row) else 403


# In the order of PEOPLE. The thing is always about somebody else: oshio's posting, saeki's account.
TABLE = {
    "person.read": (200, 200, 404, 404, 404, 404, 404),
    "person.invite": (403, 403, 404, 404, 404, 404, 404),
    "person.deactivate": (200, 403, 404, 404, 404, 404, 404),
    "person.give_duty": (200, 403, 404, 404, 404, 404, 404),
    "duty.read": (200, 200, 404, 404, 404, 404, 404),
    "duty.end": (200, 403, 404, 404, 404, 404, 404),
    "invitation.read": (200, 404, 404, 404, 404, 404, 404),
    "invitation.withdraw": (200, 404, 404, 404, 404, 404, 404),
    "invitation_link.accept": (200,) * 7,
    "member.read": (200, 200, 200, 200, 200, 404, 404),
    "member.post": (200, 403, 403, 403, 403, 404, 404),
    "posting.read": (200, 404, 200, 404, 404, 404, 404),
    "posting.end": (200, 404, 200, 404, 404, 404, 404),
    "posting.choose": (403, 404, 200, 404, 404, 404, 404),
}


@pytest.mark.parametrize("rule", TABLE)
def test_the_table_of_who_may(cast: Cast, rule: str) -> None:
    invitation = accounts.invite("x@example.jp", by=cast.actor("miki"))
    things: dict[str, Any] = {
        "person": cast.account("saeki"),
        "duty": DutyTerm.objects.get(account=cast.account("saeki")),
        "invitation": Invitation.objects.get(pk=invitation.pk),
        "invitation_link": Invitation.objects.get(pk=invitation.pk),
        "member": cast.members["npo-hidamari"],
        "posting": cast.account("oshio").postings.get(),
    }
    answers = tuple(_answer(cast, name, rule, things[rule.split(".")[0]]) for name in PEOPLE)
    assert dict(zip(PEOPLE, answers, strict=True)) == dict(zip(PEOPLE, TABLE[rule], strict=True))


def test_a_duty_of_yesterday_opens_nothing_today(cast: Cast) -> None:
    from datetime import timedelta

    DutyTerm.objects.filter(account=cast.account("miki")).update(
        since=timezone.localdate() - timedelta(9), until=timezone.localdate() - timedelta(1)
    )
    assert _answer(cast, "miki", "person.deactivate", cast.account("saeki")) == 404
