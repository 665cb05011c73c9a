"""Cells become values only where they say so themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.directory.sheets import addresses, cells
from tsunagari.directory.sheets.neutral import neutral, plain
from tsunagari.directory.sheets.phones import phones


@pytest.mark.parametrize(
    "cell,numbers,rest",
    [
        ("087-833-2282（087-839-2292）", ["087-833-2282", "087-839-2292"], ""),
        ("087-813-1466\n(087-839-2626)", ["087-813-1466", "087-839-2626"], ""),
        ("０７９－２２１－２１１１", ["079-221-2111"], ""),
        ("079ー221ー2111", ["079-221-2111"], ""),
        ("(079)221-2111", ["079-221-2111"], ""),
        ("079(221)2111", ["079-221-2111"], ""),
        ("0792212111", ["0792212111"], ""),
        ("+81-79-221-2111", ["+81-79-221-2111"], ""),
        ("#9110", ["#9110"], ""),
        ("119", ["119"], ""),
        ("221-2111", [], "221-2111"),
        ("079-221-2111～2113", ["079-221-2111"], "~2113"),
        ("079-221-21111", [], "079-221-21111"),
        ("内線 123", [], "内線 123"),
        ("-", [], ""),
        ("", [], ""),
    ],
)
def test_numbers_in_a_cell_are_found_and_nothing_is_guessed(cell: str, numbers: list[str], rest: str) -> None:
    found, left = phones(cell)
    assert ([number.number for number in found], left) == (numbers, rest)


def test_extensions_switchboards_and_fax_are_told_apart() -> None:
    (first,), _ = phones("079-221-2111（代表） 内線2345")
    assert (first.extension, first.label) == ("2345", "代表")
    (voice, fax), _ = phones("TEL 079-221-2111 FAX 079-221-2112")
    assert (voice.kind, fax.kind) == ("voice", "fax")
    (own,), _ = phones("079-221-2111", "31")
    assert own.extension == "31"


@pytest.mark.parametrize(
    "address,postcode,code",
    [
        ("姫路市飾磨区恵美酒14", "672-8057", "28201"),
        ("兵庫県姫路市安田四丁目1番地", "670-0955", "28201"),
        ("兵庫県 姫路市 網干区浜田1", "671-1242", "28201"),
        ("神崎郡福崎町南田原3116-1", "679-2203", "28443"),
        ("東京都府中市宮西町2-24", "183-0022", "13206"),
        ("〒670-8501 姫路市安田4-1", "670-8501", "28201"),
        ("高松市塩江町安原下第2号1645", "761-1502", "37201"),
        ("府中市宮西町2-24", "", ""),
        ("姫路市", "", "28201"),
        ("宮西町2-24", "", ""),
        ("", "", ""),
    ],
)
def test_postcode_and_municipality_are_filled_only_where_there_is_one_answer(
    address: str, postcode: str, code: str
) -> None:
    found = addresses.resolve(address)
    assert (found.postal_code, found.municipality_code) == (postcode, code)
    assert bool(found.note) == (not postcode)


def test_the_code_of_the_list_decides_between_namesakes() -> None:
    assert addresses.resolve("府中市宮西町2-24", "132063").municipality_code == "13206"


def test_a_municipality_code_gets_its_check_digit() -> None:
    assert addresses.check_digit("28201") == "282014"
    assert addresses.check_digit("37201") == "372013"


def test_points_are_checked_and_swapped_ones_turned_round() -> None:
    assert cells.point("34.8", "134.7") == (cells.Point(34.8, 134.7), "")
    turned, note = cells.point("134.7", "34.8")
    assert turned == cells.Point(34.8, 134.7)
    assert "入れ替わって" in note
    assert cells.point("34.8, 134.7", "")[0] == cells.Point(34.8, 134.7)
    assert cells.point("", "") == (None, "")
    for bad in [("0", "0"), ("34.8", ""), ("北緯", "東経"), ("51.5", "-0.1"), ("nan", "inf")]:
        found, note = cells.point(*bad)
        assert found is None
        assert note


def test_only_web_addresses_are_links() -> None:
    assert cells.urls("案内\nhttps://example.jp/a") == (["https://example.jp/a"], "案内")
    assert cells.urls("javascript:alert(1)") == ([], "")
    assert cells.urls("https://a.example/（本館）https://b.example/") == (
        ["https://a.example/", "https://b.example/"],
        "本館",
    )
    assert cells.urls("https://user:pw@evil.example/")[0] == []
    assert cells.urls("-") == ([], "")


@pytest.mark.parametrize(
    "cell,free,amount",
    [
        ("無料", True, 0),
        ("0", True, 0),
        ("無料・申込不要", True, 0),
        ("受講料\n500円", False, 500),
        ("１，０００円", False, 1000),
        ("一般300円、大学生150円、高校生以下無料", False, None),
        ("要観覧券", None, None),
        ("-", None, None),
    ],
)
def test_a_price_is_taken_only_when_it_is_the_only_one(cell: str, free: bool | None, amount: int | None) -> None:
    found = cells.cost(cell)
    assert (found.free, found.amount) == (free, amount)


def test_yes_no_and_not_said() -> None:
    assert [cells.boolean(word) for word in ("有", "○", "なし", "×", "要相談", "")] == [
        True, True, False, False, None, None,
    ]  # fmt: skip


def test_ages_and_audiences_are_those_named() -> None:
    assert cells.ages("65歳以上の方") == (65, None)
    assert cells.ages("18歳未満") == (None, 17)
    assert cells.ages("3歳～5歳") == (3, 5)
    assert cells.ages("小学生") == (None, None)
    assert cells.audiences("子ども・親子") == ["parents", "children"]
    assert cells.audiences("両方") == ["anyone"]


@pytest.mark.parametrize("value", ["=1+1", "+81-79", "-", "@SUM", "\tx", "'=x", "''=x", "＝1", "'quoted'", "", "plain"])
def test_what_would_run_is_marked_and_unmarked_exactly(value: str) -> None:
    marked = neutral(value)
    assert plain(marked) == value
    assert not marked or marked[0] not in "=+-@\t\r\n＝＋－＠"


@given(st.text(alphabet="'=+-@\t\rａ＝x", max_size=6))
def test_marking_is_undone_exactly_for_any_text(value: str) -> None:
    assert plain(neutral(value)) == value


@given(st.text(max_size=40))
def test_no_cell_breaks_a_reader(value: str) -> None:
    phones(value)
    cells.point(value, value)
    cells.urls(value)
    cells.cost(value)
    cells.ages(value)
    cells.count(value)
    addresses.resolve(value)
