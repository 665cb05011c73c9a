"""The one door: what is hidden looks absent, what is seen is not yet allowed, what is confidential leaves a line."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tsunagari.kernel import access, registers
from tsunagari.kernel.access import PUBLIC, Actor, Forbidden, NotVisible, WritesInReading
from tsunagari.kernel.models import AuditLine, Slot

pytestmark = pytest.mark.django_db


@cache
def _rules_of_the_rooms() -> dict[str, access.Rule]:
    """The rules that the module of the rooms writes when it is first imported."""
    before = set(access._register.rules)
    from tests.kernel import rooms

    assert rooms.urlpatterns
    return {name: rule for name, rule in access._register.rules.items() if name not in before}


@pytest.fixture(autouse=True)
def _rooms(settings: Any) -> Iterator[None]:
    """Three rooms, their pages, and their rules, which no other test meets."""
    rules = _rules_of_the_rooms()
    access._register.rules.update(rules)
    settings.ROOT_URLCONF = "tests.kernel.rooms"
    for name in ("open", "shut", "secret"):
        Slot.objects.create(name=name, next_at=timezone.now())
    yield
    for name in rules:
        access._register.rules.pop(name, None)


def test_a_list_shows_what_may_be_seen(cast: Cast) -> None:
    assert cast.client("tonomura").get("/rooms/").content == b"open,shut"


def test_seen_and_allowed_seen_and_refused_hidden_and_absent(cast: Cast) -> None:
    client = cast.client("tonomura")
    answers = {name: client.get(f"/rooms/{name}/").status_code for name in ("open", "shut", "secret", "none")}
    assert answers == {"open": 200, "shut": 403, "secret": 404, "none": 404}


def test_hidden_and_absent_are_the_same_byte_for_byte(cast: Cast) -> None:
    client = cast.client("tonomura")
    hidden, absent = client.get("/rooms/secret/"), client.get("/rooms/sekret/")
    nowhere = client.get("/nowhere/at/all/")
    assert hidden.content == absent.content == nowhere.content
    assert hidden.headers == absent.headers
    posted = client.post("/rooms/secret/entry/"), client.post("/rooms/sekret/entry/")
    assert posted[0].content == posted[1].content == hidden.content


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    for path in ("/rooms/", "/rooms/open/", "/rooms/secret/"):
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    assert client.post("/rooms/open/entry/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_link_never_writes(cast: Cast) -> None:
    client = cast.client("tonomura")
    assert client.get("/rooms/open/entry/").status_code == 405
    for path in ("/rooms/open/careless/", "/careless/"):
        with pytest.raises(WritesInReading):
            client.get(path)
    assert not Slot.objects.filter(name="written").exists()
    assert client.post("/rooms/open/entry/").content == b"written"


def test_a_public_page_takes_no_post_and_leaves_no_cookie(client: Client) -> None:
    assert client.post("/hall/").status_code == 405
    assert not client.get("/hall/").cookies


def test_a_form_of_another_site_is_refused(cast: Cast) -> None:
    visitor, signed_in = Client(enforce_csrf_checks=True), cast.client("tonomura")
    signed_in.handler.enforce_csrf_checks = True
    assert signed_in.post("/rooms/open/entry/").status_code == 403
    for headers, status in (
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Referer": "https://evil.example/page"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ):
        assert visitor.post("/bell/open/", headers=headers).status_code == status


def test_a_confidential_look_is_written_down_before_anything_leaves(cast: Cast) -> None:
    client = cast.client("tonomura")
    client.get("/diaries/open/")
    client.get("/diaries/")
    lines = AuditLine.objects.filter(event="diary.read").order_by("seq")
    assert [(line.actor_id, line.about_id) for line in lines] == [
        (cast.account("tonomura").pk, "open"),
        (cast.account("tonomura").pk, ""),
    ]


@pytest.mark.parametrize("path", ["/diaries/open/", "/diaries/"])
def test_a_look_that_cannot_be_written_down_gets_nothing(cast: Cast, path: str, monkeypatch: Any) -> None:
    client = cast.client("tonomura")

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("no room")

    monkeypatch.setattr(AuditLine, "save", full)
    answer = client.get(path)
    assert answer.status_code == 503
    assert b"open" not in answer.content.split(b"<main")[-1][:60]


def test_an_unwritten_rule_raises_everywhere() -> None:
    thing = Slot.objects.get(name="open")
    for ask in (
        lambda: access.visible(PUBLIC, "room.aedit"),
        lambda: access.fetch(PUBLIC, "room.aedit", pk="open"),
        lambda: access.require(PUBLIC, "room.aedit", thing),
        lambda: access.Can(PUBLIC, "room", thing).aedit,
    ):
        with pytest.raises(KeyError):
            ask()


def test_require_refuses_what_fetch_hides(cast: Cast) -> None:
    actor = cast.actor("tonomura")
    with pytest.raises(NotVisible):
        access.fetch(actor, "room.enter", pk="secret")
    with pytest.raises(Forbidden):
        access.require(actor, "room.enter", Slot.objects.get(name="secret"))
    access.require(actor, "room.enter", Slot.objects.get(name="open"))


def test_a_rule_over_another_table_is_a_mistake_not_an_answer(cast: Cast) -> None:
    with pytest.raises(TypeError):
        access.may(cast.actor("tonomura"), "room.enter", cast.account("tonomura"))


def test_templates_ask_the_same_rules(cast: Cast) -> None:
    can = access.Can(cast.actor("tonomura"), "room", Slot.objects.get(name="shut"))
    assert (can.read, can.enter) == (True, False)
    assert dict(can) == {"read": True, "enter": False}


def test_a_rule_is_written_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        access.rule("room.read", Slot)(lambda actor: access.EVERYBODY)


def test_nobody_acts_without_a_name() -> None:
    with pytest.raises(Forbidden):
        assert PUBLIC.who
    assert not Actor().signed_in


def test_the_register_shows_class_two_where_a_line_is_written() -> None:
    levels = {route.path: route.level for route in registers.routes()}
    assert (levels["/diaries/"], levels["/rooms/"], levels["/hall/"], levels["/bell/<str:pk>/"]) == (2, 1, 0, 0)
