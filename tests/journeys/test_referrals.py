"""Nobody falls between two chairs: the warm handover in the browser, from the finder to the third month.

The town runs in this process, so that the clock can be moved: three months pass without a second of waiting."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import cast as people
from tests.journeys.conftest import axe_findings
from tests.referrals.pages.conftest import make_places
from tests.referrals.proofs.clock import Clock, set_clock
from tsunagari.kernel.models import AuditLine
from tsunagari.referrals.models import Referral, Slip, Switch, UnmetNeed, Wipe
from tsunagari.referrals.terms import Item, SlipState, State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ME = {"name": "花子（架空）", "contact": "079-000-1111", "wish": "お茶を飲みながら話したい"}


class Desk:
    """Somebody of the cast at her own screen."""

    def __init__(self, page: Any, address: str, sign_in: Callable[[], str]) -> None:
        self.page, self.address, self._sign_in = page, address, sign_in
        self.sign_in()

    def sign_in(self) -> None:
        cookie = {"name": "sessionid", "value": self._sign_in(), "url": self.address}
        self.page.context.add_cookies([cookie])

    def open(self, path: str) -> None:
        self.page.goto(self.address + path if path.startswith("/") else path, wait_until="load")

    def press(self, name: str, role: str = "button") -> None:
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.press(name, "link")

    def unfold(self, words: str) -> None:
        self.page.locator("summary", has_text=words).first.click()

    @property
    def text(self) -> str:
        return str(self.page.inner_text("main"))

    @property
    def path(self) -> str:
        return str(self.page.url).removeprefix(self.address).partition("?")[0]


@pytest.fixture
def clock() -> Iterator[Clock]:
    with set_clock() as clock:
        yield clock


@pytest.fixture
def places(transactional_db: None, cast: people.Cast) -> dict[str, Any]:
    return make_places(cast, without="minsei")


@pytest.fixture
def desk(browser: Any, live_server: Any, cast: people.Cast, places: Any) -> Iterator[Callable[..., Desk]]:
    """`desk("miki")`: her screen, a telephone unless a width is said."""
    contexts = []

    def make(name: str, width: int = 390, scheme: str = "light", javascript: bool = True) -> Desk:
        view = {"width": width, "height": 844}
        context = browser.new_context(viewport=view, color_scheme=scheme, java_script_enabled=javascript)
        contexts.append(context)
        return Desk(context.new_page(), live_server.url, lambda: str(cast.client(name).session.session_key))

    yield make
    for context in contexts:
        context.close()


def sheets(who: Desk, paper: str) -> int:
    """On how many sheets of this paper her page is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", who.page.pdf(format=paper)))


def begin(miki: Desk, **words: str) -> None:
    """A slip at the counter, and on to its page."""
    for name, text in {**ME, **words}.items():
        miki.page.fill(f"#id_{name}", text)
    miki.page.select_option("#id_category", "talk_partner")
    miki.page.fill("#id_area", "飾磨")
    miki.press("保存して、受付票へ")
    assert "受付票をわたす" in miki.text
    miki.follow("シートを見て、つぎへ進む")


def ask(miki: Desk, place: str) -> str:
    """Choose this place and ask whether it has room; the referral's address."""
    miki.follow("場所をえらぶ")
    card = miki.page.locator("article.place", has_text=place)
    with miki.page.expect_navigation():
        card.get_by_role("button", name="ここに空きをたずねる").click()
    assert "空きをたずねました" in miki.text
    return miki.path


def consent(miki: Desk, *no: str) -> None:
    """Read aloud: yes to everything for meeting her, but not to these."""
    miki.follow("何を伝えてよいか、ご本人に聞く")
    for item in Item:
        answer = "いいえ" if item.value in no else "はい"
        row = miki.page.locator(f"tr:has(#i-{item.value})")
        for group in row.get_by_role("radiogroup").all():
            group.get_by_role("radio", name=answer, exact=True).check()
    miki.press("この答えを残す")


def sent(miki: Desk, oshio: Desk, *no: str) -> str:
    """A slip that has reached Oshio."""
    miki.open("/net/slips/new/")
    begin(miki)
    referral = ask(miki, "ひだまりの席")
    oshio.open(referral)
    oshio.press("空きがあります")
    miki.open(referral)
    consent(miki, *no)
    miki.press("シートを送る")
    return referral


