"""An entry that its list still names stays fresh; one that the list dropped fades."""

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import now

from tests.directory.importing.test_packages import SERVICE, package, rows  # noqa: F401
from tsunagari.directory import finder
from tsunagari.directory.exporting.command import export_file
from tsunagari.directory.finder import snapshot
from tsunagari.directory.importing.command import import_file
from tsunagari.directory.models import FinderEntry, ImportBatch, Keeper, Report, Service
from tsunagari.kernel.models import AuditLine

pytestmark = pytest.mark.django_db
HEADER = "NO,名称,住所,電話番号,説明\n"
FIRST = "1,網干会館,姫路市網干区浜田1,079-000-0001,囲碁ができます\n"
SECOND = "2,飾磨会館,姫路市飾磨区恵美酒14,079-000-0002,畑があります\n"
Take = Callable[..., int]


def age(days: int = 100) -> None:
    """Nobody confirmed anything for so long."""
    from tsunagari.directory import publishing

    Service.objects.update(confirmed_at=now() - dt.timedelta(days=days))
    publishing.refresh_all()


def fresh() -> set[str]:
    """Names of the entries that were confirmed lately, by the table; the finder must say the same."""
    said = {one.name for one in Service.objects.all() if (now() - one.confirmed_at).days < 1}
    entries = {entry.service.name: entry.columns for entry in FinderEntry.objects.select_related("service")}
    lately = now().timestamp() - 86400
    assert {name for name, columns in entries.items() if columns["fresh"] > lately} == said
    for columns in entries.values():
        assert columns["until"] - columns["fresh"] == 180 * 86400
    return said


def test_an_unchanged_list_confirms_what_it_still_names(taken: Take) -> None:
    taken(HEADER + FIRST + SECOND)
    age()
    before = list(Service.objects.order_by("pk").values_list("version", "last_modified"))
    assert fresh() == set()
    taken(HEADER + FIRST)
    assert fresh() == {"網干会館"}, "what is gone from the list is not confirmed"
    batch = ImportBatch.objects.latest("imported_at")
    assert batch.counts["confirmed"] == 1
    assert Service.objects.get(name="網干会館").confirmed_at == batch.imported_at
    assert list(Service.objects.order_by("pk").values_list("version", "last_modified")) == before
    assert AuditLine.objects.filter(event="list.taken_in").latest("seq").ids["confirmed"] == 1


def test_the_finder_hears_of_it_at_once_and_loses_nothing(taken: Take) -> None:
    taken(HEADER + FIRST)
    age(200)
    snapshot.forget()
    old = dict(FinderEntry.objects.get().columns)
    assert snapshot_names("囲碁") == []
    taken(HEADER + FIRST)
    assert snapshot_names("囲碁") == ["網干会館"]
    new = FinderEntry.objects.get().columns
    assert {k: v for k, v in new.items() if k not in ("fresh", "until")} == {
        k: v for k, v in old.items() if k not in ("fresh", "until")
    }


def snapshot_names(words: str) -> list[str]:
    return [Service.objects.get(pk=pk).name for pk in finder.search(finder.Query(q=words)).ids]


def test_a_dry_run_confirms_nothing(taken: Take) -> None:
    taken(HEADER + FIRST)
    age()
    taken(HEADER + FIRST, dry_run=True)
    assert fresh() == set()


def test_a_list_of_another_source_vouches_for_nothing(taken: Take) -> None:
    taken(HEADER + FIRST, source="市民課")
    Service.objects.update(source="福祉課")
    age()
    taken(HEADER + FIRST, source="市民課")
    assert fresh() == set()


def test_where_a_person_keeps_the_entry_her_word_counts(taken: Take) -> None:
    taken(HEADER + FIRST)
    keeper = Keeper.objects.create(service=Service.objects.get(), email="k@example.jp")
    age()
    taken(HEADER + FIRST)
    assert fresh() == set()
    Keeper.objects.filter(pk=keeper.pk).update(ended_at=now(), ended_by=uuid.uuid4())
    taken(HEADER + FIRST)
    assert fresh() == {"網干会館"}


def test_a_list_does_not_outvote_somebody_who_says_that_it_is_wrong(taken: Take) -> None:
    taken(HEADER + FIRST)
    report = Report.objects.create(
        service=Service.objects.get(), receipt="r", idempotency_key="k", reported_at=now(), due_on=now().date()
    )
    age()
    taken(HEADER + FIRST)
    assert fresh() == set()
    Report.objects.filter(pk=report.pk).update(answered_at=now(), answered_by=uuid.uuid4())
    taken(HEADER + FIRST)
    assert fresh() == {"網干会館"}


def test_what_was_withdrawn_stays_withdrawn_and_unconfirmed(taken: Take) -> None:
    taken(HEADER + FIRST)
    age()
    Service.objects.update(withdrawn_at=now(), withdrawn_by=uuid.uuid4())
    taken(HEADER + FIRST)
    assert (now() - Service.objects.get().confirmed_at).days > 90


def test_a_field_in_dispute_does_not_make_the_entry_fade(taken: Take) -> None:
    taken(HEADER + FIRST)
    Service.objects.update(description="囲碁と将棋ができます")
    age()
    taken(HEADER + FIRST.replace("囲碁ができます", "麻雀ができます"))
    assert fresh() == {"網干会館"}
    assert Service.objects.get().description == "囲碁と将棋ができます"


def test_a_package_confirms_what_it_names_unless_it_says_itself_when(
    package: Callable[..., Path],  # noqa: F811
    tmp_path: Path,
) -> None:
    assert import_file("hsds", package(rows()), source="となりの町") == 0
    age()
    assert import_file("hsds", package(rows()), source="となりの町") == 0
    assert fresh() == {"網干サロン"}
    age()
    own: Any = tmp_path / "own.zip"
    export_file("hsds", own)
    assert import_file("hsds", own, source="となりの町") == 0
    assert fresh() == set(), "our own package says when each entry was confirmed"
    assert str(Service.objects.get().pk) == SERVICE
