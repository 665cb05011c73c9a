"""The door in the database hides no row that somebody must count or hold, and opens nothing that the code opens not."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import WORDS, Story
from tsunagari.accounts.models import DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.kernel import rows
from tsunagari.referrals.actions import answering, holding, referring, slips
from tsunagari.referrals.models import Referral, Slip
from tsunagari.referrals.terms import Item, Reason

pytestmark = pytest.mark.django_db


def test_a_receiver_s_step_sets_the_contact_behind_the_other_place_too(cast: Cast, story: Story) -> None:
    """One receiver's request sees its own referral only; the other one's later date still counts."""
    first = story.asked()
    other = referring.draft(first.slip, cast.organization("minsei"), by=story.miki)
    far = timezone.localdate() + dt.timedelta(days=90)
    Referral.objects.filter(pk=other.pk).update(due_on=far, promised_on=far)
    with rows.seen_by(story.carer):
        referring.decline(first, reason=Reason.NO_ROOM, by=story.carer)
    assert (Slip.objects.get(pk=first.slip_id).due_on or far) > far


def _secretary(cast: Cast) -> None:
    """Aga keeps the secretariat and is posted nowhere that has to do with it."""
    since = timezone.localdate()
    DutyTerm.objects.create(
        account=cast.account("aga"),
        duty=Duty.SECRETARIAT,
        since=since,
        given_at=timezone.now(),
        given_by=cast.actor("miki").who,
    )


@pytest.mark.parametrize("protected", [False, True])
def test_what_fell_to_the_secretariat_opens_and_can_be_handed_on(cast: Cast, story: Story, protected: bool) -> None:
    _secretary(cast)
    referral = story.sent()
    if protected:
        slips.protect(referral.slip, by=story.miki)
    Referral.objects.filter(pk=referral.pk).update(holder=cast.account("aga"), held_for=None)
    Slip.objects.filter(pk=referral.slip_id).update(holder=cast.account("aga"), held_for=None)
    client = cast.client("aga")
    assert str(referral.pk) in client.get("/net/").content.decode()
    page = client.get(f"/net/referrals/{referral.pk}/")
    assert page.status_code == 200
    assert not [words for words in WORDS.values() if words in page.content.decode()]
    to = f"{cast.account('saeki').pk}:{story.sender.pk}"
    assert client.post(f"/net/referrals/{referral.pk}/handover/", {"to": to}).status_code == 302
    assert client.get(f"/net/contacts/{referral.slip_id}/").status_code == 200
    saeki = str(cast.account("saeki").pk)
    assert client.post(f"/net/contacts/{referral.slip_id}/handover/", {"to": saeki}).status_code == 302
    for row in (referral, referral.slip):
        row.refresh_from_db()
        assert (row.holder_id, row.held_for) == (cast.account("saeki").pk, story.sender.pk)


def test_a_code_opens_in_a_browser_in_which_an_outsider_is_signed_in(cast: Cast, story: Story) -> None:
    referral = story.sent()
    client = cast.client("tonomura")
    code = slips.receipt_of(referral.slip.idempotency_key)
    page = client.post("/receipt/page/", {"code": code})
    assert page.status_code == 200
    assert story.receiver.name in page.content.decode()
    Referral.objects.filter(pk=referral.pk).update(cared_by=None)
    link = answering.make_link(referral, by=story.miki)
    path = f"/link/{answering.token_of(link)}/"
    assert client.get(path).status_code == 200
    opened = client.post(f"{path}opening/", {"key": "k" * 32})
    assert opened.status_code == 200
    assert WORDS[Item.WISH] in opened.content.decode()


def test_a_colleague_gone_between_two_clicks_is_said_gently(
    cast: Cast, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list was drawn while she was posted; a moment later she is not."""

    def gone(*_args: object, **_more: object) -> None:
        raise holding.NotYet("not_posted")

    referral = story.asked()
    monkeypatch.setattr(holding, "give", gone)
    monkeypatch.setattr(slips, "give", gone)
    to = cast.account("saeki").pk
    client = cast.client("miki")
    path = f"/net/referrals/{referral.pk}/handover/"
    assert client.post(path, {"to": f"{to}:{story.sender.pk}"}).status_code == 422
    assert client.post(f"/net/contacts/{referral.slip_id}/handover/", {"to": str(to)}).status_code == 422
