"""Dates of events as lists write them; a date that is not certain is not made up."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.directory.timetable.takamatsu import rows
from tsunagari.directory.timetable.cells import Cell
from tsunagari.directory.timetable.events import MAX_DAYS, WRONG_WEEKDAY
from tsunagari.directory.timetable.read import read_event_dates
from tsunagari.directory.timetable.rules import Dates, Occurrence

AUGUST = date(2026, 8, 1)


def read(days: Cell, start: Cell = None, end: Cell = None, around: date = AUGUST) -> Dates:
    return read_event_dates(days, start, end, around=around)


def line(one: Occurrence) -> str:
    """ "08-05 09:00-17:00 ②"; nothing stands for a time not said."""
    hours = "-".join(f"{at:%H:%M}" if at else "" for at in (one.starts, one.ends))
    return f"{one.day:%m-%d} {hours} {one.label}".strip()


def lines(dates: Dates) -> list[str]:
    return [line(one) for one in dates.occurrences]


def days(dates: Dates) -> list[str]:
    return [f"{one.day:%m-%d}" for one in dates.occurrences]


@pytest.mark.parametrize(
    "cell",
    [
        "8月5日（水）", "８月５日（水）", "8月5日㈬", "8月5日水曜日", "8/5(水)",
        "2026年8月5日", "2026/8/5", "2026-08-05", "2026.8.5",
        "令和8年8月5日（水）", "令和８年８月５日", "R8.8.5", "R8/8/5", "20260805", "46239", 46239, 46239.0,
        "August 5, 2026",
        "Aug 5 (Wed)", "Wed, 5 Aug 2026", date(2026, 8, 5), datetime(2026, 8, 5), "2026-08-05T00:00", "8月 5日(水・祝)",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert days(read(cell)) == ["08-05"]


@pytest.mark.parametrize(
    "cell",
    ["13:30", "13：30", "１３：３０", "13時30分", "13時半", "午後1時半",
     "午後１時３０分", "PM1:30", "1:30pm", time(13, 30),
     0.5625, "0.5625", timedelta(hours=13, minutes=30), datetime(1899, 12, 30, 13, 30)],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written(cell: Cell) -> None:
    assert lines(read("8月5日（水）", cell)) == ["08-05 13:30-"]


@pytest.mark.parametrize(
    "cell,said", [("正午", "12:00"), ("22時", "22:00"), ("午前10時半", "10:30"), ("24時", "00:00"), ("夜7時", "19:00")]
)
def test_times_in_words(cell: str, said: str) -> None:
    assert lines(read("8月5日（水）", cell)) == [f"08-05 {said}-"]


@pytest.mark.parametrize("cell", ["6時", "午後12時", "13時頃", "未定", "9時以降", "25:70"])
def test_a_time_that_could_be_two_is_left_out_and_stays_a_note(cell: str) -> None:
    found = read("8月5日（水）", cell)
    assert lines(found) == ["08-05 -"]
    assert found.notes == (cell,)


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_a_date_without_year_takes_the_year_in_which_its_weekday_is_right(year: int) -> None:
    named = "月火水木金土日"[date(year, 8, 5).weekday()]
    for around in (date(year, 1, 10), date(year, 8, 1), date(year, 12, 20)):
        assert read(f"8月5日（{named}）", around=around).occurrences[0].day == date(year, 8, 5)


def test_the_nearest_of_several_fitting_years_is_taken() -> None:
    assert read("1月10日", around=date(2026, 12, 1)).occurrences[0].day == date(2027, 1, 10)
    assert read("12月10日", around=date(2026, 1, 5)).occurrences[0].day == date(2025, 12, 10)


@pytest.mark.parametrize(
    "cell", ["8月5日（月）", "2026年8月5日（木）", "8月5日（水）、8月6日（水）", "8月5日（水）～8月16日（月）",
     "2月30日", "2026年2月29日", "8月5日（水）～8月16日（日）※10日（火）以外"],
)  # fmt: skip
def test_a_weekday_that_contradicts_the_date_dates_nothing_and_says_so(cell: str) -> None:
    found = read(cell, "10:00")
    assert found.occurrences == ()
    assert found.notes[0] in (cell + WRONG_WEEKDAY, cell)
    assert "10:00" in found.notes


def test_an_exhibition_is_open_on_every_day_but_the_excepted() -> None:
    found = read("8月5日（水）～8月16日（日）\n※10日（月）以外", time(9), "22：00\n※日曜及び休日は17：00まで")
    assert len(found.occurrences) == 11
    assert "08-10" not in days(found)
    closing = {f"{one.day:%m-%d}": one.ends for one in found.occurrences}
    assert [closing[day] for day in ("08-08", "08-09", "08-11", "08-16")] == [time(22), time(17), time(17), time(17)]
    assert found.notes == ()


STRETCHES = [
    ("7月1日（水）～\n8月31日（月）\n※平日のみ", 42),  # 44 days from Monday to Friday, less 海の日 and 山の日
    ("8月1日～8月31日（月曜休館）", 26),
    ("8月1日～8月31日(土日祝を除く)", 20),
    ("8月3日〜8月31日の毎週水曜日", 4),
    ("8月3日〜14日", 12),
    ("12月20日〜1月10日", 22),
    ("8月5日から8月7日まで", 3),
    ("会期：8月5日〜8月7日", 3),
]


@pytest.mark.parametrize("cell,count", STRETCHES)
def test_a_stretch_is_dated_day_by_day(cell: str, count: int) -> None:
    found = read(cell)
    assert (len(found.occurrences), found.notes) == (count, ())


def test_a_stretch_narrowed_by_words_not_understood_gives_its_ends_only() -> None:
    found = read("8月5日〜8月16日（休館日を除く）")
    assert (days(found), found.notes) == (["08-05", "08-16"], ("8月5日〜8月16日（休館日を除く）",))


@pytest.mark.parametrize(
    "cell", ["8月16日(日)まで", "～8月16日(日)\nまで ", "〜8月16日", "8月16日(日)から", "8月16日〜"]
)
def test_an_open_end_gives_the_one_day_that_is_certain(cell: str) -> None:
    found = read(cell)
    assert (days(found), found.notes) == (["08-16"], (cell.strip(),))


def test_a_stretch_longer_than_any_exhibition_is_not_dated_day_by_day() -> None:
    assert days(read("2026年8月1日〜2028年8月1日")) == ["08-01", "08-01"]
    assert len(read(f"2026年8月1日〜{date(2026, 8, 1) + timedelta(days=MAX_DAYS - 1)}").occurrences) == MAX_DAYS


def test_slots_and_their_ends_stand_side_by_side() -> None:
    assert lines(read("8月19日(水)", "②14:00\n③18:30", "②16:00\n③20:30")) == [
        "08-19 14:00-16:00 ②",
        "08-19 18:30-20:30 ③",
    ]
    assert lines(read("8月29日", "10:00\n13:30", "12:30\n16:00")) == ["08-29 10:00-12:30", "08-29 13:30-16:00"]
    assert lines(read("8月29日", "10:00〜12:00", None)) == ["08-29 10:00-12:00"]
    assert lines(read("8月5日(水) 13:30〜15:00")) == ["08-05 13:30-15:00"]


def test_ends_that_do_not_fit_the_slots_are_left_out() -> None:
    found = read("8月29日", "10:00\n13:30", "16:00")
    assert (lines(found), found.notes) == (["08-29 10:00-", "08-29 13:30-"], ("16:00",))
    found = read("8月29日", "10:00", "3:00")
    assert (lines(found), found.notes) == (["08-29 10:00-"], ("3:00",))


@pytest.mark.parametrize(
    "cell", ["随時", "随時（要調整）", "日程調整し決定", "未定", "8月上旬", "毎週水曜", "第2土曜日"]
)
def test_what_names_no_date_stays_a_note(cell: str) -> None:
    found = read(cell, "10:00", "12:00")
    assert found.occurrences == ()
    assert found.notes == (cell, "10:00", "12:00")


def test_a_text_with_more_dates_than_a_person_would_list_stays_a_note() -> None:
    text = "、".join(f"{day:%-m月%-d日}" for day in (AUGUST + timedelta(days=n) for n in range(300)))
    assert read(text).occurrences == ()
    assert read(text).notes == (text,)


# --- Takamatsu ----------------------------------------------------------------------------------------------

# By hand: for each row of the list how many occurrences, the first, the last, and the notes.
EVENTS: dict[int, tuple[int, str, str, tuple[str, ...]]] = {
    2: (11, "08-05 09:00-22:00", "08-16 09:00-17:00", ()),
    3: (44, "08-11 09:00-17:00", "09-23 09:00-17:00", ()),
    4: (1, "08-12 13:30-14:20", "08-12 13:30-14:20", ()),
    5: (3, "08-13 13:00-18:00", "08-15 13:00-18:00", ()),
    6: (1, "08-15 13:00-15:00", "08-15 13:00-15:00", ()),
    7: (1, "08-16 09:00-17:00", "08-16 09:00-17:00", ("8月16日(日)まで",)),
    8: (1, "08-16 11:00-12:00", "08-16 11:00-12:00", ()),
    9: (1, "08-16 13:00-16:00", "08-16 13:00-16:00", ()),
    10: (1, "08-19 13:30-15:00", "08-19 13:30-15:00", ()),
    11: (2, "08-19 14:00-16:00 ②", "08-19 18:30-20:30 ③", ()),
    12: (1, "08-20 18:30-", "08-20 18:30-", ()),
    13: (1, "08-21 18:30-", "08-21 18:30-", ()),
    14: (1, "08-22 14:00-15:00", "08-22 14:00-15:00", ()),
    15: (128, "08-22 09:00-17:00", "12-27 09:00-17:00", ()),
    16: (1, "08-22 10:30-11:00", "08-22 10:30-11:00", ()),
    17: (1, "08-22 13:30-15:00", "08-22 13:30-15:00", ()),
    18: (4, "08-22 10:00-12:30", "08-23 13:30-16:00", ()),
    19: (1, "08-23 15:30-16:30", "08-23 15:30-16:30", ()),
    20: (1, "08-23 10:00-12:00", "08-23 10:00-12:00", ()),
    21: (1, "08-23 10:00-12:00", "08-23 10:00-12:00", ()),
    22: (1, "08-23 11:00-13:30", "08-23 11:00-13:30", ()),
    23: (1, "08-23 14:00-", "08-23 14:00-", ()),
    24: (1, "08-26 13:30-15:30", "08-26 13:30-15:30", ()),
    25: (1, "08-28 18:30-20:00", "08-28 18:30-20:00", ()),
    26: (2, "08-29 10:00-12:00", "08-29 13:00-15:00", ()),
    27: (1, "08-29 13:30-15:00", "08-29 13:30-15:00", ()),
    28: (2, "08-30 10:00- ①", "08-30 14:00- ②", ()),
    29: (2, "08-30 09:45-10:45", "08-30 12:00-13:00", ()),
    30: (42, "07-01 09:00-17:00", "08-31 09:00-17:00", ()),
    31: (5, "08-15 18:00- 徳島インディゴソックス", "09-08 - 愛媛マンダリンパイレーツ", ("8・9月の試合日程", "6時")),
    32: (2, "08-29 18:00- 鹿児島ユナイテッドFC", "09-05 18:00- レイラック滋賀FC", ("8・9月の試合日程",)),
    33: (4, "09-04 18:00-19:00", "10-16 18:00-19:00", ("(第1週、3週の金曜日)",)),
    34: (1, "09-05 13:30-15:00", "09-05 13:30-15:00", ()),
    35: (1, "09-05 13:30-15:00", "09-05 13:30-15:00", ()),
    36: (1, "09-05 10:00-12:00", "09-05 10:00-12:00", ()),
    37: (1, "09-06 10:00-11:30", "09-06 10:00-11:30", ()),
    38: (1, "09-09 10:30-12:30", "09-09 10:30-12:30", ()),
    39: (1, "09-11 13:30-14:30", "09-11 13:30-14:30", ()),
    40: (1, "09-17 10:00-11:30", "09-17 10:00-11:30", ()),
    41: (1, "09-20 10:00-11:30", "09-20 10:00-11:30", ()),
    42: (68, "07-18 09:30-19:00", "09-23 09:30-17:00", ()),
    43: (58, "07-28 -", "09-23 -", ()),
    44: (1, "09-25 09:00-17:00", "09-25 09:00-17:00", ("～9月25日(金)\nまで",)),
    45: (2, "09-27 13:00-14:00 ①", "09-27 14:45-15:45 ②", ()),
    46: (86, "07-04 09:30-19:00", "09-27 09:30-17:00", ()),
    47: (86, "07-04 09:30-19:00", "09-27 09:30-17:00", ()),
    48: (1, "10-07 13:30-15:30", "10-07 13:30-15:30", ()),
    49: (2, "10-11 13:00-14:00 ①", "10-11 14:45-15:45 ②", ()),
    50: (2, "10-25 13:00-14:00 ①", "10-25 14:45-15:45 ②", ()),
}


def _takamatsu() -> dict[int, tuple[Any, ...]]:
    return {number: row[2:5] for number, row in enumerate(rows("events.xlsx"), 1) if number > 1}


def test_every_event_of_takamatsu_has_the_dates_a_person_reads() -> None:
    for number, cells in _takamatsu().items():
        found = read(*cells)
        if number not in EVENTS:
            assert found.occurrences == (), number
            assert found.notes == tuple(cell.strip() for cell in cells), number
            continue
        said = lines(found)
        assert (len(said), said[0], said[-1], found.notes) == EVENTS[number], number
        assert {one.day.year for one in found.occurrences} == {2026}


def test_nine_of_ten_events_of_takamatsu_are_dated() -> None:
    table = _takamatsu()
    dated = [number for number, cells in table.items() if read(*cells).occurrences]
    assert (len(dated), len(table)) == (49, 51)
    assert len(dated) / len(table) >= 0.9


def test_games_in_the_cell_of_beginnings_keep_the_name_of_the_other_side() -> None:
    assert lines(read(*_takamatsu()[31])) == [
        "08-15 18:00- 徳島インディゴソックス", "08-16 18:00- 愛媛マンダリンパイレーツ",
        "08-25 18:00- 徳島インディゴソックス", "08-30 18:00- 徳島インディゴソックス",
        "09-08 - 愛媛マンダリンパイレーツ",
    ]  # fmt: skip
