"""The id of another's row, put where one's own belongs: nothing happens to it, and nothing is told about it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.directory.models import Organization, Service
from tsunagari.referrals.actions import answering, slips
from tsunagari.referrals.models import FollowUp, Referral, Slip, Switch

pytestmark = pytest.mark.django_db


def _as_it_stands() -> list[Any]:
    tables: tuple[Any, ...] = (Slip, Referral, Switch, FollowUp)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_a_receipt_opens_nothing_of_another_one_s_contact(story: Story) -> None:
    mine, hers = story.slip(), story.came()
    FollowUp.objects.update(on=timezone.localdate())
    code = slips.receipt_of(mine.idempotency_key)
    before, client = _as_it_stands(), Client()
    switch = Switch.objects.filter(slip=hers.slip).first()
    for path, data in (
        ("switches/withdrawal/", {"switch": str(switch and switch.pk)}),
        ("switches/withdrawal/", {"recipient": str(hers.receiver_id)}),
        ("referrals/withdrawal/", {"referral": str(hers.pk)}),
        ("answers/", {"question": str(FollowUp.objects.earliest("months").pk), "answer": "stopped"}),
        ("consent/", {"recipient": str(hers.receiver_id), "asked": ["name:arrange"], "yes": ["name:arrange"]}),
        ("consent/", {"recipient": "' OR 1=1 --", "asked": ["name:arrange"]}),
    ):
        answer = client.post(f"/receipt/{path}", {"code": code, **data})
        assert answer.status_code == 200, path
        assert story.receiver.name not in answer.content.decode(), path
    assert _as_it_stands() == before
    assert not client.cookies


def test_a_link_s_cookie_opens_no_other_link(story: Story) -> None:
    story.receiver = Organization.objects.create(name="手芸の会（架空）", uri="https://example.jp/id/knitting")
    links = [answering.make_link(story.asked(), by=story.miki) for _ in range(2)]
    mine, hers = (f"/link/{answering.token_of(one)}/" for one in links)
    client, other = Client(), Client()
    client.post(f"{mine}opening/", {"key": "m" * 32})
    other.post(f"{hers}opening/", {"key": "h" * 32})
    before = _as_it_stands()
    gone = client.get("/link/guessed/")
    for path in (hers, f"{hers}answers/"):
        # Attack: the cookie of one link sent along, by hand, to another.
        stolen = Client()
        for name, morsel in client.cookies.items():
            stolen.cookies[name] = morsel.value
        answer = stolen.get(path) if path == hers else stolen.post(path, {"said": "room", "room": "has_room"})
        assert (answer.status_code, answer.content) == (404, gone.content)
        assert answer.headers["Cache-Control"] == "no-store"
    assert _as_it_stands() == before
    for morsel in client.cookies.values():
        assert morsel["httponly"]
        assert morsel["path"].endswith(mine)


def test_looking_does_not_use_a_link_up(story: Story) -> None:
    story.receiver = Organization.objects.create(name="手芸の会（架空）", uri="https://example.jp/id/knitting")
    path = f"/link/{answering.token_of(answering.make_link(story.asked(), by=story.miki))}/"
    scanner, client = Client(), Client()
    for _ in range(2):
        assert scanner.head(path).status_code == 200
        assert scanner.get(path, headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert scanner.get(f"{path}opening/").status_code == 405
    assert client.post(f"{path}opening/", {"key": "k" * 32}).status_code == 200


def test_ids_of_others_in_a_form_are_refused_like_nonsense(cast: Cast, story: Story) -> None:
    slip, client = story.slip(), cast.client("miki")
    elsewhere = Service.objects.create(
        organization=cast.organization("minsei"), kind="place", name="縁台（架空）",
        confirmed_at=timezone.now(), confirmed_by=story.miki.who,
    )  # fmt: skip
    gone = Organization.objects.create(
        name="もうない会（架空）", uri="https://example.jp/id/gone", withdrawn_at=timezone.now() - dt.timedelta(days=1)
    )
    path = f"/net/slips/{slip.pk}/referrals/"
    receiver = str(story.receiver.pk)
    nonsense = client.post(path, {"receiver": "nonsense"}).status_code
    assert nonsense in (404, 422)
    assert client.post(path, {"receiver": receiver, "service": str(elsewhere.pk)}).status_code == nonsense
    assert client.post(path, {"receiver": str(gone.pk)}).status_code == nonsense
    assert not Referral.objects.exists()
    outsider = str(cast.account("tonomura").pk)
    assert client.post(f"/net/contacts/{slip.pk}/handover/", {"to": outsider}).status_code == 422
    hidden = slips.protect(story.slip(), by=story.miki)
    assert client.post(f"/net/slips/{hidden.pk}/unprotectings/", {"to": outsider}).status_code == 422
    assert client.post(f"/net/slips/{hidden.pk}/unprotectings/", {"to": str(story.miki.who)}).status_code == 422
    data = {"sender": receiver, "key": "foreign-sender-key-1", "wish": "話したい", "name": "花子（架空）"}
    client.post("/net/slips/additions/", data | {"asker": "self", "age_band": "senior", "daypart": "any"})
    assert not Slip.objects.filter(sender=story.receiver).exists()
