"""What goes out and comes in again is the same."""

import csv
import io
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import now
from openpyxl import load_workbook

from tests.directory.importing.conftest import TAKAMATSU
from tsunagari.directory.actions.seeding import seed
from tsunagari.directory.exporting.command import export_file
from tsunagari.directory.importing.command import import_file
from tsunagari.directory.models import (
    Attribute,
    Closure,
    FirstVisit,
    Occurrence,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceText,
    SourceRecord,
    TaxonomyTerm,
)

pytestmark = pytest.mark.django_db
NAME = "=𠮷野 髙田 葛\U000e0100城 👨‍👩‍👧の会"


@pytest.fixture
def town(db: None) -> Service:
    """One entry with everything a list can hold, and texts that tempt a spreadsheet."""
    seed()
    body = Organization.objects.create(name="@あぼしの会", kana="あぼしのかい", sector="community")
    Phone.objects.create(organization=body, number="+81-79-000-0003")
    entry = Service.objects.create(
        organization=body,
        kind="place",
        name=NAME,
        description="-\n一行目\r\n'=二行目",
        when_text="毎月第2・第4水曜",
        minimum_age=18,
        confirmed_at=now(),
        url="https://example.jp/",
    )
    Schedule.objects.create(
        service=entry, freq="MONTHLY", byday="2WE,4WE", opens_at=time(13), closes_at=time(15), holidays="closed"
    )
    Closure.objects.create(service=entry, kind="yearly", rule="12-29/01-03")
    Phone.objects.create(service=entry, number="+81-79-000-0001", extension=12, type="voice", description="-")
    Occurrence.objects.create(service=entry, starts_at=now(), state="confirmed", confirmed_at=now(), label="①")
    FirstVisit.objects.create(service=entry, greeter="大塩", silent_ok="yes")
    ServiceText.objects.create(service=entry, language="en", name="Aboshi", description="Tea")
    Attribute.objects.create(
        link_id=entry.pk, link_entity="service", taxonomy_term=TaxonomyTerm.objects.get(code="care")
    )
    return entry


def emptied() -> None:
    SourceRecord.objects.all().delete()
    Attribute.objects.all().delete()
    Service.objects.all().delete()
    Organization.objects.all().delete()


@pytest.mark.parametrize("form", ["csv", "cp932.csv", "xlsx"])
@pytest.mark.parametrize("kind", ["places", "organizations"])
def test_an_exported_list_imported_into_an_empty_directory_exports_the_same(
    town: Service, tmp_path: Path, form: str, kind: str
) -> None:
    first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
    assert export_file(kind, first) == 0
    emptied()
    assert import_file(kind, first) == 0
    assert export_file(kind, second) == 0
    assert cells(first) == cells(second)
    if kind == "places" and form != "cp932.csv":
        same = Service.objects.get()
        assert (same.pk, same.name) == (town.pk, NAME)
        assert same.schedules.get().byday == "2WE,4WE"
        assert same.first_visit.greeter == "大塩"


def cells(path: Path) -> Any:
    if path.suffix == ".xlsx":
        return list(load_workbook(path).active.iter_rows(values_only=True))
    return path.read_bytes()


def test_an_exported_list_imported_where_it_came_from_changes_nothing(town: Service, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    export_file("places", path)
    assert import_file("places", path) == 0
    assert Service.objects.get().version == town.version
    assert Occurrence.objects.get().state == "confirmed"


def test_a_cell_changed_in_an_exported_list_is_taken_and_the_rest_stays(town: Service, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    export_file("places", path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    rows[1][rows[0].index("電話番号")] = "079-000-0009"
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    assert import_file("places", path) == 0
    same = Service.objects.get()
    assert [phone.number for phone in same.phones.all()] == ["079-000-0009"]
    assert same.schedules.get().byday == "2WE,4WE"
    assert same.minimum_age == 18


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_that_leaves_runs_as_a_formula(town: Service, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"list.{form}"
    export_file("places", path)
    if form == "xlsx":
        found = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in found)
        texts = [str(cell.value or "") for cell in found]
    else:
        texts = [cell for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))) for cell in row]
    assert not [text for text in texts if text and text[0] in "=+-@\t\r"]


def test_characters_that_shift_jis_lacks_are_named(
    town: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.sjis.csv"
    assert export_file("places", path) == 0
    assert "𠮷" in capsys.readouterr().err
    assert "髙田" in path.read_bytes().decode("cp932")


def test_what_is_withdrawn_does_not_leave(town: Service, tmp_path: Path) -> None:
    Service.objects.update(withdrawn_at=now(), withdrawn_by=town.pk)
    path = tmp_path / "list.csv"
    export_file("places", path)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 1


def test_a_damaged_data_column_is_only_a_missing_one(town: Service, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for data in ("{", "[]", '{"name": 1}', '{"name": "x", "schedules": "boom"}', '{"name":"x","kind":"nonsense"}'):
        path.write_text('名称,住所,詳細データ\n甲,姫路市,"' + data.replace('"', '""') + '"\n', encoding="utf-8")
        assert import_file("places", path) in (0, 1)


@pytest.mark.skipif(not TAKAMATSU.exists(), reason="the lists of Takamatsu are not on this machine")
@pytest.mark.parametrize("kind,name", [("activities", "events.xlsx"), ("places", "library.xlsx")])
def test_real_lists_make_the_round_trip(db: None, tmp_path: Path, kind: str, name: str) -> None:
    seed()
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    import_file(kind, TAKAMATSU / name)
    export_file(kind, first)
    emptied()
    assert import_file(kind, first) == 0
    export_file(kind, second)
    assert first.read_bytes() == second.read_bytes()


def test_the_columns_are_those_of_the_national_data_sets(town: Service, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    export_file("places", path)
    heading = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    for name in (
        "全国地方公共団体コード",
        "ID",
        "名称",
        "名称_カナ",
        "所在地_連結表記",
        "緯度",
        "経度",
        "電話番号",
        "団体名",
        "URL",
    ):
        assert name in heading
    export_file("activities", path)
    heading = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    for name in ("イベント名", "開始日", "終了日", "開始時間", "場所名称", "主催者", "連絡先電話番号", "料金(基本)"):
        assert name in heading


def test_an_unknown_form_or_kind_is_refused(db: None, tmp_path: Path) -> None:
    assert export_file("places", tmp_path / "list.pdf") == 2
    assert export_file("nonsense", tmp_path / "list.csv") == 2
    assert export_file("places", tmp_path / "none" / "list.csv") == 2


def test_an_hsds_package_imported_into_an_empty_directory_exports_the_same_bytes(town: Service, tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert export_file("hsds", first) == 0
    emptied()
    assert import_file("hsds", first) == 0
    assert export_file("hsds", second) == 0
    assert first.read_bytes() == second.read_bytes()
    assert Service.objects.get().name == NAME
    assert import_file("hsds", first) == 0
