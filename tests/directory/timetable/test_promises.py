"""What holds for every text: no word is lost, nothing fails, a text twice as long takes about twice as long."""

from collections import Counter
from collections.abc import Callable
from datetime import date, time
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tsunagari.directory.timetable.open import is_open, next_opening, week_bits
from tsunagari.directory.timetable.read import LONGEST, read_days, read_event_dates, read_text
from tsunagari.directory.timetable.rules import WEEKDAYS, Closure, Dates, Reading, Rule
from tsunagari.directory.timetable.words import describe

AUGUST = date(2026, 8, 1)
PIECES = [
    "月", "火", "水曜", "日", "土曜日",
    "祝", "祝日", "第2", "第4水曜", "・", "、", "。", "（", "）", "(", ")", "13:30", "〜", "-",
    "まで", "から", "休",
    "休館", "毎週", "毎月", "末日", "8月", "5日", "8月5日（水）",
    "12/29", "年末年始", "を除く", "以外", "は",
    "が", "の場合は", "翌日", "24時間", "無休",
    "\n", " ", "　", "①", "午後", "3時", "隔週", "月2回", "2026年", "令和8年", "Mon", "closed", "on", "※",
    "のみ", "平日", "【", "】",
    "休館日", "：",
    "図書室", "要予約", "10", "毎年", "数えて", "と", "や", "２", "0", "\x00", "9am", "2nd",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=16).map("".join),
    st.text("月火日0123456789:/〜～-年時（）", max_size=40),
)
quick = settings(max_examples=300, deadline=None, database=None)


def lost(text: str, found: Reading | Dates) -> Counter[str]:
    """Letters and numbers of the text that stand neither in the notes nor in the sources."""
    kept = Counter(char for part in found.notes + found.sources for char in part)
    return Counter(char for char in text if char.isalnum()) - kept


@quick
@given(texts)
@example("2土曜日と")
@example("【開館時間】9:00〜21:00 【休館日】月曜日・祝日・年末年始")
@example("開館時間：")
@example("毎週")
def test_no_word_of_a_text_is_lost(text: str) -> None:
    assert not lost(text, read_text(text))


@quick
@given(texts, texts, texts)
def test_no_word_of_an_event_is_lost(days: str, start: str, end: str) -> None:
    found = read_event_dates(days, "x" + start, "y" + end, around=AUGUST)
    # A cell that is a number, as a spreadsheet writes it, may stand there as the day it means.
    words = days if not days.strip().replace(".", "").isdigit() else ""
    assert not lost(words + "x" + start + "y" + end, found)


@quick
@given(texts, texts, texts, texts)
def test_no_word_of_the_columns_is_lost(days: str, start: str, end: str, note: str) -> None:
    assert not lost(days + "x" + start + "y" + end + note, read_days(days, "x" + start, "y" + end, note))


