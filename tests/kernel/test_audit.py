"""The record holds: nobody edits it, nobody cuts it, nobody writes past it, and nothing private stands in it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tsunagari.kernel import append_only, audit
from tsunagari.kernel.access import PUBLIC, Actor
from tsunagari.kernel.audit import Verdict
from tsunagari.kernel.models import AppendOnly, AuditLine, Slot

SOMEBODY = Actor(account_id=uuid4())


def _write(number: int) -> None:
    for n in range(number):
        audit.record("entry.edited", by=SOMEBODY, fields=["name", "phone"], n=n)


def _by_hand(sql: str, *values: object) -> None:
    """What somebody with the owner's rights on the database can do."""
    append_only.unlock(connection, "kernel_auditline")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    append_only.lock(connection, "kernel_auditline")


@pytest.mark.django_db
def test_an_untouched_chain_is_ok_and_says_how_long_it_is() -> None:
    _write(5)
    finding = audit.verify(audit.checkpoint())
    assert finding.verdict is Verdict.OK
    assert finding.sentence.startswith("5 lines")


@pytest.mark.django_db
@pytest.mark.parametrize("column,value", [("event", "x.y"), ("about_id", "1"), ("at", "2020-01-01 00:00:00+00:00")])
def test_an_edited_line_is_found(column: str, value: str) -> None:
    _write(5)
    signed = audit.checkpoint()
    _by_hand(f"UPDATE kernel_auditline SET {column} = %s WHERE seq = 3", value)
    assert audit.verify(signed).verdict is Verdict.EDITED


@pytest.mark.django_db
def test_a_line_taken_out_of_the_middle_is_found() -> None:
    _write(5)
    _by_hand("DELETE FROM kernel_auditline WHERE seq = 2")
    assert audit.verify().verdict is Verdict.EDITED


@pytest.mark.django_db
@pytest.mark.parametrize("left", range(10))
def test_a_cut_tail_is_found_by_the_checkpoint(left: int) -> None:
    _write(10)
    signed = audit.checkpoint()
    _by_hand("DELETE FROM kernel_auditline WHERE seq > %s", left)
    assert audit.verify(signed).verdict is Verdict.TRUNCATED


@pytest.mark.django_db
def test_a_rewritten_tail_does_not_pass_for_the_signed_one() -> None:
    _write(5)
    signed = audit.checkpoint()
    _by_hand("DELETE FROM kernel_auditline WHERE seq > 2")
    _write(5)
    assert audit.verify().verdict is Verdict.EDITED
    assert audit.verify(signed).verdict is Verdict.EDITED


@pytest.mark.django_db
def test_a_checkpoint_somebody_else_signed_is_refused() -> None:
    _write(2)
    path = audit.checkpoint()
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "count": 1}))
    assert audit.verify(path).verdict is Verdict.EDITED


@pytest.mark.django_db
def test_an_old_checkpoint_is_called_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    _write(2)
    with monkeypatch.context() as earlier:
        long_ago = timezone.now() - timedelta(days=9)
        earlier.setattr("tsunagari.kernel.audit.timezone.now", lambda: long_ago)
        path = audit.checkpoint()
    assert audit.verify(path).verdict is Verdict.STALE


@pytest.mark.django_db
def test_a_chain_nobody_ever_signed_is_called_stale() -> None:
    _write(1)
    assert audit.verify().verdict is Verdict.STALE


@pytest.mark.django_db
def test_a_broken_checkpoint_file_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("[]")
    assert audit.verify(tmp_path / "c.json").verdict is Verdict.EDITED


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE kernel_auditline SET event = 'x'", "DELETE FROM kernel_auditline"])
def test_the_database_itself_refuses_to_change_a_line(sql: str) -> None:
    _write(1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditLine.objects.count() == 1


@pytest.mark.django_db
def test_a_line_cannot_be_saved_again_or_deleted_in_python() -> None:
    line = audit.record("entry.edited", by=SOMEBODY)
    with pytest.raises(AppendOnly):
        line.save()
    with pytest.raises(AppendOnly):
        line.delete()


@pytest.mark.django_db
@pytest.mark.parametrize("slip", ["佐伯 花子", "hanako@example.jp", "I feel alone", object(), {"a": 1}, "x" * 65])
def test_a_name_or_a_text_never_gets_into_the_record(slip: object) -> None:
    with pytest.raises(ValueError, match="ids and field names only"):
        audit.record("entry.edited", by=SOMEBODY, note=slip)


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_line_and_a_line_that_fails_leaves_no_act() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("entry.edited", by=SOMEBODY)
        raise ZeroDivisionError
    assert not AuditLine.objects.exists()
    with pytest.raises(ValueError, match="ids and field names"), transaction.atomic():
        Slot.objects.create(name="act", next_at=timezone.now())
        audit.record("entry.edited", by=SOMEBODY, note="ひらがな")
    assert not Slot.objects.exists()


@pytest.mark.django_db
def test_a_look_that_cannot_be_written_down_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(AuditLine, "save", full)
    with pytest.raises(audit.Unavailable):
        audit.record_reading("case.read", by=SOMEBODY, about=Slot(name="x"))


@pytest.mark.django_db
def test_the_person_concerned_can_see_who_looked() -> None:
    slot = Slot(name="x")
    audit.record_reading("case.read", by=SOMEBODY, about=slot)
    audit.record("case.closed", by=PUBLIC, about=slot)
    audit.record("case.closed", by=PUBLIC, about=Slot(name="y"))
    assert [(line.event, line.actor_id) for line in audit.lines_about(slot)] == [
        ("case.read", SOMEBODY.account_id),
        ("case.closed", None),
    ]


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_make_one_unbroken_chain() -> None:
    def writer(_: int) -> None:
        for _n in range(10):
            with transaction.atomic():
                audit.record("entry.edited", by=SOMEBODY)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writer, range(8)))
    finding = audit.verify(audit.checkpoint())
    assert (finding.verdict, AuditLine.objects.count()) == (Verdict.OK, 80)
