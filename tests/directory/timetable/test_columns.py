"""The columns of the national data sets, and every row of Takamatsu's lists, checked by hand."""

from datetime import time

import pytest

from tests.directory.timetable.short import said
from tests.directory.timetable.takamatsu import rows
from tsunagari.directory.timetable.cells import Cell
from tsunagari.directory.timetable.read import read_days

TURN = "yearly 12-29/01-03"
LAW = "国民の祝日に関する法律に規定する休日及び年末年始（12月29日から翌年の1月3日"
LIBRARY_NOTE = ["資料特別整理期間（9月中の7日間程度）休館"]


def library(day: str, *, last_day: bool) -> tuple[list[str], list[str], list[str]]:
    open_days = "TU,WE,TH,FR" if day == "MO" else "MO,WE,TH,FR"
    closures = [
        "yearly 01-04 12:00-17:00",
        "yearly 12-28 09:30-17:00",
        TURN,
        "holidays ?-17:00",
        f"after_holiday {day}",
    ]
    closures += ["monthly -1"] if last_day else []
    rules = [f"WEEKLY {open_days} 09:30-19:00 as_usual", "WEEKLY SA,SU 09:30-17:00 as_usual"]
    return rules, sorted(closures), LIBRARY_NOTE


EXCHANGE = [
    (["WEEKLY MO,TU,WE,TH,FR,SA 09:00-22:00 closed", "WEEKLY SU 09:00-17:00 closed"], [TURN], []),
    (["WEEKLY MO,TU,WE,TH,FR,SA,SU 09:00-22:00 closed"], [TURN], []),
    (["WEEKLY TU,WE,TH,FR,SA,SU 09:00-22:00 unknown"], [TURN], []),
    (["WEEKLY TU,WE,TH,FR,SA,SU 09:00-21:00 unknown"], ["after_holiday MO+", "weekday MO", TURN], []),
    (["WEEKLY MO,TU,WE,TH,FR,SA 09:00-22:00 closed", "WEEKLY SU 09:00-17:00 closed"], [TURN], []),
    (["WEEKLY MO,TU,WE,TH,FR,SA 09:00-22:00 closed", "WEEKLY SU 09:00-17:00 closed"], [TURN], []),
    (["WEEKLY MO,TU,WE,TH,FR,SA,SU 06:30-17:00 as_usual"], [], []),
]
HALL = (["WEEKLY MO,TU,WE,TH,FR,SA 09:30-18:00 closed"], [TURN], [])
LISTS = {
    "childrens_hall.xlsx": [
        *[HALL] * 6,
        (["WEEKLY TU,WE,TH,FR,SA,SU 09:00-17:00 unknown"], ["yearly 12-30/01-01"], []),
        (["WEEKLY MO,WE,TH,FR,SA 09:00-21:00 as_usual", "WEEKLY SU 09:00-17:00 as_usual"], ["holidays ?-17:00"], []),
    ],
    "elderly_welfare_facility.xlsx": [(["WEEKLY MO,TU,WE,TH,FR,SA,SU 00:00-00:00 unknown"], [], [])] * 47,
    "library.xlsx": [
        library("MO", last_day=True), library("MO", last_day=True), library("TU", last_day=True),
        library("MO", last_day=True), library("TU", last_day=False),
    ],
    "regional_comprehensive_support_center.xlsx": [(["WEEKLY MO,TU,WE,TH,FR 08:30-17:00 closed"], [TURN], [])] * 7,
    "regional_exchange_center.xlsx": EXCHANGE,
    "group_home.xlsx": [([], [], [])] * 49,
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_takamatsu_is_read_as_a_person_reads_it(name: str) -> None:
    table = rows(name)
    first = table[0].index("availableDate")
    assert [said(read_days(*row[first : first + 4])) for row in table[1:]] == LISTS[name]


COLUMNS: list[tuple[tuple[Cell, ...], list[str], list[str]]] = [
    (("月火水木金", "08:30", "17:00", ""), ["WEEKLY MO,TU,WE,TH,FR 08:30-17:00 unknown"], []),
    (("月～金", "9:00", "17:00(水は19:00まで)", None),
     ["WEEKLY MO,TU,TH,FR 09:00-17:00 unknown", "WEEKLY WE 09:00-19:00 unknown"], []),
    (("土日祝", "10:00\n13:00", "12:00\n15:00", "祝日も開館"),
     ["10:00-12:00 only", "WEEKLY SA,SU 10:00-12:00 as_usual",
      "13:00-15:00 only", "WEEKLY SA,SU 13:00-15:00 as_usual"], []),
    ((None, "9:00", "17:00", "月〜金（祝日除く）"), ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 closed"], []),
    (("不明", "9:00", "17:00", ""), [], ["不明", "9:00", "17:00"]),
    (("月水金", "9時", "正午", "要予約"), ["WEEKLY MO,WE,FR 09:00-12:00 unknown"], ["要予約"]),
    (("平日", 0.375, time(17), "-"), ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 closed"], []),
    (("火", "22:00", "05:00", None), ["WEEKLY TU 22:00-05:00 unknown"], []),
    (("火", "10:00", "3:00", None), ["WEEKLY TU unknown"], ["10:00", "3:00"]),
    (("火", "18:30", "-", None), ["WEEKLY TU 18:30-? unknown"], []),
    (("火", "00:00", "24:00", None), ["WEEKLY TU 00:00-00:00 unknown"], []),
    (("毎月第2水曜", "13:30", "15:00", "8月は休み"), ["MONTHLY 2WE 13:30-15:00 unknown"], []),
    (("火", "10:00", "15:00", "第2・第4木曜"), ["WEEKLY TU 10:00-15:00 unknown"], ["第2・第4木曜"]),
    ((None, None, None, None), [], []),
]  # fmt: skip


@pytest.mark.parametrize("cells,rules,notes", COLUMNS)
def test_columns_are_read_and_their_remark_may_change_them(
    cells: tuple[Cell, ...], rules: list[str], notes: list[str]
) -> None:
    reading = said(read_days(*cells))
    assert (reading[0], reading[2]) == (rules, notes)


def test_a_column_that_cannot_be_read_leaves_its_words() -> None:
    assert said(read_days("月〜金", "応相談", "17:00"))[2] == ["応相談", "17:00"]
