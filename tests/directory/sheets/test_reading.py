"""Lists as towns publish them are read; what cannot be read is refused with a place and a next step."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from tsunagari.directory.sheets.reading import read
from tsunagari.directory.sheets.sheet import MAX_CELL, Sheet, SheetError

TAKAMATSU = Path("/work/shared/data/takamatsu")
needs_takamatsu = pytest.mark.skipif(not TAKAMATSU.exists(), reason="the lists of Takamatsu are not on this machine")

LIST = "名称,住所,電話番号\n網干文化会館,姫路市網干区,079-000-0001\n飾磨市民センター,姫路市飾磨区,079-000-0002\n"


def xlsx(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(data: bytes) -> SheetError:
    with pytest.raises(SheetError) as caught:
        read(data)
    assert caught.value.message.endswith("。")
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_list_reads_the_same_in_every_encoding_towns_use(encoding: str) -> None:
    sheet = read(LIST.encode(encoding))
    assert sheet.columns == ("名称", "住所", "電話番号")
    assert [row.cells[0] for row in sheet.rows] == ["網干文化会館", "飾磨市民センター"]
    assert [row.no for row in sheet.rows] == [2, 3]


def test_tabs_and_windows_line_ends_make_no_difference() -> None:
    assert read(LIST.replace(",", "\t").encode()).rows == read(LIST.encode()).rows
    assert read(LIST.replace("\n", "\r\n").encode("cp932")).rows == read(LIST.encode()).rows


def test_a_quoted_line_break_stays_in_its_cell_and_later_rows_keep_their_line_number() -> None:
    sheet = read('名称,住所,備考\n甲,乙,"一行目\r\n二行目"\n丙,丁,戊\n'.encode())
    assert sheet.rows[0].cells[2] == "一行目\n二行目"
    assert [row.no for row in sheet.rows] == [2, 4]


def test_title_rows_above_and_padding_beside_and_below_are_left_aside() -> None:
    text = (
        "姫路市の施設一覧,,,,,\n令和8年度,,,,,\n,,,,,\n名称,住所,電話番号,,,\n甲,乙,丙,,,\n,,,,,\n丁,戊,己,,,\n,,,,,\n"
    )
    sheet = read(text.encode())
    assert sheet.header_row_no == 4
    assert sheet.columns == ("名称", "住所", "電話番号")
    assert [row.no for row in sheet.rows] == [5, 7]


def test_a_column_without_a_name_but_with_content_is_kept_and_repeated_names_are_told_apart() -> None:
    sheet = read("名称,住所,,開始時間,開始時間\n甲,乙,丙,9:00,10:00\n".encode())
    assert sheet.columns == ("名称", "住所", "（C列）", "開始時間", "開始時間（2）")


def test_rare_characters_survive() -> None:
    name = "𠮷野家 髙田 葛\U000e0100飾 👨‍👩‍👧"
    assert read(f"名称,住所\n{name},乙\n".encode()).rows[0].cells[0] == name
    assert read(xlsx(["名称", "住所"], [name, "乙"])).rows[0].cells[0] == name


@pytest.mark.parametrize("byte,row,column", [(b"\xff", 3, 2)])
def test_a_damaged_byte_is_named_by_row_and_column(byte: bytes, row: int, column: int) -> None:
    data = LIST.encode().replace("姫路市飾磨区".encode(), byte)
    error = refusal(data)
    assert (error.code, error.row, error.column) == ("encoding", row, column)
    assert "3行目のB列" in error.message


def test_a_damaged_utf8_file_is_not_taken_for_shift_jis() -> None:
    data = LIST.encode()
    assert refusal(data[:40] + data[41:]).code == "encoding"


def test_a_nul_is_named_by_row_and_column() -> None:
    error = refusal(LIST.replace("079-000-0002", "079\x000002").encode())
    assert (error.code, error.row, error.column) == ("nul", 3, 3)


def test_a_quote_left_open_does_not_swallow_the_rest_of_the_list() -> None:
    error = refusal(LIST.replace("網干文化会館", '"網干文化会館').encode())
    assert (error.code, error.row) == ("quote_open", 2)


@pytest.mark.parametrize(
    "data,code",
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty"),
        (b",,,\n,,\n", "empty"),
        ("名称,住所\n".encode(), "no_rows"),
        (b"PK\x03\x04 broken", "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"%PDF-1.7", "not_a_list"),
        (b"<!DOCTYPE html><html></html>", "not_a_list"),
        (b"1,2,3\n4,5,6\n", "no_header"),
        (("名称,住所\n" + "あ" * (MAX_CELL + 1) + ",乙\n").encode(), "cell_too_long"),
        (("名称,住所\n" + "," * 300 + "x\n").encode(), "too_wide"),
        (bytes(range(256)) * 20, "nul"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(data: bytes, code: str) -> None:
    assert refusal(data).code in (code, "encoding") if code == "nul" else refusal(data).code == code


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="見つからない"):
        read(tmp_path / "none.csv")


def test_excel_dates_times_numbers_and_formulas_read_as_a_person_sees_them() -> None:
    import datetime

    sheet = read(
        xlsx(
            ["名称", "開催日", "開始時間", "緯度", "定員", "備考"],
            ["甲", datetime.datetime(2026, 8, 22), datetime.time(9, 0), 34.5, 20.0, True],
        )
    )
    assert sheet.rows[0].cells == ("甲", "2026-08-22", "09:00", "34.5", "20", "TRUE")


@needs_takamatsu
@pytest.mark.parametrize(
    "name,rows",
    [
        ("childrens_hall.cp932.csv", 8),
        ("childrens_hall.xlsx", 8),
        ("community_center.xlsx", 52),
        ("elderly_welfare_facility.csv", 47),
        ("elderly_welfare_facility.xlsx", 47),
        ("events.xlsx", 51),
        ("group_home.xlsx", 49),
        ("library.xlsx", 5),
        ("regional_comprehensive_support_center.cp932.csv", 7),
        ("regional_comprehensive_support_center.xlsx", 7),
        ("regional_exchange_center.xlsx", 7),
    ],
)
def test_every_list_of_takamatsu_is_read_whole(name: str, rows: int) -> None:
    sheet = read(TAKAMATSU / name)
    assert len(sheet.rows) == rows
    assert all(sheet.columns)
    assert sheet.rows[-1].no >= rows + 1


@needs_takamatsu
@pytest.mark.parametrize("name", ["childrens_hall", "regional_comprehensive_support_center"])
def test_the_shift_jis_copy_of_a_workbook_reads_the_same(name: str) -> None:
    def values(sheet: Sheet) -> list[tuple[str, ...]]:
        return [row.cells for row in sheet.rows]

    assert values(read(TAKAMATSU / f"{name}.cp932.csv")) == values(read(TAKAMATSU / f"{name}.xlsx"))