def test_from_the_finder_to_the_third_month(
    desk: Callable[..., Desk], places: dict[str, Any], clock: Clock, cast: people.Cast
) -> None:
    miki, oshio = desk("miki"), desk("oshio")
    miki.open(f"/places/{places['npo-hidamari'].pk}/")
    miki.follow("つなぎをはじめる")
    assert "はじめのつなぎ先：ひだまりの席" in miki.text
    begin(miki)
    slip = Slip.objects.get()
    assert "#" not in miki.path
    miki.follow("npo-hidamari（架空）とのつなぎを開く")
    referral = miki.path
    miki.press("空きをたずねる")

    oshio.open("/net/referrals/")
    oshio.page.locator("#found a").first.click()
    oshio.page.wait_for_url(f"**{referral}")
    assert "花子" not in oshio.text
    oshio.page.fill("#left", "2")
    oshio.press("この人数で答える")

    miki.open(referral)
    assert "あと2人" in miki.text
    consent(miki, "contact")
    miki.press("シートを送る")

    oshio.open(referral)
    oshio.follow("シートを読む")
    assert "花子" in oshio.text
    assert "079-000-1111" not in oshio.text
    assert "ここには書かれていません" in oshio.text
    assert AuditLine.objects.filter(event="referral.open", about_id=str(Referral.objects.get().pk)).exists()
    oshio.press("引き受ける")
    oshio.page.fill("#id_on", (timezone.localdate() + timedelta(days=3)).isoformat())
    oshio.page.fill("#id_time", "14:00")
    oshio.page.fill("#id_where", "公民館の入口")
    oshio.page.fill("#id_companion", "三木さん")
    oshio.press("この日に会う")
    assert "公民館の入口" in oshio.text

    clock.go(days=3, hours=8)
    oshio.sign_in()
    oshio.open(referral)
    oshio.follow("約束を見る・どうだったかを書く")
    oshio.page.fill("#f-sentence", "笑っていた")
    oshio.press("よかった")
    oshio.press("来た")
    oshio.press("また来た")

    for days, months in ((31, 1), (62, 3)):
        clock.go(days=days)
        miki.sign_in()
        miki.open(referral)
        assert f"{months}か月後の様子" in miki.text
        miki.press("続いている")
    slip.refresh_from_db()
    assert (slip.state, slip.ending, slip.holder_id) == (SlipState.CLOSED, "tied", None)
    assert Referral.objects.get().state == State.STILL_GOING
    assert "続いている" in miki.text


def test_declined_twice_and_the_third_place_says_yes(desk: Callable[..., Desk]) -> None:
    miki, oshio, shosha = desk("miki"), desk("oshio"), desk("shosha")
    miki.open("/net/slips/new/")
    begin(miki)
    first = ask(miki, "ひだまりの席")
    oshio.open(first)
    oshio.unfold("今回は見送る")
    oshio.press("今は空きがない")
    miki.open(first)
    offers = miki.page.locator("article.place")
    assert offers.count() == 2
    assert "場所ごとに聞き直します" in miki.text
    assert "ひだまりの席" not in " ".join(offers.all_inner_texts())

    def ask_offer(place: str) -> str:
        with miki.page.expect_navigation():
            offers.filter(has_text=place).get_by_role("button").click()
        return miki.path

    second = ask_offer("図書館のおしゃべり机")
    shosha.open(second)
    shosha.unfold("今回は見送る")
    shosha.press("ほかのほうが合う")
    miki.open(second)
    assert "図書館" not in " ".join(offers.all_inner_texts())
    third = ask_offer("編み物の輪")
    assert third not in (first, second)
    assert "電話・紙・リンクで" in miki.text
    assert UnmetNeed.objects.count() == 2
    miki.open("/net/unmet/")
    assert "2件" in miki.text


def test_family_asks_without_naming_and_later_she_wishes_it_herself(desk: Callable[..., Desk]) -> None:
    miki, oshio = desk("miki"), desk("oshio")
    miki.open("/net/slips/new/")
    miki.page.get_by_role("radio", name="家族", exact=True).check()
    miki.page.check("#id_unnamed")
    assert not miki.page.locator("#id_name").is_visible()
    miki.page.fill("#id_wish", "母が一日だれとも話さない。どうしたらよいか")
    miki.page.select_option("#id_category", "talk_partner")
    miki.press("保存して、受付票へ")
    miki.follow("シートを見て、つぎへ進む")
    referral = ask(miki, "ひだまりの席")
    oshio.open(referral)
    oshio.press("空きがあります")
    miki.open(referral)
    miki.press("シートを送る")
    oshio.open(referral)
    oshio.follow("シートを読む")
    assert "母が一日だれとも話さない" in oshio.text
    assert not Switch.objects.exists()
    miki.follow("シートを見る")
    miki.unfold("本人が希望された")
    miki.page.fill("#id_name", "花子（架空）")
    miki.press("本人の希望として書き足す")
    assert "お名前を書き足しました" in miki.text
    oshio.page.reload()
    assert "母が一日" not in oshio.text
    assert "花子" not in oshio.text


