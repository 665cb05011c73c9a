"""Cast × rule: who sees it, who may, to whom it does not exist."""

from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tsunagari.accounts import actions as accounts
from tsunagari.accounts.models import DutyTerm, Invitation
from tsunagari.kernel import access
from tsunagari.kernel.access import NotVisible
from tsunagari.network.models import Application, Criterion, Terms

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
    "member.take_in": (200, 403, 403, 403, 403, 404, 404),
    "member.change": (200, 403, 200, 403, 403, 404, 404),
    "member.leave": (200, 403, 403, 403, 403, 404, 404),
    "member.come_back": (403, 403, 403, 403, 403, 404, 404),  # it takes part: nothing to come back to
    "terms.accept": (200,) * 7,
    "terms.publish": (200, 404, 404, 404, 404, 404, 404),
    "criterion.edit": (200, 404, 404, 404, 404, 404, 404),
    "application.read": (200, 404, 404, 404, 404, 404, 404),
    "application.ask": (200, 404, 404, 404, 404, 404, 404),
    "application.admit": (200, 404, 404, 404, 404, 404, 404),
    "application.refuse": (200, 404, 404, 404, 404, 404, 404),
    "application_link.read": (200,) * 7,
    "application_link.reply": (403,) * 7,  # nothing was asked
    "posting.name_substitute": (200, 404, 200, 404, 404, 404, 404),
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
        "terms": Terms.objects.get(),
        "criterion": Criterion.objects.first(),
        "application": Application.objects.first(),
        "application_link": Application.objects.first(),
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
