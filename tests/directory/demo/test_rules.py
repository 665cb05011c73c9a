"""The short notation of opening rules, and how it is said."""

from datetime import date

import pytest

from tsunagari.directory.demo import rules, saying

MONDAY_HOLIDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("notation", "language", "said"),
    [
        ("MO-FR 09:00-17:00 -", "ja", "毎週月～金曜 9:00～17:00（祝日はお休み）"),
        ("TU,TH 13:00-17:00 +", "ja", "毎週火・木曜 13:00～17:00（祝日も同じ）"),
        ("2WE,4WE 13:30-15:30 +", "ja", "毎月第2水曜・第4水曜 13:30～15:30（祝日も同じ）"),
        ("-1SU 10:00-12:00 ?", "ja", "毎月最終日曜 10:00～12:00（祝日は要確認）"),
        ("D10,D25 10:00-11:00 +", "ja", "毎月10日・25日 10:00～11:00（祝日も同じ）"),
        ("DAILY 17:00-02:00 +", "ja", "毎日 17:00～翌2:00（祝日も同じ）"),
        ("DAILY 00:00-00:00 +", "ja", "毎日 24時間（祝日も同じ）"),
        ("DAILY 11:30-14:00 !", "ja", "祝日だけ 11:30～14:00"),
        ("SA 10:00-12:00 +", "en", "Every Sat 10:00–12:00 (open on holidays too)"),
        ("DAILY 17:00-02:00 +", "en", "Every day 17:00–2:00 the next day (open on holidays too)"),
        ("MO-FR 09:00-17:00 -", "vi", "Mỗi tuần: thứ Hai – thứ Sáu 9:00–17:00 (nghỉ ngày lễ)"),
        ("MO-FR 09:00-17:00 -", "ko", "매주 월~금요일 9:00~17:00 (공휴일 휴무)"),
        ("1SA,3SA 10:00-12:00 +", "zh", "每月第1个星期六、第3个星期六 10:00～12:00（节假日照常）"),
        ("TU 10:00-12:00 -", "pt", "Toda semana: ter 10:00–12:00 (fecha nos feriados)"),
    ],
)
def test_a_rule_is_said_in_every_language(notation: str, language: str, said: str) -> None:
    assert saying.when([rules.read(notation)], [], language) == said


@pytest.mark.parametrize(("notation", "holds"), [("MO 09:00-10:00 -", False), ("MO 09:00-10:00 +", True)])
def test_a_holiday_is_what_the_rule_makes_of_it(notation: str, holds: bool) -> None:
    assert rules.read(notation).falls_on(MONDAY_HOLIDAY) is holds


def test_a_rule_for_holidays_holds_on_no_other_day() -> None:
    rule = rules.read("DAILY 11:30-14:00 !")
    found = list(rules.dates(rule, [], date(2026, 11, 1), date(2026, 11, 30)))
    assert found == [date(2026, 11, 3), date(2026, 11, 23)]


def test_closed_days_are_left_out() -> None:
    rule = rules.read("TU 10:00-12:00 +")
    closed = [rules.shut("monthly:3TU", MONDAY_HOLIDAY), rules.shut("NY", MONDAY_HOLIDAY)]
    found = list(rules.dates(rule, closed, date(2026, 12, 1), date(2027, 1, 6)))
    assert found == [date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 22), date(2027, 1, 5)]


@pytest.mark.parametrize("notation", ["", "MO 9-17", "XX 09:00-10:00 +", "MO 09:00-10:00"])
def test_a_rule_that_cannot_be_read_is_refused(notation: str) -> None:
    with pytest.raises(ValueError, match=r"not an opening rule|not in tuple"):
        rules.read(notation)
