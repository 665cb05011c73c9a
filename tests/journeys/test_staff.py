"""Staff at a counter: a slip in under a minute, six dates from one mail, a list with three broken rows."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Walker, axe_findings

pytestmark = pytest.mark.browser
BROKEN = """名称,住所,電話番号,緯度,経度,利用可能曜日,開始時間,終了時間
こもれび会館,姫路市飾磨区英賀1-1,079-000-7001,34.79,134.67,月火水,09:00,17:00
,姫路市網干区2-2,079-000-7002,34.77,134.59,月,09:00,17:00
なぎさの間,姫路市白浜町3-3,079-000-7003,34.78,134.71,土日,10:00,16:00
,,,,,,,
,名前のない行,,,,,,
すみっこ文庫,姫路市広畑区4-4,079-000-7004,34.78,134.62,金,13:00,17:00
,もうひとつ,,,,,,
"""


@pytest.fixture
def shirahama(walk: Any, people: dict[str, Any]) -> Walker:
    """The directory's editor, signed in."""
    her: Walker = walk()
    her.open("/net/")
    her.page.fill("input[name=login]", people["editor"]["email"])
    her.page.fill("input[name=password]", people["editor"]["password"])
    her.page.locator("main form button[type=submit]").first.click()
    her.page.wait_for_url("**/net/**")
    return her


def test_a_slip_is_printed_at_the_counter(walk: Any) -> None:
    her = walk(1280)
    her.open("/find/?q=介護の相談")
    her.page.locator("main .card a").first.click()
    her.page.wait_for_load_state("load")
    her.page.get_by_role("link", name="紙とQRコードで持って行く").first.click()
    her.page.wait_for_load_state("load")
    assert her.page.locator("svg").count() >= 1
    assert "079-000" in her.text
    assert her.page.pdf()[:4] == b"%PDF"
    assert her.taps <= 4


def test_six_dates_of_a_club_are_confirmed_from_one_mail(shirahama: Walker) -> None:
    her = shirahama
    her.open("/net/entries/?q=将棋")
    with her.page.expect_navigation():
        her.page.locator("#entries a").first.click()
    days = [dt.date.today() + dt.timedelta(days=7 * n + 80) for n in range(6)]
    mail = "\n".join(f"{d.month}月{d.day}日 13:30〜15:30" for d in days)
    her.page.fill("#f-text", mail)
    with her.page.expect_navigation():
        her.page.get_by_role("button", name="読みとってみる").click()
    with her.page.expect_navigation():
        her.page.get_by_role("button", name="この日程を足す").click()
    assert "日程を保存しました" in her.text
    assert her.text.count("13:30–15:30（開催します）") >= 6


def test_a_list_with_three_broken_rows_is_taken_in(shirahama: Walker, tmp_path: Path) -> None:
    her, file = shirahama, tmp_path / "halls.csv"
    file.write_bytes(BROKEN.encode("cp932"))
    her.open("/net/lists/")
    her.page.set_input_files("input[type=file]", str(file))
    her.page.fill("input[name=source]", "試しの一覧")
    her.page.get_by_role("button", name="たしかめる画面へ").click()
    her.page.wait_for_load_state("load")
    assert "3行目" in her.text
    assert "取りこめない3行" in her.text
    her.page.get_by_role("button", name="3件を取りこむ").click()
    her.page.wait_for_load_state("load")
    assert "新しい3件" in her.text
    her.open("/find/?q=こもれび会館")
    assert "こもれび会館" in her.text


@pytest.mark.parametrize(
    "path",
    ["/net/", "/net/entries/", "/net/entries/new/", "/net/reports/", "/net/changes/", "/net/lists/", "/net/workshop/",
     "/net/workshop/readings/", "/net/conflicts/", "/net/organizations/", "/net/organizations/new/"],
)  # fmt: skip
def test_the_pages_of_work_are_open_to_everybody(shirahama: Walker, path: str) -> None:
    shirahama.open(path)
    assert axe_findings(shirahama.page) == []
    assert shirahama.elsewhere == []
    assert shirahama.complaints == []


def test_an_entry_is_edited_with_the_keyboard_alone(shirahama: Walker) -> None:
    her = shirahama
    her.open("/net/entries/")
    her.page.locator("#entries a").first.focus()
    with her.page.expect_navigation():
        her.page.keyboard.press("Enter")
    assert axe_findings(her.page) == []
    her.page.locator("#id_alert").focus()
    her.page.keyboard.type("12月は会場が変わります")
    with her.page.expect_navigation():
        her.page.keyboard.press("Enter")
    assert "書きかえを保存しました" in her.text
