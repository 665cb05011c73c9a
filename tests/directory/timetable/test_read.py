"""Free text becomes rules only where it is certain; the rest stays a note, word for word."""

import pytest

from tests.directory.timetable.short import said
from tsunagari.directory.timetable.read import read_text

WEEK = "MO,TU,WE,TH,FR,SA,SU"

READ = [
    # weekly
    ("毎週水曜 13:30〜15:00", ["WEEKLY WE 13:30-15:00 unknown"], []),
    ("月・水・金曜日　9：00～12：00", ["WEEKLY MO,WE,FR 09:00-12:00 unknown"], []),
    ("平日午前9時～午後5時", ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 closed"], []),
    ("月曜日から金曜日 8時30分から17時15分まで", ["WEEKLY MO,TU,WE,TH,FR 08:30-17:15 unknown"], []),
    ("水・金・土曜日の10時から16時", ["WEEKLY WE,FR,SA 10:00-16:00 unknown"], []),
    ("月〜金曜日（祝日を除く）9:00〜17:00", ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 closed"], []),
    ("9:00〜17:00（月〜金）", ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 unknown"], []),
    ("午後1時〜3時 毎週金曜日", ["WEEKLY FR 13:00-15:00 unknown"], []),
    ("毎日20時〜翌朝6時", [f"WEEKLY {WEEK} 20:00-06:00 unknown"], []),
    ("22:00〜翌2:00 金・土", ["WEEKLY FR,SA 22:00-02:00 unknown"], []),
    ("24時間受付（年中無休）", [f"WEEKLY {WEEK} 00:00-00:00 as_usual"], []),
    ("24時間365日対応", [f"WEEKLY {WEEK} 00:00-00:00 as_usual"], []),
    ("日曜日のみ開催 9:00〜12:00", ["WEEKLY SU 09:00-12:00 unknown"], []),
    ("月・水・金（祝日も同じ）", ["WEEKLY MO,WE,FR as_usual"], []),
    # several
    ("火曜・木曜 10:00-12:00、13:00-15:00",
     ["WEEKLY TU,TH 10:00-12:00 unknown", "WEEKLY TU,TH 13:00-15:00 unknown"], []),
    ("火・木\n10:00～12:00\n13:00～15:00",
     ["WEEKLY TU,TH 10:00-12:00 unknown", "WEEKLY TU,TH 13:00-15:00 unknown"], []),
    ("月〜木 9:00〜17:00　金 9:00〜19:00",
     ["WEEKLY MO,TU,WE,TH 09:00-17:00 unknown", "WEEKLY FR 09:00-19:00 unknown"], []),
    ("平日 9:00-18:00、土日祝 10:00-17:00",
     ["WEEKLY MO,TU,WE,TH,FR 09:00-18:00 closed", "10:00-17:00 only", "WEEKLY SA,SU 10:00-17:00 as_usual"], []),
    ("毎日 9:00〜21:00、日曜は 9:00〜17:00",
     ["WEEKLY MO,TU,WE,TH,FR,SA 09:00-21:00 unknown", "WEEKLY SU 09:00-17:00 unknown"], []),
    ("土日祝 10:00〜16:00", ["10:00-16:00 only", "WEEKLY SA,SU 10:00-16:00 as_usual"], []),
    # monthly
    ("毎月第2・第4水曜 13時半〜15時", ["MONTHLY 2WE,4WE 13:30-15:00 unknown"], []),
    ("第２・４土曜日　１７：００〜１９：００", ["MONTHLY 2SA,4SA 17:00-19:00 unknown"], []),
    ("毎月第2土曜日と第4日曜日 10:00〜15:00", ["MONTHLY 2SA,4SU 10:00-15:00 unknown"], []),
    ("最終金曜 18:30〜", ["MONTHLY -1FR 18:30-? unknown"], []),
    ("毎月第三日曜日の午前10時〜正午", ["MONTHLY 3SU 10:00-12:00 unknown"], []),
    ("第1・最終月曜 10:00〜", ["MONTHLY 1MO,-1MO 10:00-? unknown"], []),
    ("隔月 第1土曜 10:00〜12:00", ["MONTHLY 1SA /2 10:00-12:00 unknown"], []),
    ("毎月1日、15日 10:00〜", ["MONTHLY 1,15 10:00-? unknown"], []),
    ("月2回 第1・第3水曜日 10時〜", ["MONTHLY 1WE,3WE 10:00-? unknown"], []),
    # every second week
    ("隔週水曜 10:00〜12:00", ["WEEKLY WE /2 10:00-12:00 unknown"], []),
    ("隔週水曜 10:00〜12:00（2026年8月5日から数えて）", ["WEEKLY WE /2 10:00-12:00 unknown dtstart=2026-08-05"], []),
    # from when to when, dates
    ("令和8年4月1日から令和9年3月31日まで 毎週水曜日 10:00〜12:00",
     ["WEEKLY WE 10:00-12:00 unknown valid_from=2026-04-01 valid_to=2027-03-31"], []),
    ("2026年8月5日（水） 10:00〜12:00", ["10:00-12:00 unknown dtstart=2026-08-05 until=2026-08-05"], []),
    # closed
    ("月〜金 8:30～17:15 ※祝日・年末年始（12/29～1/3）は休み",
     ["WEEKLY MO,TU,WE,TH,FR 08:30-17:15 closed"], ["yearly 12-29/01-03"]),
    ("火曜日～土曜日　午前10時～午後6時（日・月曜、祝日休館）",
     ["WEEKLY TU,WE,TH,FR,SA 10:00-18:00 closed"], ["weekday MO", "weekday SU"]),
    ("毎週木曜日（8月を除く）10:00〜11:30", ["WEEKLY TH 10:00-11:30 unknown"], ["yearly 08-01/08-31"]),
    ("土曜日(第3土曜日を除く)13時〜", ["WEEKLY SA 13:00-? unknown"], ["monthly 3SA"]),
    ("第3月曜日休館、毎月末日休館", [], ["monthly -1", "monthly 3MO"]),
    ("日曜、祝日は休み", [], ["holidays", "weekday SU"]),
    ("休館日：月曜日（祝日の場合は翌日）、年末年始（12/29〜1/3）",
     [], ["after_holiday MO", "weekday MO", "yearly 12-29/01-03"]),
    ("月曜日 休館（月曜日が祝日の場合は翌平日休館）", [], ["after_holiday MO+", "weekday MO"]),
    # opening hours with closing days: every other day
    ("営業時間：9:00〜17:00 定休日：水曜日", ["WEEKLY MO,TU,TH,FR,SA,SU 09:00-17:00 unknown"], ["weekday WE"]),
    ("土・日・祝日を除く 9:00〜17:00", ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 closed"], ["weekday SA", "weekday SU"]),
    ("月曜・祝日を除く毎日 10:00〜17:00", ["WEEKLY TU,WE,TH,FR,SA,SU 10:00-17:00 closed"], ["weekday MO"]),
    # English
    ("Mon-Fri 9am-5pm, closed on public holidays", ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 closed"], []),
    ("2nd and 4th Wednesday 13:30-15:30", ["MONTHLY 2WE,4WE 13:30-15:30 unknown"], []),
    ("Every Tuesday from 1:30 pm to 3 pm", ["WEEKLY TU 13:30-15:00 unknown"], []),
    ("Last Friday of the month 18:00-20:00", ["MONTHLY -1FR 18:00-20:00 unknown"], []),
    ("Open Monday to Saturday 10:00-18:00 (closed on Sundays and public holidays)",
     ["WEEKLY MO,TU,WE,TH,FR,SA 10:00-18:00 closed"], ["weekday SU"]),
]  # fmt: skip


@pytest.mark.parametrize("text,rules,closures", READ)
def test_what_is_certain_is_read_without_a_rest(text: str, rules: list[str], closures: list[str]) -> None:
    assert said(read_text(text)) == (rules, closures, [])


NOT_CERTAIN = [
    "月2回 土曜 10:00-12:00",  # which two?
    "不定期",
    "要相談",
    "10時〜3時 月曜",
    "月曜 1時〜3時",  # of the night?
    "火曜 午後12時〜2時",  # noon to some, midnight to others
    "第2土曜・日曜 10:00-12:00",  # every Sunday?
    "第1週の金曜日 10:00〜12:00",  # the first Friday, or the Friday of the first week?
    "月〜金、祝日を除く 9:00〜17:00",
    "4月〜9月は 9:00〜18:00",  # on which days?
    "毎週日曜 4月〜10月 6:00〜7:00",
    "10:00〜16:00",
    "土曜の午後",
    "13時頃〜15時 水曜",
    "8月10日(月)は休館",  # of which year?
    "8/10は休館",
    "夏休み期間中は毎日開催",
    "図書室は月曜休み",  # and the house?
    "2週おきの月曜 10:00〜12:00",
    "平日以外 10:00〜16:00",  # and on holidays
    "Mon-Fri closed on holidays",
    "Open Monday closed Tuesday",
    "毎月最終土曜日の前日",
    "隔週 第2水曜 10:00〜12:00",
    "隔月 水曜日 10:00〜12:00",
    "every second Wednesday 10:00-12:00",  # every other, or the second of the month?
    "午後6時〜8時 8時〜10時 金曜",
    "年末年始は休み",
    "学校のある日 14:00〜18:00",
    "Wednesdays 9-5",
]


@pytest.mark.parametrize("text", NOT_CERTAIN)
def test_what_could_mean_two_things_is_not_read(text: str) -> None:
    rules, _, notes = said(read_text(text))
    assert (rules, notes) == ([], [text])


PARTLY = [
    ("毎週水曜 13:30〜15:00 中央公民館", ["WEEKLY WE 13:30-15:00 unknown"], ["中央公民館"]),
    ("毎週土曜 10:00〜12:00 日本語教室", ["WEEKLY SA 10:00-12:00 unknown"], ["日本語教室"]),
    ("毎週火曜日13時30分～15時30分（第5週はお休み）", ["WEEKLY TU 13:30-15:30 unknown"], ["（第5週はお休み）"]),
    ("月〜金 14:00〜18:00（学校休業日は9:00〜18:00）",
     ["WEEKLY MO,TU,WE,TH,FR 14:00-18:00 unknown"], ["（学校休業日は9:00〜18:00）"]),
    ("月・水・金（祝日の場合は翌日）", ["WEEKLY MO,WE,FR unknown"], ["（祝日の場合は翌日）"]),
    ("電話相談 月〜金 9:00〜17:00 来所相談 火・木 13:00〜16:00",
     ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 unknown"], ["電話相談", "来所相談 火・木 13:00〜16:00"]),
    ("月曜日から金曜日 9時〜17時（祝日、年末年始を除く）",
     ["WEEKLY MO,TU,WE,TH,FR 09:00-17:00 closed"], ["（祝日、年末年始を除く）"]),
    ("毎日 10:00〜18:00（最終日は15:00まで）", [f"WEEKLY {WEEK} 10:00-18:00 unknown"], ["（最終日は15:00まで）"]),
    ("毎週木曜 10:00〜11:30 ※8/13はお休み", ["WEEKLY TH 10:00-11:30 unknown"], ["8/13はお休み"]),
    ("第2日曜（雨天中止）8:00〜", ["MONTHLY 2SU 08:00-? unknown"], ["（雨天中止）"]),
]  # fmt: skip


@pytest.mark.parametrize("text,rules,notes", PARTLY)
def test_a_certain_part_is_read_and_the_rest_stands_beside_it(text: str, rules: list[str], notes: list[str]) -> None:
    assert (said(read_text(text))[0], said(read_text(text))[2]) == (rules, notes)


def test_a_last_order_is_no_opening_time() -> None:
    reading = read_text("営業時間 11:00〜20:00（ラストオーダー19:30）定休日 月曜日")
    assert said(reading) == (
        ["WEEKLY TU,WE,TH,FR,SA,SU 11:00-20:00 unknown"],
        ["weekday MO"],
        ["（ラストオーダー19:30）"],
    )


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "-", "ー", "－"])
def test_an_empty_text_says_nothing(text: str) -> None:
    assert said(read_text(text)) == ([], [], [])


def test_a_text_longer_than_any_timetable_is_a_note() -> None:
    text = "毎週水曜 10:00〜12:00。" * 1000
    assert said(read_text(text)) == ([], [], [text])
