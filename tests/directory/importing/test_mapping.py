"""Columns nobody recognises are placed by staff once and remembered for lists with the same headings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.directory.importing.conftest import EDITOR
from tsunagari.directory.importing.labels import label
from tsunagari.directory.importing.mapping import mapping_for, remember
from tsunagari.directory.models import Service
from tsunagari.directory.sheets.reading import read
from tsunagari.directory.terms import ImportKind
from tsunagari.kernel.access import Actor, Forbidden

pytestmark = pytest.mark.django_db
LIST = "よびな,いるところ\n網干サロン,姫路市網干区浜田1\nかもめ食堂,姫路市飾磨区恵美酒14\n"
Take = Callable[..., int]


def test_what_staff_placed_is_remembered_however_the_headings_are_typed(taken: Take) -> None:
    sheet = read(LIST.encode())
    assert "name" not in mapping_for(ImportKind.PLACES, sheet)
    remember(ImportKind.PLACES, sheet, mapping={"name": 0, "address": 1}, by=EDITOR)
    assert taken(LIST.replace("よびな", "よび な")) == 0
    assert set(Service.objects.values_list("name", flat=True)) == {"網干サロン", "かもめ食堂"}
    assert "name" not in mapping_for(ImportKind.SERVICES, sheet)


def test_only_editors_teach_a_mapping(db: None) -> None:
    with pytest.raises(Forbidden):
        remember(ImportKind.PLACES, read(LIST.encode()), mapping={"name": 0}, by=Actor())


def test_rejected_rows_mended_in_their_file_go_in_and_are_the_same_list(taken: Take, tmp_path: Path) -> None:
    assert taken("NO,名称,住所\n1,網干会館,姫路市網干区浜田1\n2,,姫路市飾磨区恵美酒14\n") == 1
    rejected = tmp_path / "list.csv.rejected.csv"
    mended = rejected.read_text(encoding="utf-8-sig").replace(",2,,", ",2,飾磨会館,")
    assert taken(mended, name="list.csv.rejected.csv") == 0
    assert {service.source for service in Service.objects.all()} == {"list"}
    assert Service.objects.count() == 2


def test_columns_that_were_not_used_are_named(taken: Take, capsys: pytest.CaptureFixture[str]) -> None:
    taken("名称,住所,館長の好物\n網干会館,姫路市網干区浜田1,たこ\n")
    assert "館長の好物" in capsys.readouterr().out


def test_fields_are_called_what_the_lists_call_them() -> None:
    assert [label(key) for key in ("phones", "location.address", "kana", "nonsense")] == [
        "電話番号",
        "住所",
        "名称_カナ",
        "nonsense",
    ]
