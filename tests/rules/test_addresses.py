"""Every address wears a mark and names a rule."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tsunagari.kernel import access, registers
from tsunagari.kernel.pages import public
from tsunagari.kernel.registers import Route

NAMES_A_RULE = ("lists", "reads", "writes")


def unmarked(routes: list[Route]) -> list[str]:
    """Addresses without a mark, with a rule that does not exist, or with the library's mark outside its place."""
    known = {rule.name for rule in access.all_rules()}
    wrong = [route.path for route in routes if not route.mark]
    wrong += [
        f"{route.path}: {route.rule}" for route in routes if route.mark in NAMES_A_RULE and route.rule not in known
    ]
    wrong += [route.path for route in routes if route.mark == "sign_in" and not route.path.startswith("/accounts/")]
    return wrong


def test_every_address_wears_a_mark_and_names_a_rule() -> None:
    assert unmarked(registers.routes()) == []


def test_an_address_without_a_mark_would_be_found(settings: object) -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    planted = [path("bare/", bare), path("good/", public(bare))]
    routes = [
        Route(f"/{one.pattern}", "", "GET", getattr(one.callback, "tsunagari_mark", ""), "", 0) for one in planted
    ]
    assert unmarked(routes) == ["/bare/"]
    assert unmarked([Route("/x/", "", "POST", "writes", "case.clsoe", 1)]) == ["/x/: case.clsoe"]
    assert unmarked([Route("/net/login/", "", "GET", "sign_in", "", 1)]) == ["/net/login/"]


def test_a_rule_nobody_wrote_opens_nothing() -> None:
    with pytest.raises(KeyError):
        access.visible(access.PUBLIC, "case.clsoe")


def test_an_address_may_be_read_or_acted_on_but_not_both() -> None:
    seen: dict[str, str] = {}
    for route in registers.routes():
        if route.mark in ("writes",):
            assert route.methods == "POST", route.path
        seen.setdefault(route.name, route.path)
    assert len(seen) > 20
