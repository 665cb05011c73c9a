"""Words for what somebody waits for: what is sought, what comes next, how long there is still time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tsunagari.directory.finder.taxonomies import label
from tsunagari.kernel.promises import Climb, Promise
from tsunagari.referrals.models import Referral, Slip, Wipe
from tsunagari.referrals.terms import AgeBand, SlipState, State


@dataclass(frozen=True, slots=True)
class Row:
    """One promise in a list. `name`: only where the slip may be read; `with_whom`: the other side; `step`: to do."""

    pk: UUID
    kind: str  # referral, contact, wipe
    sought: str
    name: str
    state: str
    with_whom: str
    day: date
    left: str
    late: bool
    step: str
    href: str
    climbed: str


def sought(slip: Slip) -> str:
    """What is looked for, without a person: enough to know it again."""
    lang = get_language() or "ja"
    age = AgeBand(slip.age_band).label if slip.age_band != AgeBand.UNKNOWN else ""
    kind = label(f"category:{slip.category}", lang) or label(f"worry:{slip.worry}", lang)
    return "・".join(str(one) for one in (kind or _("まだ決まっていないこと"), slip.area, age) if one)


def days_left(day: date, today: date) -> str:
    """How long there is still time, as one says it."""
    left = (day - today).days
    if left < 0:
        return ngettext("%(n)s日すぎています", "%(n)s日すぎています", -left) % {"n": -left}
    if left == 0:
        return _("きょうまで")
    return _("あしたまで") if left == 1 else _("あと%(n)s日") % {"n": left}


def slip_of(promise: Promise) -> Slip:
    """The contact that a promise belongs to."""
    if isinstance(promise, Slip):
        return promise
    slip: Slip = promise.referral.slip if isinstance(promise, Wipe) else promise.slip  # type: ignore[attr-defined]
    return slip


def kind_of(promise: Promise) -> str:
    """contact, referral or wipe."""
    return {Slip: "contact", Referral: "referral", Wipe: "wipe"}[type(promise)]


def state_of(promise: Promise) -> str:
    """Where it stands."""
    if isinstance(promise, Wipe):
        return _("写しを消すおねがい")
    state: str = promise.get_state_display()  # type: ignore[attr-defined]
    return state


def climbed(promise: Promise) -> str:
    """How far it climbed, if it did."""
    return {
        Climb.REMINDED: _("一度お知らせしました"),
        Climb.SUBSTITUTE: _("代わりの人にわたりました"),
        Climb.COORDINATOR: _("調整役まで上がってきました"),
    }.get(Climb(promise.climbed), "")


def at_the_town(promise: Promise) -> bool:
    """Whether it climbed to the coordinator: she gives it to somebody rather than doing it herself."""
    return promise.climbed == Climb.COORDINATOR and promise.held_for is None


def step_of(promise: Promise, meeting: bool = False) -> str:
    """The one thing that comes next for who holds it; `meeting`: the first meeting is planned."""
    if isinstance(promise, Wipe):
        return _("写しを消したかどうかを答える")
    if at_the_town(promise):
        return _("どうするか決めて、引きつぐ")
    if isinstance(promise, Slip):
        return _("様子をうかがう（見守り）") if promise.state == SlipState.WATCHING else _("つなぎ先をさがす")
    assert isinstance(promise, Referral)
    return (
        _at_the_receiver(promise, meeting)
        if promise.held_for == promise.receiver_id
        else _at_the_sender(promise, meeting)
    )


def _at_the_receiver(referral: Referral, meeting: bool) -> str:
    return {
        State.ASKED: _("空きがあるかどうかを答える"),
        State.SENT: _("シートを見て、引き受けるか決める"),
        State.ACCEPTED: _("会ってどうだったかを書く") if meeting else _("はじめて会う日を決める"),
        State.MET: _("来たかどうかを書く"),
    }.get(State(referral.state), _("様子を見る"))


def _at_the_sender(referral: Referral, meeting: bool) -> str:
    if referral.state == State.ASKED:
        return _("ご本人に聞いて、シートを送る") if referral.room else _("空きの返事を聞く")
    return {
        State.DRAFTED: _("空きをたずねる"),
        State.SENT: _("引き受けてもらえるか、返事を聞く"),
        State.ACCEPTED: _("会ってどうだったかを書く") if meeting else _("はじめて会う日を決める"),
        State.MET: _("来たかどうかを書く"),
        State.CAME: _("ご本人に様子をたずねる"),
        State.CAME_AGAIN: _("ご本人に様子をたずねる"),
    }.get(State(referral.state), _("様子を見る"))


def address(promise: Promise, *, reads: bool = True) -> str:
    """Where its next step is done; of a contact whose words she may not read, the page without them."""
    if at_the_town(promise) and not isinstance(promise, Wipe):
        return reverse(f"town_{kind_of(promise)}", args=[promise.pk])
    if isinstance(promise, Slip):
        return reverse("slip" if reads else "contact", args=[promise.pk])
    return reverse("referral", args=[promise.referral_id if isinstance(promise, Wipe) else promise.pk])