def test_what_is_taken_back_is_gone_at_the_receivers_next_request(desk: Callable[..., Desk]) -> None:
    miki, oshio = desk("miki"), desk("oshio")
    referral = sent(miki, oshio)
    oshio.open(f"{referral}sheet/")
    assert "花子" in oshio.text
    miki.unfold("ご本人の希望で取り下げる")
    miki.press("取り下げる")
    assert "取り下げました" in miki.text
    oshio.page.reload()
    assert "花子" not in str(oshio.page.content())
    oshio.open(referral)
    assert "シートは、もう開けません" in oshio.text
    oshio.press("消しました")
    assert Wipe.objects.get().answer == "deleted"
    miki.open(referral)
    assert "写しについての返事：消しました" in miki.text


def test_the_whole_handover_works_without_javascript(desk: Callable[..., Desk]) -> None:
    miki, oshio = desk("miki", javascript=False), desk("oshio", javascript=False)
    referral = sent(miki, oshio, "circle")
    oshio.open(referral)
    oshio.press("引き受ける")
    assert Referral.objects.get().state == State.ACCEPTED


def _at_the_matrix(miki: Desk, oshio: Desk) -> str:
    miki.open("/net/slips/new/")
    begin(miki)
    referral = ask(miki, "ひだまりの席")
    oshio.open(referral)
    oshio.press("空きがあります")
    miki.open(referral)
    miki.follow("何を伝えてよいか、ご本人に聞く")
    return miki.path


def test_the_matrix_is_answered_with_the_keyboard_and_heard_in_full(desk: Callable[..., Desk]) -> None:
    miki, oshio = desk("miki", 1280), desk("oshio")
    _at_the_matrix(miki, oshio)
    assert miki.page.locator("input[type=radio]:checked").count() == 2  # until when, and how: no switch
    heard = miki.page.locator("main").aria_snapshot()
    for words in miki.page.locator("tbody th").all_inner_texts():
        for purpose in ("受け入れて、はじめて会うため", "そのあとの様子をたずねるため"):
            assert re.search(rf'radiogroup "npo-hidamari（架空） {re.escape(words)} {purpose}"', heard), heard
    for answer in ('radio "はい"', 'radio "いいえ"', 'radio "まだ 聞いていない"'):
        assert heard.count(answer) == 2 * len(Item)
    miki.page.locator(".yesno input").first.focus()
    for n in range(2 * len(Item)):
        miki.page.keyboard.press("Space")
        if n % 2:
            miki.page.keyboard.press("ArrowRight")
        miki.page.keyboard.press("Tab")
    for _ in range(20):
        if miki.page.evaluate("document.activeElement.type") == "submit":
            break
        miki.page.keyboard.press("Tab")
    with miki.page.expect_navigation():
        miki.page.keyboard.press("Enter")
    switches = Switch.objects.filter(replaced_at=None)
    assert switches.filter(purpose="arrange", allowed=True).count() == len(Item)
    assert switches.filter(purpose="follow_up", allowed=False).count() == len(Item)


@pytest.mark.parametrize("width,scheme", [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_the_matrix_is_open_to_everybody(desk: Callable[..., Desk], width: int, scheme: str) -> None:
    miki, oshio = desk("miki", width, scheme), desk("oshio")
    path = _at_the_matrix(miki, oshio)
    for query in ("", "?show=counter", "?furi=1", "?size=l"):
        miki.open(path + query)
        assert axe_findings(miki.page) == [], query
        assert not miki.page.evaluate("document.documentElement.scrollWidth > innerWidth"), query
    miki.open(f"{path}?show=counter")
    assert not miki.page.locator(".site-header").is_visible()


def test_the_matrix_fits_on_one_sheet_with_readings_too(desk: Callable[..., Desk]) -> None:
    miki, oshio = desk("miki", 1280), desk("oshio")
    path = _at_the_matrix(miki, oshio)
    for address in (path, f"{path}?furi=1", f"/ja-easy{path}", f"/en{path}", f"/vi{path}"):
        miki.open(address)
        assert sheets(miki, "A4") == 1, address
        assert miki.page.locator(".paper-foot svg").count() == 1


def test_the_receipt_prints_on_a_note_and_keeps_its_code_out_of_addresses(desk: Callable[..., Desk]) -> None:
    miki = desk("miki", 1280)
    miki.open("/net/slips/new/")
    asked: list[str] = []
    miki.page.on("request", lambda request: asked.append(request.url))
    begin(miki)
    miki.open(f"{miki.path}receipt/")
    code = miki.page.inner_text(".receipt")
    assert re.fullmatch(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}", code)
    assert not [url for url in asked if code in url]
    assert (sheets(miki, "A4"), sheets(miki, "A6")) == (1, 1)
