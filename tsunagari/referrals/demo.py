"""Contacts of the demo town, one for each place a referral can stand at. Everybody in them is made up (架空)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tsunagari.accounts.models import Account
from tsunagari.directory.models import Organization
from tsunagari.kernel.access import Actor
from tsunagari.network.actors import duties_today, organizations_today
from tsunagari.referrals.actions import arriving, consents, quotas, referring, slips
from tsunagari.referrals.models import Referral, Slip
from tsunagari.referrals.terms import AskedHow, Item, Later, Purpose, Reason, RoomAnswer, SlipState

_START = "https://example.jp/id/"
_YES: dict[consents.Cell, bool] = {(item, purpose): True for item in Item for purpose in Purpose}


def _organization(name: str) -> Organization:
    return Organization.objects.get(uri=_START + name)


def _actor(role: str) -> Actor:
    pk = Account.objects.values_list("pk", flat=True).get(email=f"{role.replace('_', '-')}@demo.example.jp")
    duties = duties_today(pk)
    return Actor(account_id=pk, member_ids=organizations_today(pk), duties=duties, second_factor=True)


@dataclass
class _Story:
    """One person's way: her words, and how far it went."""

    key: str
    name: str
    wish: str
    plain: dict[str, str]
    way: Callable[["_Story"], object]
    named: bool = True
    more: dict[str, str] = field(default_factory=dict)

    def begin(self) -> Slip:
        texts: dict[str, str] = {Item.WISH: self.wish, **self.more}
        if self.name:
            texts[Item.NAME] = self.name
        sender, miki = _organization("city-welfare"), _actor("link_worker_town")
        return slips.begin(sender, plain=self.plain, texts=texts, named=self.named, key=self.key, by=miki)

    def referred(self, to: str) -> Referral:
        return referring.draft(self.begin(), _organization(to), by=_actor("link_worker_town"))

    def asked(self, to: str) -> Referral:
        return referring.ask_room(self.referred(to), by=_actor("link_worker_town"))

    def sent(self, to: str = "npo-hidamari", by: str = "link_worker_member") -> Referral:
        referral, miki = self.asked(to), _actor("link_worker_town")
        referring.answer_room(referral, room=RoomAnswer.NUMBER, left=2, by=_actor(by))
        until = timezone.localdate() + timedelta(days=180)
        consents.ask(referral.slip, referral.receiver, answers=_YES, until=until, how=AskedHow.ALOUD, by=miki)
        return referring.send(referral, by=miki)

    def accepted(self) -> Referral:
        return referring.accept(self.sent(), by=_actor("link_worker_member"))


def _meeting_planned(story: _Story) -> None:
    at = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=2)
    arriving.plan_meeting(
        story.accepted(), at=at, where="二階町の店の前", companion="三木さん（架空）", by=_actor("link_worker_member")
    )


def _came(story: _Story) -> None:
    referral = arriving.note_arrival(story.accepted(), by=_actor("link_worker_member"))
    first = referral.follow_ups.earliest("on")
    arriving.answer_follow_up(first, answer=Later.GOING, by=_actor("link_worker_town"))


def _declined(story: _Story) -> None:
    referring.decline(story.asked("city-library"), reason=Reason.NO_ROOM, by=_actor("link_worker_library"))


def _watched(story: _Story) -> None:
    until = timezone.localdate() + timedelta(days=20)
    slips.watch(story.begin(), until=until, by=_actor("link_worker_town"))


def _late(story: _Story) -> None:
    """The receiver did not answer in time: it has been reminded, and stands on the late side of every list."""
    Referral.objects.filter(pk=story.sent().pk).update(
        promised_on=F("promised_on") - timedelta(days=9), due_on=timezone.localdate(), climbed=1
    )


def _protected(story: _Story) -> None:
    slips.protect(story.sent().slip, by=_actor("link_worker_town"))


_SENIOR = {"category": "talk_partner", "area": "飾磨", "age_band": "senior", "daypart": "afternoon"}
_YOUNG = {"category": "youth_place", "area": "網干", "age_band": "young", "daypart": "evening"}
STORIES = (
    _Story(
        "demo-hanako", "花子さん（架空）", "だれかとお茶を飲みながら話したい。", _SENIOR, _meeting_planned,
        more={Item.CONTACT: "079-000-1111", Item.STRENGTHS: "編み物。むかし、毛糸の店で働いていた。",
              Item.MEETING: "ゆっくり、近くで話してください。",
              Item.SAFE_TIMES: "夜8時よりあとは電話しないでください。",
              Item.CIRCLE: "妹は知っている。"},
    ),
    _Story("demo-haru", "はるさん（架空）", "昼まで寝てしまう。夕方から行ける場所がほしい。", _YOUNG, _came),
    _Story("demo-tsuru", "つるさん（架空）", "将棋の相手がほしい。", {**_SENIOR, "category": "crafts_games"}, _late),
    _Story("demo-nozomi", "のぞみさん（架空）", "子どもと二人きりの夕方がつらい。",
           {"category": "parenting_place", "area": "白浜", "age_band": "young", "daypart": "evening"},
           lambda story: story.asked("npo-kosodate")),
    _Story("demo-ken", "けんさん（架空）", "図書館で何か手伝えることはないか。",
           {"category": "volunteering", "area": "城東", "age_band": "middle", "daypart": "morning"}, _declined),
    _Story("demo-sato", "さとさん（架空）", "今はだれにも会いたくない。月に一度、声だけ聞きたい。", _SENIOR,
           _watched),
    _Story("demo-neighbour", "", "となりの家の雨戸が一週間あいていない。どう声をかければよいか。",
           {"asker": "neighbour", "category": "watch_over", "area": "野里", "age_band": "senior"},
           lambda story: story.begin(), named=False),
    _Story("demo-protected", "ともさん（架空）", "静かな場所で、だれにも知られずに話したい。", _SENIOR, _protected),
)  # fmt: skip


@transaction.atomic
def load() -> None:
    """Tell the stories that were not told yet; a second time changes nothing."""
    told = set(Slip.objects.values_list("idempotency_key", flat=True))
    for story in STORIES:
        if story.key not in told:
            story.way(story)
    quotas.set_quota(_organization("npo-hidamari"), per_month=6, by=_actor("link_worker_member"))


def receipts() -> dict[str, Any]:
    """The codes of the people's receipts, by their story, for `tsunagari demo --json`."""
    open_ones = Slip.objects.exclude(state=SlipState.CLOSED).values_list("idempotency_key", flat=True)
    return {story.key.removeprefix("demo-"): slips.receipt_of(story.key) for story in STORIES if story.key in open_ones}