@settings(max_examples=40, deadline=None, database=None)
@given(st.text(min_size=1, max_size=40), st.integers(1, LONGEST), st.datetimes())
def test_no_text_makes_it_fail(text: str, length: int, moment: object) -> None:
    long = (text * (length // len(text) + 1))[:length]
    reading = read_text(long)
    read_event_dates(long[: length // 2], long[: length // 3], long[: length // 9], around=AUGUST)
    assert len(week_bits(reading.rules, reading.closures)) == 21
    is_open(reading.rules, reading.closures, moment)  # type: ignore[arg-type]
    next_opening(reading.rules, reading.closures, moment, days=5)  # type: ignore[arg-type]
    assert all(describe(rule, reading.closures, str) for rule in reading.rules)


def _taken(read: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        before = process_time()
        read(text)
        best = min(best, process_time() - before)
    return best


UNITS = [
    "月", "第", "(", "）", "月・", "12/29〜", "9:00", "毎週", " ", "1", "第2・", "祝日の場合は",
    "あ", "8月5日（水）～", "①13:00\n", "(月",
    "MON ", "5日", "国民の",
    "10:00〜", "【", "閉", "Jan ", "月曜 10:00〜12:00。", "祝日は休み、", "月が祝日の場合は翌日休館。", "毎月1日、",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "read", [read_text, lambda text: read_event_dates(text, "9:00", "", around=AUGUST)], ids=["text", "event"]
)
def test_four_times_the_text_takes_about_four_times_as_long(unit: str, read: Callable[[str], object]) -> None:
    short, long = ((unit * size)[:size] for size in (1000, 4000))
    # Sixteen would be a square; the clock of a busy machine is given some room.
    assert _taken(read, long) < 10 * _taken(read, short) + 0.01


# --- a rule said in words reads back as the same rule -----------------------------------------------------------

hours = st.one_of(
    st.just((None, None)),
    st.tuples(st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.none()),
    st.just((time(0), time(0))),
    st.tuples(st.integers(0, 22), st.integers(0, 59)).flatmap(
        lambda at: st.tuples(st.just(time(*at)), st.integers(at[0] + 1, 23).map(lambda hour: time(hour, 15)))
    ),
    st.tuples(st.integers(17, 23).map(time), st.integers(0, 9).map(lambda hour: time(hour, 30))),
)
weekly = st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(
    lambda days: {"byday": ",".join(d for d in WEEKDAYS if d in days)}
)
numbered = st.lists(
    st.tuples(st.sampled_from((1, 2, 3, 4, 5, -1)), st.sampled_from(WEEKDAYS)), min_size=1, max_size=4, unique=True
)
monthdays = st.lists(st.integers(1, 31), min_size=1, max_size=6, unique=True).map(
    lambda days: {"freq": "MONTHLY", "bymonthday": ",".join(map(str, sorted(days)))}
)
dates_of_years = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def _numbered(days: list[tuple[int, str]]) -> dict[str, str]:
    """As describe groups them: by weekday in the order named, its numbers in order, the last one last."""
    order = sorted(days, key=lambda one: (WEEKDAYS.index(one[1]), one[0] < 0, one[0]))
    return {"freq": "MONTHLY", "byday": ",".join(f"{n}{day}" for n, day in order)}


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    days = draw(st.one_of(weekly, numbered.map(_numbered), monthdays, st.just({"freq": "MONTHLY", "bymonthday": "-1"})))
    opens, closes = draw(hours)
    interval = draw(st.sampled_from((1, 1, 2, 3)))
    rule = Rule(**days, opens_at=opens, closes_at=closes, interval=interval,
                dtstart=draw(st.none() | dates_of_years) if interval > 1 else None,
                valid_from=draw(st.none() | dates_of_years), valid_to=draw(st.none() | dates_of_years),
                holidays=draw(st.sampled_from(("as_usual", "closed", "unknown"))))  # fmt: skip
    return rule


@settings(max_examples=600, deadline=None, database=None)
@given(rules())
def test_a_rule_said_in_words_reads_back_as_the_same_rule(rule: Rule) -> None:
    words = describe(rule, (), str)
    found = read_text(words)
    assert found.notes == (), words
    assert [_days(one) for one in found.rules] == [_days(rule)], words


def _days(rule: Rule) -> tuple[object, ...]:
    """A rule with its days as a set: the order in which they are said does not matter."""
    days = frozenset(f"{rule.byday},{rule.bymonthday}".split(","))
    return (
        rule.freq,
        days,
        rule.interval,
        rule.dtstart,
        rule.valid_from,
        rule.valid_to,
        rule.opens_at,
        rule.closes_at,
        rule.holidays,
    )


year_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: day.strftime("%m-%d"))
shut = st.one_of(
    st.tuples(year_days, year_days).map(
        lambda ends: Closure("yearly", ends[0] if ends[0] == ends[1] else "/".join(ends))
    ),
    year_days.map(lambda day: Closure("yearly", day)),
    dates_of_years.map(lambda day: Closure("dates", day.isoformat())),
    st.tuples(st.sampled_from((1, 2, 3, 4, 5, -1)), st.sampled_from(WEEKDAYS)).map(
        lambda nth: Closure("monthly", f"{nth[0]}{nth[1]}")
    ),
    st.sampled_from(("-1", "1", "15")).map(lambda day: Closure("monthly", day)),
    st.tuples(st.sampled_from(WEEKDAYS), st.sampled_from(("", "+"))).map(
        lambda one: Closure("after_holiday", "".join(one))
    ),
    year_days.map(lambda day: Closure("yearly", day, time(9, 30), time(17))),
)


@settings(max_examples=300, deadline=None, database=None)
@given(st.lists(shut, max_size=4, unique=True))
def test_closures_said_in_words_read_back_as_the_same_closures(closures: list[Closure]) -> None:
    rule = Rule(byday="MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(17), holidays="closed")
    words = describe(rule, closures, str)
    found = read_text(words)
    assert (found.rules, set(found.closures), found.notes) == ((rule,), set(closures), ()), words
