"""Places, times and slips in what people type; and how a process keeps up with the others."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.directory.finding.conftest import NOW
from tsunagari.directory import finder
from tsunagari.directory.finder import Query, snapshot
from tsunagari.directory.finder.calendar import openings
from tsunagari.directory.finder.gazetteer import gazetteer
from tsunagari.directory.finder.taxonomies import (
    PHRASES,
    SENSES,
    phrases,
    senses,
    spoken,
    spoken_terms,
    term_names,
    thesaurus,
)
from tsunagari.directory.models import Closure, FinderEntry, FinderGeneration, Occurrence, Schedule, Service
from tsunagari.directory.search.senses import _read
from tsunagari.directory.search.thesaurus import reading, times
from tsunagari.directory.search.words import fold, hashed

Make = Callable[..., Service]
SHIKAMA, ABOSHI = (34.799, 134.674), (34.777, 134.597)


@pytest.mark.parametrize(
    "typed",
    ["飾磨 こども食堂", "しかま こどもしょくどう", "飾磨区のこども食堂", "飾摩 子ども食堂", "Shikama こども食堂"],
)
def test_a_named_place_says_where_and_leaves_the_words(entry: Make, typed: str) -> None:
    here = entry("こども食堂 かもめ", kana="こどもしょくどう かもめ", at=SHIKAMA)
    entry("こども食堂 しらさぎ", kana="こどもしょくどう しらさぎ", at=ABOSHI)
    results = finder.search(Query(q=typed, at=NOW))
    assert results.place == "飾磨"
    assert results.ids[0] == here.pk


def test_nothing_in_a_named_place_shows_what_is_nearest(entry: Make) -> None:
    away = entry("こども食堂 しらさぎ", at=ABOSHI)
    results = finder.search(Query(q="飾磨 こども食堂", at=NOW))
    assert results.ids == [away.pk]
    assert results.distances[away.pk] > 5000


def test_every_place_is_known_by_its_kana() -> None:
    shikama = gazetteer().named("しかま")
    assert shikama is not None
    assert shikama.name == "飾磨"
    assert gazetteer().split("おかねがない") == (None, "おかねがない")


@pytest.mark.parametrize(
    "typed, when",
    [
        ("今夜 ごはん", "tonight"),
        ("土日に行ける所", "weekend"),
        ("今から行ける", "now"),
        ("this weekend", "weekend"),
        ("毎日のこと", None),
    ],
)
def test_words_for_times_are_understood(typed: str, when: str | None) -> None:
    assert times(fold(typed)) == when


def test_a_time_that_is_named_is_a_wish_and_shuts_nobody_out(entry: Make) -> None:
    weekday = entry("手芸の火曜会", open="TU")
    saturday = entry("手芸の土曜会", open="SA")
    results = finder.search(Query(q="土日 手芸", at=NOW))
    assert results.ids == [saturday.pk, weekday.pk]
    assert results.prefer == "weekend"


LONG_BEFORE = "だれでも来られる集まりです。" * 20  # the word stands far down, where no readings are kept


@pytest.mark.parametrize("typed", ["カフェ", "サロン", "リハビリ", "ヨガ", "ボランティア"])
def test_a_katakana_word_in_the_text_is_found_below_the_names_that_say_it(entry: Make, typed: str) -> None:
    named = {entry(f"{typed}の輪{n}", kana=f"{typed}のわ").pk for n in range(25)}
    told = {entry(f"縁側の会{n}", text=f"{LONG_BEFORE}月に一度{typed}をひらきます。").pk for n in range(3)}
    entry("囲碁の会", text="静かに打ちます。")
    results = finder.search(Query(q=typed, at=NOW, per_page=100))
    assert set(results.ids) == named | told
    assert results.exact == 28
    assert set(results.ids[:25]) == named
    assert set(results.ids[25:]) == told


def test_words_in_hiragana_still_mean_their_reading(entry: Make) -> None:
    named = entry("はなの会", kana="はなのかい")
    for n in range(25):
        entry(f"耳と喉の会{n}", kana="みみとのどのかい", text=f"{LONG_BEFORE}鼻が詰まる人の集まりです。")
    results = finder.search(Query(q="はな", at=NOW))
    assert (results.exact, results.ids[0]) == (1, named.pk)


@pytest.mark.parametrize("typed", ["将模クラブ", "ふれあいサロソ", "図書缶", "こども食同"])
def test_one_wrong_letter_is_forgiven(entry: Make, typed: str) -> None:
    entry("将棋クラブ")
    entry("ふれあいサロン")
    entry("図書館")
    entry("こども食堂")
    results = finder.search(Query(q=typed, at=NOW))
    assert results.exact >= 1
    assert results.corrected
    assert not set(results.corrected) & {typed}


def test_everyday_words_stand_for_terms() -> None:
    def soft(text: str) -> list[str]:
        found = thesaurus().soft(fold(text), ())
        return sorted(found, key=lambda term: -found[term])

    assert "worry:rent" in soft("家賃が払えない")[:3]
    assert "category:talk_partner" in soft("lonely")
    assert "category:talk_partner" in soft("cô đơn")
    assert soft("alonely") == []


def test_the_phrases_of_the_categories_are_encoded() -> None:
    """After a change of data/taxonomies.json: `finder.taxonomies.write_senses()`."""
    known = set(_read(SENSES)[0].tolist())
    wanted = [hashed(fold(p)) for name in term_names() if name.startswith("category:") for p in phrases(name)]
    assert sum(key in known for key in wanted) / len(wanted) > 0.95
    assert len(senses().terms) == sum(name.startswith("category:") for name in term_names())
    assert "居場所" in spoken()


def test_the_phrases_of_the_terms_are_read() -> None:
    """After a change of data/taxonomies.json, the dictionary or `search.words`: `finder.taxonomies.write_phrases()`."""
    read = {phrase: list(reading(phrase)) for term in spoken_terms() for phrase in term.phrases}
    assert {p: [f, tuple(n)] for p, (f, n) in json.loads(PHRASES.read_text(encoding="utf-8")).items()} == read


def test_a_process_keeps_up_with_what_others_changed(entry: Make) -> None:
    first = entry("手芸の会")
    assert finder.search(Query(q="手芸", at=NOW)).total == 1
    before = snapshot.current()
    second = entry("手芸の仲間")
    FinderEntry.objects.filter(pk=first.pk).delete()  # as by another process, with its number
    FinderGeneration.objects.update(number=FinderGeneration.objects.get().number + 1)
    assert finder.search(Query(q="手芸", at=NOW)).ids == [second.pk]
    assert snapshot.current().generation > before.generation
    assert before.living == 1


def test_numbers_of_changes_only_grow(entry: Make) -> None:
    made = entry("手芸の会")
    numbers = []
    for _ in range(3):
        finder.refresh([made.pk])
        numbers.append(FinderGeneration.objects.get().number)
    assert numbers == sorted(set(numbers))


def test_a_question_asks_the_database_one_thing(entry: Make, django_assert_num_queries: Callable[..., object]) -> None:
    entry("手芸の会")
    finder.search(Query(q="手芸", at=NOW))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        finder.search(Query(q="手芸", worry=("rent",), near=SHIKAMA, km=3.0, when="now", at=NOW))


def test_points_from_nowhere_and_times_that_mean_nothing_are_let_pass(entry: Make) -> None:
    entry("手芸の会", at=SHIKAMA)
    nowhere = float("nan")
    for strange in (
        Query(near=(nowhere, nowhere), km=3.0, at=NOW),
        Query(when="gestern", at=NOW),
        Query(page=-3, at=NOW),
    ):
        finder.search(strange)
    assert finder.search(Query(when="gestern", date="2026-99-99", at=NOW)).total == 1


class TestHours:
    """What the rules of an entry become in the index."""

    TODAY = date(2026, 11, 24)

    def rule(self, **options: object) -> Schedule:
        given = {"freq": "WEEKLY", "byday": "MO", "opens_at": time(10), "closes_at": time(12), "holidays": "closed"}
        return Schedule(**given | options)

    def test_a_week_is_bits_and_holidays_are_days_shut(self) -> None:
        found = openings([self.rule()], [], [], self.TODAY)
        assert int.from_bytes(found.week, "little") == 0b11 << 10
        assert found.closed >= {date(2027, 1, 11).toordinal()}  # 成人の日, a Monday
        assert not openings([self.rule(holidays="as_usual")], [], [], self.TODAY).closed

    def test_a_monthly_rule_becomes_dates(self) -> None:
        found = openings([self.rule(freq="MONTHLY", byday="2WE")], [], [], self.TODAY)
        starts = [datetime.fromtimestamp(start, UTC) + timedelta(hours=9) for start, _ in sorted(found.dates)]
        assert starts[0].replace(tzinfo=None) == datetime(2026, 12, 9, 10)
        assert not any(found.week)

    def test_a_closure_shuts_its_days(self) -> None:
        shut = Closure(kind="yearly", rule="12-29/01-03")
        found = openings([self.rule(byday="MO,TU,WE,TH,FR,SA,SU")], [shut], [], self.TODAY)
        assert {date(2026, 12, 29).toordinal(), date(2027, 1, 3).toordinal()} <= found.closed

    def test_a_date_called_off_is_a_day_shut(self) -> None:
        off = Occurrence(starts_at=datetime(2026, 12, 7, 1, tzinfo=UTC), state="cancelled")
        on = Occurrence(starts_at=datetime(2026, 12, 14, 1, tzinfo=UTC), state="confirmed")
        found = openings([self.rule(holidays="as_usual")], [], [off, on], self.TODAY)
        assert found.closed == {date(2026, 12, 7).toordinal()}
        assert [start for start, _ in found.dates] == [int(on.starts_at.timestamp())]


def test_whoever_wants_to_die_is_shown_who_listens_first(entry: Make) -> None:
    entry("わかちあい 自死で家族を亡くした人の夜", text="死に別れた人の会", terms=["category:grief"])
    listener = entry("こころの保健室", terms=["category:mental_health"])
    for typed in ("死にたい", "消えたい", "もう死にたいと思ってしまいます", "I want to die", "죽고 싶어요"):
        assert ids_of(typed)[0] == listener.pk, typed


def ids_of(typed: str) -> list[object]:
    return list(finder.search(Query(q=typed, at=NOW)).ids)
