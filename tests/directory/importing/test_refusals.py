"""Bad rows are named with a true reason and kept aside, bad files change nothing, and nothing is ever half there."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError

from tsunagari.directory import publishing
from tsunagari.directory.importing.command import import_file
from tsunagari.directory.models import ImportBatch, Location, Organization, Service, SourceRecord

pytestmark = pytest.mark.django_db
Take = Callable[..., int]
LIST = (
    "NO,名称,住所,電話番号\n1,網干会館,姫路市網干区浜田1,079-000-0001\n2,,姫路市,079-000-0002\n"
    "3,飾磨会館,姫路市飾磨区恵美酒14,=1+1\n"
)


def test_good_rows_are_kept_and_bad_ones_stand_in_a_file_with_the_reason(taken: Take, tmp_path: Path) -> None:
    assert taken(LIST) == 1
    assert Service.objects.count() == 2
    with open(tmp_path / "list.csv.rejected.csv", encoding="utf-8-sig", newline="") as file:
        heading, row = csv.reader(file)
    assert heading[:2] == ["行", "取り込めない理由"]
    assert row[0] == "3"
    assert "名称が空です" in row[1]
    assert ImportBatch.objects.get().counts["rejected"] == 1


def test_a_try_changes_nothing(taken: Take, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert taken(LIST, dry_run=True) == 1
    assert not Service.objects.exists()
    assert not ImportBatch.objects.exists()
    assert not (tmp_path / "list.csv.rejected.csv").exists()
    assert "新しい 2件" in capsys.readouterr().out


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 50, b"PK\x03\x04", "見出し,だけ\n".encode(), "住所,電話番号\n姫路市,1\n".encode()]
)
def test_an_unreadable_list_changes_nothing_and_says_why(
    taken: Take, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert taken(data) == 2
    assert capsys.readouterr().err.strip().endswith("。")
    assert not ImportBatch.objects.exists()


def test_an_unknown_kind_or_file_is_refused(words: None, tmp_path: Path) -> None:
    assert import_file("nonsense", tmp_path / "list.csv") == 2
    assert import_file("places", tmp_path / "none.csv") == 2


def test_an_error_in_the_middle_leaves_nothing(taken: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(publishing, "refresh", broken)
    assert taken(LIST) == 2
    for table in (Service, Location, Organization, SourceRecord, ImportBatch):
        assert not table.objects.exists()


def test_a_killed_import_leaves_nothing(taken: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "refresh", killed)
    with pytest.raises(KeyboardInterrupt):
        taken(LIST)
    assert not Service.objects.exists()


def test_the_same_row_twice_is_taken_once(taken: Take) -> None:
    row = "1,網干会館,姫路市網干区浜田1\n"
    assert taken("NO,名称,住所\n" + row + row) == 1
    assert Service.objects.count() == 1
    assert "2行目と同じ" in ImportBatch.objects.get().rejects[0][2]


def test_one_number_for_two_things_takes_both(taken: Take) -> None:
    assert taken("NO,名称,住所\n1,網干会館,姫路市網干区浜田1\n1,飾磨会館,姫路市飾磨区恵美酒14\n") == 0
    assert Service.objects.count() == 2


def test_scripts_and_wrong_places_on_the_map_do_not_come_in(taken: Take) -> None:
    taken("名称,URL,緯度,経度\n甲,javascript:alert(1),0,0\n乙,https://example.jp/,134.69,34.82\n")
    assert Service.objects.get(name="甲").url == ""
    assert Service.objects.get(name="甲").service_at_locations.get().location.latitude is None
    turned = Service.objects.get(name="乙").service_at_locations.get().location
    assert (turned.latitude, turned.longitude) == (34.82, 134.69)


def test_any_character_goes_through(taken: Take) -> None:
    names = ["𠮷野さんの会", "髙田 葛\U000e0100城", "👨‍👩‍👧の会", "‮右から左", "a" * 300]
    assert taken("名称,説明\n" + "".join(f"{name},{name}\n" for name in names)) == 0
    assert set(Service.objects.values_list("name", flat=True)) == set(names)


def test_what_does_not_fit_a_column_is_a_reason_and_no_crash(taken: Take) -> None:
    long = "https://example.jp/" + "a" * 2500
    code = taken(f"名称,URL,電話番号\n甲,{long},\n乙,,{'1' * 3000}\n{'丙' * 301},,\n丁,,\n")
    assert code == 1
    assert Service.objects.filter(name="丁").exists()


def test_who_may_not_take_lists_in_takes_nothing_in(words: None, tmp_path: Path) -> None:
    from tsunagari.kernel.access import Actor, Forbidden

    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    with pytest.raises(Forbidden):
        import_file("places", path, by=Actor())
    assert not Service.objects.exists()
