"""A group asks to take part from a telephone and stands in the roster; who leaves hands over what she holds."""

import json
from typing import Any

import pytest

from tests.journeys.conftest import Walker, axe_findings
from tests.journeys.test_receipt import in_town, press, sign_in  # noqa: F401 (a fixture)

pytestmark = pytest.mark.browser
# A colleague at the library who has promised something, and will move on.
HOLDER = """
import json, secrets
from django.utils.timezone import localdate, now
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.kernel.access import Actor
from tsunagari.network.models import Member, Posting
from tsunagari.referrals.actions import slips
from tsunagari.referrals.terms import Item
library = Member.objects.get(organization__uri="https://example.jp/id/city-library")
her = Account.objects.create_account(secrets.token_hex(4) + "@demo.example.jp", name="広畑（架空）")
own = {"account": her, "since": localdate()}
DutyTerm.objects.create(**own, duty="link_worker", given_at=now(), given_by=her.pk)
Posting.objects.create(**own, member=library, posted_at=now(), posted_by=her.pk)
by = Actor(account_id=her.pk, member_ids=frozenset({library.organization_id}), duties=frozenset({"link_worker"}))
plain = {"category": "talk_partner", "area": "飾磨", "age_band": "senior", "daypart": "afternoon"}
slips.begin(library.organization, plain=plain, texts={Item.WISH: "話したい"}, key=secrets.token_urlsafe(12), by=by)
print(json.dumps({"pk": str(her.pk)}))
"""
HELD = """
import json
from tsunagari.accounts.models import Account
from tsunagari.kernel import promises
who = Account.objects.get(email="link-worker-library@demo.example.jp")
print(json.dumps([len(promises.held_by("{pk}")), len(promises.held_by(who.pk)),
                  Account.objects.get(pk="{pk}").is_active]))
"""


def _apply(me: Walker, name: str) -> None:
    """Fill in the form, first without the ticks."""
    page = me.page
    page.fill("input[name=name]", name)
    page.fill("input[name=kana]", "なぎさのあみもの")
    page.get_by_role("radio", name="地域団体").check()
    page.get_by_role("checkbox", name="地域との関係").check()
    page.fill("textarea[name=words]", "編みながらなら、話せる人がいます。")
    page.fill("input[name=contact_name]", "妻鹿（架空）")
    page.fill("input[name=contact_mail]", "mega@example.jp")
    page.get_by_role("checkbox", name="参加したわけ（ひとこと）").check()


def _checked(me: Walker) -> None:
    """Nothing sticks out at either width, and axe objects to nothing."""
    for width in (390, 1280):
        me.page.set_viewport_size({"width": width, "height": 844})
        assert me.page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_findings(me.page) == []
    me.page.set_viewport_size({"width": 390, "height": 844})


def test_a_group_applies_by_telephone_is_admitted_in_a_batch_and_stands_in_the_roster(
    walk: Any, people: dict[str, Any]
) -> None:
    name = "なぎさ編みもの会（架空）"
    me = walk()
    me.open("/")
    me.tap("参加する団体を募集しています")
    assert all(word in me.text for word in ("つながる", "知る", "知らせる"))
    _checked(me)
    me.tap("参加を申しこむ")
    _apply(me, name)
    press(me, "申しこむ")
    assert "すべてに印をつけてください" in me.text
    assert me.page.input_value("input[name=name]") == name
    _checked(me)
    for box in me.page.locator("input[name=criteria]").all():
        box.check()
    press(me, "申しこむ")
    assert "受けつけました" in me.text
    receipt = me.page.url.removeprefix(me.address)
    _checked(me)

    miki = walk(1280)
    sign_in(miki, people["link_worker_town"])
    miki.open("/net/applications/")
    _checked(miki)
    miki.page.get_by_role("checkbox", name=name).check()
    press(miki, "印をつけた団体の参加を決める")
    assert "1件を決めました" in miki.text
    _checked(miki)

    me.open(receipt)
    assert "参加が決まりました" in me.text
    me.open("/members/?sort=since")
    assert name in me.text
    assert "編みながらなら、話せる人がいます。" in me.text
    assert "妻鹿" not in me.text
    _checked(me)
    assert not [one for one in me.complaints if "422" not in one]
    assert me.page.context.cookies() == []


def test_who_moves_on_hands_over_in_one_act(walk: Any, people: dict[str, Any], in_town: Any) -> None:  # noqa: F811
    pk = json.loads(in_town(HOLDER).splitlines()[-1])["pk"]
    miki = walk(1280)
    sign_in(miki, people["link_worker_town"])
    miki.open(f"/net/people/{pk}/")
    _checked(miki)
    miki.tap("異動・退職（引きつぎ）")
    assert "つながり市立図書館" in miki.text
    assert "1件" in miki.text
    _checked(miki)
    press(miki, "引きついで、終える")
    assert "引きつぐ人を選んでください" in miki.text
    miki.page.get_by_label("引きつぐ人").select_option(label="書写（架空）")
    press(miki, "引きついで、終える")
    assert "いまから入れません" in miki.text
    left, taken, open_still = json.loads(in_town(HELD.format(pk=pk)).splitlines()[-1])
    assert (left, open_still) == (0, False)
    assert taken >= 1
