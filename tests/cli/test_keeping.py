"""Record, copies and deletion from the command line, with the exit codes others rely on."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.cast import Cast
from tsunagari import cli
from tsunagari.kernel import append_only, audit
from tsunagari.kernel.access import PUBLIC


@pytest.mark.django_db
def test_the_exit_codes_of_audit_verify(capsys: Any) -> None:
    for _ in range(4):
        audit.record("entry.edited", by=PUBLIC)
    assert cli.main(["audit", "verify"]) == 4
    assert cli.main(["audit", "checkpoint"]) == 0
    signed = capsys.readouterr().out.split()[-1]
    assert cli.main(["audit", "verify", "--checkpoint", signed]) == 0
    append_only.unlock(connection, "kernel_auditline")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_auditline WHERE seq = 4")
        assert cli.main(["audit", "verify", "--checkpoint", signed]) == 3
        cursor.execute("UPDATE kernel_auditline SET event = 'x' WHERE seq = 2")
        assert cli.main(["audit", "verify", "--checkpoint", signed]) == 2
    append_only.lock(connection, "kernel_auditline")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", ""])
def test_purge_wants_a_day(day: str) -> None:
    assert cli.main(["purge", "--as-of", day]) == 2


@pytest.mark.django_db
def test_purge_only_counts_until_it_is_told_yes(cast: Cast, capsys: Any) -> None:
    from tsunagari.accounts import actions
    from tsunagari.accounts.models import Invitation

    actions.invite("x@example.jp", by=cast.actor("miki"))
    assert cli.main(["purge", "--as-of", "2040-01-01"]) == 0
    assert Invitation.objects.count() == 1
    assert "1\tinvitations" in capsys.readouterr().out
    assert cli.main(["purge", "--as-of", "2040-01-01", "--yes"]) == 0
    assert Invitation.objects.count() == 0


def _invited(database: Path) -> int:
    with sqlite3.connect(database) as opened:
        count: int = opened.execute("SELECT count(*) FROM accounts_invitation").fetchone()[0]
    opened.close()
    return count


@pytest.mark.slow
def test_the_restore_drill_on_sqlite(run: Any, tmp_path: Path) -> None:
    copy, database = tmp_path / "copy", tmp_path / "data" / "tsunagari.sqlite3"
    assert run("manage", "migrate", "--no-input").returncode == 0
    assert run("manage", "invite", "one@example.jp").returncode == 0
    (tmp_path / "data" / "files").mkdir()
    (tmp_path / "data" / "files" / "a.txt").write_text("あ")
    run("audit", "checkpoint")
    assert run("backup", str(copy)).returncode == 0
    assert run("backup", str(copy)).returncode == 2, "never over another one"
    assert run("manage", "invite", "two@example.jp").returncode == 0
    (tmp_path / "data" / "files" / "a.txt").unlink()
    assert _invited(database) == 2
    answer = run("restore", str(copy))
    assert answer.returncode == 0, answer.stderr
    assert "audit ok" in answer.stdout
    assert _invited(database) == 1
    assert (tmp_path / "data" / "files" / "a.txt").read_text() == "あ"
    assert not list(copy.rglob("*key*")), "keys do not travel with the data"


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ["flip", "cut", "gone", "other"])
def test_a_broken_copy_changes_nothing(run: Any, tmp_path: Path, spoil: str) -> None:
    copy, database = tmp_path / "copy", tmp_path / "data" / "tsunagari.sqlite3"
    run("manage", "migrate", "--no-input")
    run("backup", str(copy))
    run("manage", "invite", "two@example.jp")
    kept = copy / "database.sqlite3"
    manifest = json.loads((copy / "manifest.json").read_text())
    if spoil == "flip":
        data = bytearray(kept.read_bytes())
        data[5000] ^= 1
        kept.write_bytes(data)
    elif spoil == "cut":
        kept.write_bytes(kept.read_bytes()[:-100])
    elif spoil == "gone":
        (copy / "manifest.json").unlink()
    else:
        (copy / "manifest.json").write_text(json.dumps({**manifest, "database": "postgresql"}))
    assert run("restore", str(copy)).returncode == 2
    assert _invited(database) == 1


@pytest.mark.slow
@pytest.mark.skipif("TEST_POSTGRES_URL" not in os.environ, reason="no PostgreSQL here")
def test_the_restore_drill_on_postgresql(run: Any, tmp_path: Path) -> None:
    import psycopg

    place = urlsplit(os.environ["TEST_POSTGRES_URL"])
    name = f"drill{os.getpid()}"
    with psycopg.connect(place.geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    url = place._replace(path=f"/{name}").geturl()

    def invited() -> int:
        with psycopg.connect(url) as opened:
            row = opened.execute("SELECT count(*) FROM accounts_invitation").fetchone()
        assert row
        return int(row[0])

    assert run("manage", "migrate", "--no-input", DATABASE_URL=url).returncode == 0
    run("manage", "invite", "one@example.jp", DATABASE_URL=url)
    run("audit", "checkpoint", DATABASE_URL=url)
    assert run("backup", str(tmp_path / "copy"), DATABASE_URL=url).returncode == 0
    run("manage", "invite", "two@example.jp", DATABASE_URL=url)
    assert invited() == 2
    answer = run("restore", str(tmp_path / "copy"), DATABASE_URL=url)
    assert answer.returncode == 0, answer.stderr
    assert "audit ok" in answer.stdout
    assert invited() == 1


def test_the_command_is_a_module_too() -> None:
    answer = subprocess.run([sys.executable, "-m", "tsunagari", "--help"], capture_output=True, text=True, check=True)
    for word in ("up", "web", "hub", "worker", "demo", "import", "export", "routes", "audit", "backup", "restore"):
        assert f"    {word} " in answer.stdout
