"""Is it open? Yes, no, or nobody said."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tsunagari.directory.timetable.days import covers
from tsunagari.directory.timetable.open import is_open, next_dates, next_opening, week_bits
from tsunagari.directory.timetable.read import read_days, read_text
from tsunagari.directory.timetable.rules import Closure, Rule

WEEK = "MO,TU,WE,TH,FR,SA,SU"
NOTE = (
    "土日祝は17：00まで。12/28　9：30～17：00。1/4　正午～17：00。月が休日の場合は翌日休館。毎月末日休館。"
    "12/29～1/3休館。"
)
LIBRARY = read_days("火水木金土日", "09:30", "19:00", NOTE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "moment,answer",
    [
        ("2026-11-25T10:00", True),  # a Wednesday
        ("2026-11-25T09:29", False),
        ("2026-11-25T09:30", True),
        ("2026-11-25T19:00", False),  # the minute of closing
        ("2026-11-28T16:59", True),  # a Saturday, until five
        ("2026-11-28T17:00", False),
        ("2026-11-16T10:00", False),  # an ordinary Monday
        ("2026-11-23T10:00", None),  # a Monday that is a holiday: the closing day moves, the opening hours are not said
        ("2026-11-24T10:00", False),  # the day after
        ("2026-11-03T16:00", True),  # 文化の日, a Tuesday
        ("2026-11-03T18:00", False),
        ("2026-05-06T16:00", True),  # 振替休日, a Wednesday
        ("2026-05-06T18:00", False),
        ("2026-09-22T18:00", False),  # 国民の休日 between two holidays; the day after Monday 敬老の日 besides
        ("2026-10-31T10:00", False),  # the last day of the month
        ("2026-12-31T10:00", False),
        ("2027-01-03T10:00", False),
        ("2028-01-04T11:00", False),  # 1/4 from noon, a Tuesday
        ("2028-01-04T12:00", True),
        ("2028-01-04T17:00", False),
        ("2026-12-28T10:00", False),  # other hours do not open a Monday
        ("2027-12-28T18:00", False),
        ("2027-12-28T16:00", True),
    ],
)
def test_the_library_of_takamatsu(moment: str, answer: bool | None) -> None:
    assert is_open(LIBRARY.rules, LIBRARY.closures, at(moment)) is answer


def test_a_moment_elsewhere_is_turned_into_japans_time() -> None:
    assert is_open(LIBRARY.rules, LIBRARY.closures, datetime(2026, 11, 25, 1, 0, tzinfo=UTC)) is True
    assert is_open(LIBRARY.rules, LIBRARY.closures, datetime(2026, 11, 25, 10, 0, tzinfo=UTC)) is False


def test_without_rules_nothing_is_known_but_what_is_shut() -> None:
    assert is_open((), (), at("2026-11-25T10:00")) is None
    assert is_open((), (Closure("weekday", "WE"),), at("2026-11-25T10:00")) is False


@pytest.mark.parametrize("holidays,answer", [("as_usual", True), ("closed", False), ("unknown", None)])
def test_a_holiday_is_what_was_said_of_holidays(holidays: str, answer: bool | None) -> None:
    rule = Rule(byday="MO,TU", opens_at=time(9), closes_at=time(17), holidays=holidays)  # type: ignore[arg-type]
    assert is_open([rule], [], at("2026-11-23T10:00")) is answer
    assert is_open([rule], [], at("2026-11-23T18:00")) is False
    assert is_open([rule], [], at("2026-11-24T10:00")) is True


def test_hours_of_holidays_hold_on_holidays_only() -> None:
    rules = read_text("平日 9:00-18:00、土日祝 10:00-17:00").rules
    assert [is_open(rules, [], at(f"2026-11-23T{hour}")) for hour in ("09:30", "16:30", "17:30")] == [
        False,
        True,
        False,
    ]
    assert [is_open(rules, [], at(f"2026-11-24T{hour}")) for hour in ("09:30", "17:30")] == [True, True]


def test_holiday_hours_against_a_shut_weekday_are_not_known() -> None:
    reading = read_text("日曜・祝日 10:00〜17:00。月曜休館")
    assert is_open(reading.rules, reading.closures, at("2026-11-23T11:00")) is None
    assert is_open(reading.rules, reading.closures, at("2026-11-16T11:00")) is False


def test_a_night_belongs_to_the_day_on_which_it_began() -> None:
    rule = Rule(byday="FR", opens_at=time(22), closes_at=time(2), holidays="as_usual")
    moments = ("2026-11-27T21:59", "2026-11-27T22:00", "2026-11-28T01:59", "2026-11-28T02:00", "2026-11-28T22:30")
    assert [is_open([rule], [], at(one)) for one in moments] == [False, True, True, False, False]
    assert is_open([rule], [Closure("dates", "2026-11-27")], at("2026-11-28T01:00")) is False
    assert is_open([rule], [Closure("dates", "2026-11-28")], at("2026-11-28T01:00")) is True


def test_around_the_clock_is_open_at_midnight() -> None:
    rules = read_text("24時間年中無休").rules
    assert all(is_open(rules, [], at(f"2026-11-23T{hour:02}:00")) for hour in range(24))
    assert week_bits(rules) == b"\xff" * 21


def test_a_day_without_a_time_is_not_known_at_any_time() -> None:
    rules = read_text("毎週水曜日").rules
    assert is_open(rules, [], at("2026-11-25T10:00")) is None
    assert is_open(rules, [], at("2026-11-26T10:00")) is False


def test_without_a_closing_time_it_is_not_known_how_long() -> None:
    rules = read_text("水曜 18:30〜").rules
    moments = ("2026-11-25T18:00", "2026-11-25T18:30", "2026-11-25T20:00", "2026-11-26T00:00")
    assert [is_open(rules, [], at(one)) for one in moments] == [False, True, None, False]


def test_every_second_week_counts_from_its_start() -> None:
    counted = Rule(byday="WE", interval=2, dtstart=date(2026, 11, 4), opens_at=time(10), closes_at=time(12))
    assert [is_open([counted], [], at(f"2026-11-{day:02}T11:00")) for day in (4, 11, 18, 25)] == [
        True,
        False,
        True,
        False,
    ]
    unknown = Rule(byday="WE", interval=2, opens_at=time(10), closes_at=time(12))
    assert is_open([unknown], [], at("2026-11-04T11:00")) is None
    assert next_dates(counted, date(2026, 11, 5), 3) == [date(2026, 11, 18), date(2026, 12, 2), date(2026, 12, 16)]
    assert next_dates(unknown, date(2026, 11, 5), 3) == []


def test_a_rule_holds_from_its_first_to_its_last_day() -> None:
    rule = Rule(byday=WEEK, opens_at=time(9), closes_at=time(17), holidays="as_usual",
                valid_from=date(2026, 11, 24), valid_to=date(2026, 11, 25))  # fmt: skip
    assert next_dates(rule, date(2026, 11, 1), 9) == [date(2026, 11, 24), date(2026, 11, 25)]


def test_dates_that_come_back() -> None:
    start = date(2026, 11, 1)
    second_and_fourth = read_text("毎月第2・第4水曜 13時半〜15時").rules[0]
    assert next_dates(second_and_fourth, start, 3) == [date(2026, 11, 11), date(2026, 11, 25), date(2026, 12, 9)]
    last_day = Rule(freq="MONTHLY", bymonthday="-1", holidays="as_usual")
    assert next_dates(last_day, date(2027, 2, 1), 2) == [date(2027, 2, 28), date(2027, 3, 31)]
    last_friday = Rule(freq="MONTHLY", byday="-1FR", holidays="as_usual")
    assert next_dates(last_friday, start, 2) == [date(2026, 11, 27), date(2026, 12, 25)]
    every_other_month = Rule(freq="MONTHLY", byday="1SU", interval=2, dtstart=start, holidays="as_usual")
    assert next_dates(every_other_month, start, 2) == [date(2026, 11, 1), date(2027, 1, 3)]
    fifth = Rule(freq="MONTHLY", byday="5MO", holidays="closed")
    assert next_dates(fifth, start, 2) == [date(2026, 11, 30), date(2027, 3, 29)]


def test_holidays_and_closures_are_left_out_of_the_dates() -> None:
    mondays = Rule(byday="MO", holidays="closed")
    assert next_dates(mondays, date(2026, 11, 16), 2) == [date(2026, 11, 16), date(2026, 11, 30)]
    unsure = Rule(byday="MO", holidays="unknown")
    assert next_dates(unsure, date(2026, 11, 16), 2) == [date(2026, 11, 16), date(2026, 11, 30)]
    usual = Rule(byday="MO", holidays="as_usual")
    assert next_dates(usual, date(2026, 11, 16), 2) == [date(2026, 11, 16), date(2026, 11, 23)]
    shut = [Closure("yearly", "12-29/01-03"), Closure("dates", "2026-12-07/2026-12-14")]
    assert next_dates(usual, date(2026, 12, 1), 3, shut) == [date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4)]


def test_a_rule_that_never_holds_has_no_dates() -> None:
    assert next_dates(Rule(byday=""), date(2026, 1, 1), 3) == []
    assert next_dates(Rule(byday="MO", until=date(2020, 1, 1)), date(2026, 1, 1), 3) == []
    assert next_dates(Rule(byday="MO", holidays="as_usual"), date.max - timedelta(days=3), 3) == []


@pytest.mark.parametrize(
    "rule,day,answer",
    [
        ("MO", date(2026, 11, 24), True),
        ("MO", date(2026, 11, 17), False),
        ("MO", date(2026, 5, 5), None),  # the day after Monday みどりの日 is a holiday itself: which day is shut?
        ("MO+", date(2026, 5, 5), False),
        ("MO+", date(2026, 5, 7), True),  # 5/4, 5/5 and 5/6 are holidays
        ("MO+", date(2026, 5, 8), False),
    ],
)
def test_the_closing_day_after_a_holiday(rule: str, day: date, answer: bool | None) -> None:
    assert covers(Closure("after_holiday", rule), day) is answer


@pytest.mark.parametrize("kind", ["yearly", "dates", "weekday", "monthly", "after_holiday"])
@pytest.mark.parametrize("rule", ["", "x", "99-99/01-01", "2026-13-01", "MO,XX", "0MO", "\n"])
def test_a_closure_whose_words_cannot_be_read_makes_the_day_unknown_not_open(kind: str, rule: str) -> None:
    assert covers(Closure(kind, rule), date(2026, 11, 24)) is None  # type: ignore[arg-type]
    open_then = Rule(byday=WEEK, opens_at=time(9), closes_at=time(17), holidays="as_usual")
    assert is_open([open_then], [Closure(kind, rule)], at("2026-11-24T10:00")) is None  # type: ignore[arg-type]


def test_the_next_opening() -> None:
    opening = next_opening(LIBRARY.rules, LIBRARY.closures, at("2026-12-26T18:00"))
    assert opening is not None
    assert (opening.day, opening.opens_at, opening.closes_at) == (date(2026, 12, 27), time(9, 30), time(17))
    opening = next_opening(LIBRARY.rules, LIBRARY.closures, at("2026-12-28T08:00"))
    assert opening is not None
    assert opening.day == date(2027, 1, 5)
    assert next_opening((), (), at("2026-12-28T08:00")) is None
    assert next_opening([Rule(byday="MO")], [], datetime.max) is None


def test_the_next_opening_may_be_one_nobody_is_sure_of() -> None:
    rule = Rule(byday="MO", opens_at=time(10), closes_at=time(12))
    sure = next_opening([rule], [], at("2026-11-20T10:00"))
    asked = next_opening([rule], [], at("2026-11-20T10:00"), sure=False)
    assert sure is not None
    assert asked is not None
    assert (sure.day, asked.day, asked.sure) == (date(2026, 11, 30), date(2026, 11, 23), False)


def bits(rules: list[Rule], *closures: Closure) -> list[tuple[int, int]]:
    number = int.from_bytes(week_bits(rules, closures), "little")
    return [divmod(bit, 24) for bit in range(168) if number >> bit & 1]


def test_an_hour_counts_when_it_is_open_at_any_time_within() -> None:
    assert bits([Rule(byday="MO", opens_at=time(9, 30), closes_at=time(11, 1))]) == [(0, 9), (0, 10), (0, 11)]
    assert bits([Rule(byday="MO", opens_at=time(9, 30), closes_at=time(11))]) == [(0, 9), (0, 10)]
    assert bits([Rule(byday="SU", opens_at=time(23), closes_at=time(1))]) == [(0, 0), (6, 23)]
    assert bits([Rule(byday="TU", opens_at=time(18, 30))]) == [(1, 18)]


def test_the_ordinary_week_knows_no_months_and_no_second_weeks() -> None:
    for rule in (
        Rule(freq="MONTHLY", byday="2WE", opens_at=time(9), closes_at=time(10)),
        Rule(byday="WE", interval=2, opens_at=time(9), closes_at=time(10)),
        Rule(freq=None, holidays="only", opens_at=time(9), closes_at=time(10)),
        Rule(byday="WE"),
    ):
        assert bits([rule]) == []


def test_weekdays_shut_or_shorter_change_the_ordinary_week() -> None:
    rule = Rule(byday="MO,TU", opens_at=time(9), closes_at=time(12))
    assert bits([rule], Closure("weekday", "MO")) == [(1, 9), (1, 10), (1, 11)]
    assert bits([rule], Closure("weekday", "TU", None, time(10)))[-1] == (1, 9)
    later = Rule(byday="MO", opens_at=time(9), closes_at=time(12), valid_from=date(2027, 1, 1))
    assert week_bits([later], on=date(2026, 1, 1)) == bytes(21)
