"""A host of the public zone has no door to the others."""

import json
from typing import Any

import pytest


@pytest.mark.slow
def test_the_public_zone_has_no_sign_in_and_no_staff_page(run: Any) -> None:
    rows = json.loads(run("routes", "--json", TSUNAGARI_ZONES="public").stdout)
    paths = {row["path"] for row in rows}
    assert "/find/" in paths
    assert not [path for path in paths if path.startswith(("/net/", "/accounts/"))]
    assert {row["mark"] for row in rows} <= {"public", "reads", "lists", "writes"}
    run("manage", "migrate", "--no-input")
    run("manage", "collectstatic", "--no-input")
    script = (
        "from django.test import Client; a = Client().get('/about/');"
        "print(a.status_code, b'/net/' in a.content, Client().get('/net/people/').status_code)"
    )
    answer = run("manage", "shell", "-v", "0", "-c", script, TSUNAGARI_ZONES="public")
    assert answer.stdout.split() == ["200", "False", "404"], answer.stderr[-800:]
