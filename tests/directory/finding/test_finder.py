"""What a person who looks for something may rely on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.directory.finding.conftest import NOW
from tsunagari.directory import finder
from tsunagari.directory.finder import Query
from tsunagari.directory.models import FinderEntry, Service

Make = Callable[..., Service]


def ids(**asked: object) -> list[object]:
    return finder.search(Query(at=NOW, **asked)).ids  # type: ignore[arg-type]


def test_an_entry_is_found_in_every_way_of_writing_it(entry: Make) -> None:
    rainbow = entry("こども食堂 にじ", kana="こどもしょくどう にじ")
    entry("将棋の会")
    for typed in ("こども食堂", "子ども食堂", "子供食堂", "こどもしょくどう", "コドモ食堂", "にじ", "こども 食堂"):
        assert ids(q=typed)[0] == rainbow.pk, typed


def test_a_slip_of_the_finger_still_finds_and_says_what_was_meant(entry: Make) -> None:
    club = entry("将棋クラブ歩", kana="しょうぎくらぶ あゆみ")
    results = finder.search(Query(q="しょうぎくらぷ", at=NOW))
    assert club.pk in results.ids


def test_family_register_kanji_find_the_usual_ones(entry: Make) -> None:
    saito = entry("斎藤さんちの縁側")
    assert ids(q="齋藤") == [saito.pk]


def test_a_change_is_found_by_the_next_question_and_the_old_words_are_not(entry: Make) -> None:
    club = entry("手芸の会")
    assert ids(q="手芸") == [club.pk]
    Service.objects.filter(pk=club.pk).update(name="囲碁の会")
    finder.refresh([club.pk])
    assert ids(q="囲碁")[0] == club.pk
    assert finder.search(Query(q="手芸", at=NOW)).exact == 0


def test_a_withdrawn_entry_leaves_at_once(entry: Make) -> None:
    club = entry("手芸の会")
    assert ids(q="手芸") == [club.pk]
    Service.objects.filter(pk=club.pk).update(withdrawn_at=NOW)
    finder.refresh([club.pk])
    assert ids(q="手芸") == []
    assert not FinderEntry.objects.exists()


def test_an_entry_that_nobody_confirmed_fades_and_then_leaves(entry: Make) -> None:
    entry("手芸の会 ほのか", confirmed=NOW - timedelta(days=120))
    entry("手芸の会 すみれ", confirmed=NOW - timedelta(days=200))
    fresh = entry("手芸の会 つばさ", confirmed=NOW - timedelta(days=20))
    results = finder.search(Query(q="手芸", at=NOW))
    assert results.ids[0] == fresh.pk
    assert [hit.faded for hit in results.hits] == [False, True]


def test_open_now_knows_the_hour_and_the_day(entry: Make) -> None:
    tuesday = entry("火曜の縁側", open="TU")
    entry("水曜の縁側", open="WE")
    assert ids(when="now") == [tuesday.pk]
    assert ids(when="2026-11-24") == [tuesday.pk]
    assert ids(when="tue-15") == [tuesday.pk]
    assert finder.search(Query(when="now", at=datetime(2026, 11, 24, 12, tzinfo=UTC))).total == 0


def test_near_me_comes_first_and_tells_the_distance(entry: Make) -> None:
    far = entry("東の広場", at=(34.90, 134.80))
    near = entry("西の広場", at=(34.8270, 134.6910))
    nowhere = entry("画面の広場")
    results = finder.search(Query(q="広場", near=(34.8266, 134.6906), at=NOW))
    assert results.ids == [near.pk, far.pk, nowhere.pk]
    assert results.distances[near.pk] < 100 < results.distances[far.pk]
    assert ids(near=(34.8266, 134.6906), km=2.0) == [near.pk]


def test_a_hidden_address_has_no_distance(entry: Make) -> None:
    """Three distances from three points would find a shelter."""
    shelter = entry("安心の家", at=(34.8270, 134.6910), area="城下", hidden=True)
    results = finder.search(Query(q="安心", near=(34.8266, 134.6906), at=NOW))
    assert results.ids == [shelter.pk]
    assert results.distances == {}
    assert ids(near=(34.8266, 134.6906), km=5.0) == []


def test_counts_say_what_each_filter_would_give(entry: Make) -> None:
    entry("あ相談", terms=["worry:rent", "feature:free"])
    entry("い相談", terms=["worry:rent", "worry:debt"])
    entry("う相談", terms=["worry:debt", "feature:free"])
    counts = finder.search(Query(at=NOW, worry=("rent",))).counts
    assert (counts["worry:rent"], counts["worry:debt"], counts["feature:free"]) == (2, 2, 1)
    for value in ("rent", "debt"):
        assert finder.search(Query(at=NOW, worry=(value,))).total == counts[f"worry:{value}"]


def test_every_feature_asked_for_must_be_there(entry: Make) -> None:
    both = entry("両方", terms=["feature:free", "feature:wheelchair"])
    entry("無料だけ", terms=["feature:free"])
    assert ids(feature=("wheelchair",), cost="free") == [both.pk]


def test_the_reason_names_the_trouble_and_never_the_words_typed(entry: Make) -> None:
    entry("住まいの窓口", terms=["worry:rent", "category:housing_support"])
    results = finder.search(Query(q="家賃が払えない", at=NOW))
    text = finder.reason_texts(results.hits[0].why)
    assert text
    assert "払えない" not in text


def test_no_result_is_never_a_dead_end(entry: Make) -> None:
    entry("火曜の手芸", open="TU")
    query = Query(q="手芸", when="sun", at=NOW)
    assert finder.search(query).total == 0
    found = finder.nearest(query)
    assert found.dropped == ("when",)
    assert found.results.total == 1


@pytest.mark.parametrize(
    "typed", ["あ" * 10_000, "\x00\x07", "!!!???", "\ud800\udc00\ud800", "' OR 1=1 --", "%%%", "﷽" * 9999]
)
def test_strange_input_is_answered_like_any_other(entry: Make, typed: str) -> None:
    entry("手芸の会")
    assert finder.search(Query(q=typed, at=NOW)).total <= 1


def test_pages_do_not_overlap_and_leave_nothing_out(entry: Make) -> None:
    made = {entry(f"広場 {number}").pk for number in range(25)}
    pages = [ids(q="広場", page=page, per_page=10) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert {key for page in pages for key in page} == made
