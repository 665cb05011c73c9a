"""A rule said in words, in Japanese or through a catalogue."""

from datetime import date, time

import pytest

from tsunagari.directory.timetable.rules import Closure, Rule
from tsunagari.directory.timetable.words import closure_phrase, describe, say, wareki

AFTERNOON = {"opens_at": time(13, 30), "closes_at": time(15)}

RULES = [
    (Rule(freq="MONTHLY", byday="2WE,4WE", holidays="closed", **AFTERNOON),
     "毎月 第2・第4 水曜日 13:30〜15:00（祝日はお休み）"),
    (Rule(byday="MO,TU,WE,TH,FR", opens_at=time(9), closes_at=time(17), holidays="as_usual"),
     "毎週 月曜日〜金曜日 09:00〜17:00（祝日も同じ）"),
    (Rule(byday="MO,WE"), "毎週 月曜日・水曜日（祝日は要確認）"),
    (Rule(byday="MO,TU,WE,TH,FR,SA,SU", opens_at=time(0), closes_at=time(0), holidays="as_usual"),
     "毎日 24時間（祝日も同じ）"),
    (Rule(byday="FR", opens_at=time(22), closes_at=time(2), holidays="closed"),
     "毎週 金曜日 22:00〜翌02:00（祝日はお休み）"),
    (Rule(byday="WE", interval=2, dtstart=date(2026, 8, 5), opens_at=time(18, 30), holidays="closed"),
     "隔週 水曜日 18:30から（祝日はお休み、2026年8月5日から数えて）"),
    (Rule(freq="MONTHLY", bymonthday="1,-1", holidays="closed"), "毎月 1日・末日（祝日はお休み）"),
    (Rule(freq="MONTHLY", byday="1MO,-1FR", holidays="closed"), "毎月 第1 月曜日・最終 金曜日（祝日はお休み）"),
    (Rule(freq=None, holidays="only", **AFTERNOON), "祝日 13:30〜15:00"),
    (Rule(freq=None, dtstart=date(2026, 8, 5), until=date(2026, 8, 5), **AFTERNOON),
     "2026年8月5日（水曜日） 13:30〜15:00"),
    (Rule(byday="SA", holidays="closed", valid_from=date(2026, 4, 1), valid_to=date(2027, 3, 31)),
     "毎週 土曜日（祝日はお休み、2026年4月1日から、2027年3月31日まで）"),
]  # fmt: skip


@pytest.mark.parametrize("rule,words", RULES)
def test_a_rule_is_said_in_gentle_words(rule: Rule, words: str) -> None:
    assert describe(rule, (), str) == words


CLOSURES = [
    (Closure("yearly", "12-29/01-03"), "12月29日〜1月3日はお休み"),
    (Closure("yearly", "08-15"), "毎年 8月15日はお休み"),
    (Closure("dates", "2026-08-10"), "2026年8月10日（月曜日）はお休み"),
    (Closure("weekday", "MO"), "月曜日はお休み"),
    (Closure("weekday", "SA", None, time(17)), "土曜日は17:00まで"),
    (Closure("monthly", "-1"), "毎月 末日はお休み"),
    (Closure("monthly", "3MO"), "毎月 第3 月曜日はお休み"),
    (Closure("holidays", "", time(10), time(17)), "祝日は10:00〜17:00"),
    (Closure("after_holiday", "MO"), "月曜日が祝日のときは翌日がお休み"),
    (Closure("after_holiday", "MO+"), "月曜日が祝日のときはその後の祝日でない日がお休み"),
    (Closure("monthly", "?", note="毎月第?月曜"), "毎月第?月曜はお休み"),
]


@pytest.mark.parametrize("closure,words", CLOSURES)
def test_a_closure_is_said_in_gentle_words(closure: Closure, words: str) -> None:
    assert say(closure_phrase(closure), str) == words


def test_a_catalogue_gives_every_part_in_its_language() -> None:
    english = {
        "%(what)s（%(notes)s）": "%(what)s (%(notes)s)", "毎月 %(days)s": "every month: %(days)s", "第2": "2nd",
        "第4": "4th",
        "%(numbers)s %(weekday)s": "%(numbers)s %(weekday)s", "水曜日": "Wednesday", "・": " and ",
        "祝日はお休み": "not on holidays",
        "%(opens)s〜%(closes)s": "%(opens)s to %(closes)s", "%(days)s %(hours)s": "%(days)s, %(hours)s",
    }  # fmt: skip
    said = describe(RULES[0][0], (), lambda msgid: english[msgid])
    assert said == "every month: 2nd and 4th Wednesday, 13:30 to 15:00 (not on holidays)"


@pytest.mark.parametrize(
    "day,words",
    [
        (date(2026, 11, 23), "令和8年11月23日（月）"),
        (date(2019, 5, 1), "令和元年5月1日（水）"),
        (date(2019, 4, 30), "平成31年4月30日（火）"),
        (date(1989, 1, 7), "昭和64年1月7日（土）"),
        (date(1926, 12, 25), "昭和元年12月25日（土）"),
        (date(1912, 7, 30), "大正元年7月30日（火）"),
        (date(1912, 7, 29), "明治45年7月29日（月）"),
        (date(1872, 12, 31), "1872年12月31日（火）"),
    ],
)
def test_a_date_is_said_as_town_offices_write_it(day: date, words: str) -> None:
    assert wareki(day) == words
