"""What the commands tell others, in the form others read."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tsunagari import cli
from tsunagari.network import demo

pytestmark = pytest.mark.django_db


def test_demo_tells_how_each_of_the_cast_signs_in(cast: Cast, capsys: Any) -> None:
    assert cli.main(["demo", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert {one["role"] for one in content["accounts"]} == {
        "listener",
        "link_worker_town",
        "link_worker_second",
        "link_worker_library",
        "link_worker_member",
        "council_seat",
        "outsider",
        "editor",
    }
    for one in content["accounts"]:
        client = Client()
        answer = client.post("/accounts/login/", {"login": one["email"], "password": one["password"]})
        if one["totp_now"]:
            assert re.fullmatch(r"\d{6}", one["totp_now"])
            code = demo._digits_now(one["role"])  # of this moment: the machine may be slow
            answer = client.post("/accounts/keys/authenticate/", {"code": code})
        assert answer["Location"] == "/net/", one["role"]
    assert content["ids"]["organizations"]["npo-hidamari"] == str(cast.organization("npo-hidamari").pk)


def test_without_the_demo_town_there_is_nobody_to_tell_of(capsys: Any) -> None:
    assert cli.main(["demo", "--json"]) == 1


def test_routes_name_path_methods_rule_and_class(capsys: Any) -> None:
    assert cli.main(["routes", "--json"]) == 0
    rows = {row["path"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["/net/people/<uuid:pk>/departure/"] == {
        "path": "/net/people/<uuid:pk>/departure/",
        "name": "person_departure",
        "methods": ["POST"],
        "mark": "writes",
        "rule": "person.deactivate",
        "class": 1,
    }
    assert rows["/about/"]["class"] == 0


def test_outbox_tells_how_it_is_and_fails_when_a_human_must_look(capsys: Any) -> None:
    from django.utils import timezone

    from tsunagari.kernel.models import Delivery, Message

    assert cli.main(["outbox", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["waiting"] == 0
    message = Message.objects.create(event="a.b", at=timezone.now())
    Delivery.objects.create(message=message, channel="x", next_at=timezone.now(), gave_up_at=timezone.now())
    assert cli.main(["outbox"]) == 1
    assert "1 given up" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["import", "people", "x.csv"], ["import", "places", "no-such-file.csv"]])
def test_import_of_nonsense_changes_nothing_and_says_two(words: list[str], capsys: Any) -> None:
    assert cli.main(words) == 2
    assert capsys.readouterr().err


def test_export_writes_a_list(tmp_path: Path) -> None:
    assert cli.main(["export", "places", str(tmp_path / "places.csv")]) == 0
    assert (tmp_path / "places.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert cli.main(["export", "places", str(tmp_path / "places.doc")]) == 2


def test_an_unknown_command_is_two() -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["fly"])
    assert ended.value.code == 2
