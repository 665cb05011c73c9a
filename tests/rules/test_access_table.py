"""The access table: everybody of the cast × every address × every method, generated from the URLconf.

What the rule says is what the page does: absent for whom the row is hidden, refused for whom it may only be seen.
And what is hidden cannot be told from what is absent, neither by its bytes nor by the time it takes.
"""

import os
import re
import statistics
import time
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import NAMES, Cast
from tests.world import World
from tsunagari.kernel import access, registers
from tsunagari.kernel.registers import Route

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = ("hanako", *NAMES)
METHODS = ("get", "head", "post", "put", "patch", "delete")
WITH_A_ROW = [r for r in registers.routes() if r.rule and re.search(r"<\w+:pk>", r.path) and r.path.count("<") == 1]
WITHOUT = [r for r in registers.routes() if r.mark in ("lists", "writes") and "<" not in r.path and "(" not in r.path]
TRIES = 500 if os.environ.get("PROVE") else 60


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


class _Undo(Exception):
    """Takes back what a request did, so that the next one meets the same world."""


def _ask(client: Client, method: str, path: str) -> Any:
    answers = []
    try:
        with transaction.atomic():
            answers.append(getattr(client, method)(path))
            raise _Undo
    except _Undo:
        return answers[0]


def _address(route: Route, key: object) -> str:
    return re.sub(r"<\w+:pk>", str(key), route.path)


def _absent_key(key: object) -> object:
    return uuid.uuid4() if isinstance(key, uuid.UUID) else 987654321


def _expected(route: Route, actor: access.Actor, row: Any) -> set[int]:
    rule = access.rule_named(route.rule)
    if not actor.signed_in and not rule.anonymous:
        return {302}
    reading = f"{rule.noun}.read"
    known = {one.name: one for one in access.all_rules()}
    seeing = reading if reading in known and known[reading].model is rule.model else rule.name
    if not access.may(actor, seeing, row):
        return {404}
    if not access.may(actor, rule.name, row) and not (route.mark == "writes" and access.already(rule.name, row)):
        return {403}
    return {200, 302, 400, 409, 422}


def _allowed(route: Route, method: str) -> bool:
    return method in {"get": ("get", "head"), "post": ("post",)}["post" if route.mark == "writes" else "get"]


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_gets_what_the_rule_says(cast: Cast, world: World, name: str) -> None:
    client, actor, wrong = cast.client(name), cast.actor(name), []
    for route in WITH_A_ROW:
        row = world.row(access.rule_named(route.rule).model)
        expected = _expected(route, actor, row)
        for method in METHODS:
            status = _ask(client, method, _address(route, row.pk)).status_code
            right = expected if _allowed(route, method) else {405}
            if status not in right:
                wrong.append(f"{name} {method} {route.path} ({route.rule}): {status}, not {sorted(right)}")
    assert wrong == []


@pytest.mark.parametrize("name", PEOPLE)
def test_without_a_row_the_parent_is_asked(cast: Cast, world: World, name: str) -> None:
    """Whom the rule allows nothing at all gets no further than a list without rows, and writes nothing."""
    client, actor, wrong = cast.client(name), cast.actor(name), []
    for route in WITHOUT:
        rule = access.rule_named(route.rule)
        nothing = not access.visible(actor, route.rule).exists() and rule.allows(actor) == access.NOBODY
        for method in METHODS:
            status = _ask(client, method, route.path).status_code
            if not _allowed(route, method):
                right = {405}
            elif not actor.signed_in and not rule.anonymous:
                right = {302}
            elif nothing and route.mark == "writes":
                right = {403, 404, 422}
            else:
                right = {200, 302, 400, 403, 404, 409, 422}
            if status not in right:
                wrong.append(f"{name} {method} {route.path} ({route.rule}): {status}, not {sorted(right)}")
    assert wrong == []


def test_what_is_hidden_cannot_be_told_from_what_is_absent(cast: Cast, world: World) -> None:
    """Attack: somebody tries ids she read in an old mail, and looks whether the answer differs by a byte."""
    different = []
    for name in PEOPLE:
        client, actor = cast.client(name), cast.actor(name)
        for route in WITH_A_ROW:
            row = world.row(access.rule_named(route.rule).model)
            if _expected(route, actor, row) != {404}:
                continue
            method = "post" if route.mark == "writes" else "get"
            hidden = _ask(client, method, _address(route, row.pk))
            absent = _ask(client, method, _address(route, _absent_key(row.pk)))
            if (hidden.content, dict(hidden.headers)) != (absent.content, dict(absent.headers)):
                different.append(f"{name} {route.path}")
    assert different == []


TIMED = ("slip.read", "referral.open", "referral.accept", "wipe.answer", "person.read")


@pytest.mark.parametrize("rule", TIMED)
def test_what_is_hidden_takes_as_long_as_what_is_absent(cast: Cast, world: World, rule: str) -> None:
    """Medians over many tries in turn, by the clock of this process: within 5 ms of each other."""
    route = next((one for one in WITH_A_ROW if one.rule == rule), None)
    if route is None:
        pytest.skip(f"no page wears {rule} with a key")
    client, row = cast.client("tonomura"), world.row(access.rule_named(rule).model)
    method = "post" if route.mark == "writes" else "get"
    took: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * TRIES):
        hidden = bool(turn % 2)
        path = _address(route, row.pk if hidden else _absent_key(row.pk))
        begun = time.process_time()
        status = getattr(client, method)(path).status_code
        took[hidden].append(time.process_time() - begun)
        assert status == 404
    assert abs(statistics.median(took[True]) - statistics.median(took[False])) <= 0.005


def test_every_row_that_an_address_names_has_its_place_in_the_world(cast: Cast, world: World) -> None:
    for route in WITH_A_ROW:
        assert world.row(access.rule_named(route.rule).model).pk
    assert len(WITH_A_ROW) > 30
