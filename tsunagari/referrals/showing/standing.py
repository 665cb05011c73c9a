"""Where a contact stands and what comes next, in plain words for the person it is about."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tsunagari.directory.models import Organization
from tsunagari.referrals import sealing
from tsunagari.referrals.models import FollowUp, Handover, Referral, Slip, Step, Wipe
from tsunagari.referrals.terms import OPEN_STATES, Reason, SlipState, State, Wiped
from tsunagari.ui.dates import day_text, moment_text

# From a week before its day she may answer a question by herself.
EARLY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next, who sees to it, and until when."""

    words: str
    holder: str
    until: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """The first meeting as planned."""

    place: str
    when: str
    where: str
    companion: str


def _reached(state: str, place: str, reason: str) -> str:
    """What happened, as one would say it to her."""
    words = {
        State.DRAFTED: _("「%(place)s」を、つなぎ先の候補にしました。"),
        State.ASKED: _("「%(place)s」に、空きがあるかをたずねました。だれのことかは伝えていません。"),
        State.SENT: _("「%(place)s」に、あなたが「はい」と言ったことだけを伝えました。"),
        State.ACCEPTED: _("「%(place)s」が、お待ちしていますと答えました。"),
        State.MET: _("「%(place)s」の人と会いました。"),
        State.CAME: _("「%(place)s」に行きました。"),
        State.CAME_AGAIN: _("「%(place)s」に、また行きました。"),
        State.STILL_GOING: _("「%(place)s」に、続けて行っています。"),
        State.DECLINED: _(
            "「%(place)s」は、いまは受け入れられないそうです（%(reason)s）。あなたのせいではありません。"
        ),
        State.ENDED: _("「%(place)s」とのつなぎを終わりにしました。"),
        State.WITHDRAWN: _("「%(place)s」へのつなぎを取り下げました。"),
    }[State(state)]
    return words % {"place": place, "reason": Reason(reason).label if reason else ""}


def history(slip: Slip) -> list[tuple[str, str, str]]:
    """What happened so far, newest first: (when, nobody, words)."""
    begun = _("「%(place)s」に話しました。") % {"place": slip.sender.name}
    moments: list[tuple[datetime, str]] = [(slip.made_at, begun)]
    for step in Step.objects.filter(referral__slip=slip).select_related("referral__receiver"):
        reason = step.referral.reason if step.state == State.DECLINED else ""
        moments.append((step.at, _reached(step.state, step.referral.receiver.name, reason)))
    if slip.closed_at:
        moments.append((slip.closed_at, _("この相談は、ここで終わりにしました。")))
    return [(moment_text(at), "", words) for at, words in sorted(moments, key=lambda one: one[0], reverse=True)]


def _coming(referral: Referral, meeting: Handover | None) -> str:
    place = {"place": referral.receiver.name}
    if referral.state == State.DRAFTED:
        return _("「%(place)s」に空きがあるかを、これからたずねます。") % place
    if referral.state == State.ASKED:
        if referral.room:
            return _("「%(place)s」から返事がありました。伝えてよいかを、あなたに聞いてから進めます。") % place
        return _("「%(place)s」の、空きの返事を待っています。") % place
    if referral.state == State.SENT:
        return _("「%(place)s」の返事を待っています。") % place
    if referral.state == State.ACCEPTED and meeting is None:
        return _("「%(place)s」と、はじめて会う日を決めます。") % place
    if referral.state in (State.ACCEPTED, State.MET):
        return _("「%(place)s」に行く日を待っています。あなたのペースでだいじょうぶです。") % place
    return _("「%(place)s」での様子を、あとでおたずねします。") % place


def _holder(held_for: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(held_for, "") if held_for else _("%(town)sのつなぎの調整役") % {"town": settings.TOWN["name"]}


def coming(slip: Slip, meetings: dict[UUID, Handover]) -> list[Next]:
    """The next thing of every place under way; of the contact itself where none is. Closed: nothing is owed."""
    open_ones = list(slip.referrals.filter(state__in=OPEN_STATES).select_related("receiver"))
    held = {one.held_for for one in (*open_ones, slip) if one.held_for}
    names = dict(Organization.objects.filter(pk__in=held).values_list("pk", "name"))
    found = [
        Next(_coming(one, meetings.get(one.pk)), _holder(one.held_for, names), day_text(one.due_on, era=True))
        for one in open_ones
        if one.due_on
    ]
    if found or slip.due_on is None:
        return found
    words = (
        _("ときどき様子をうかがいます（見守り）。")
        if slip.state == SlipState.WATCHING
        else _("合う場所を、いっしょに考えます。")
    )
    return [Next(words, _holder(slip.held_for, names), day_text(slip.due_on, era=True))]


def planned(slip: Slip) -> dict[UUID, Handover]:
    """The first meetings that are still to come, by their referral."""
    rows = Handover.objects.filter(referral__slip=slip, referral__state__in=OPEN_STATES, told_at=None)
    return {one.referral_id: one for one in rows.select_related("referral__receiver")}


def meeting_words(meeting: Handover, slip: Slip) -> Meeting:
    """When, where, and who comes along. Whoever calls this wrote the reading down."""
    said = sealing.read_meeting(meeting, slip)
    place = meeting.referral.receiver.name
    return Meeting(place, moment_text(meeting.at), said.get("where", ""), said.get("companion", ""))


def questions(slip: Slip) -> list[FollowUp]:
    """What she may answer now by herself: the next question of each place, once its day is near."""
    rows = FollowUp.objects.filter(referral__slip=slip, answer="", on__lte=localdate() + EARLY)
    rows = rows.filter(referral__state__in=(State.CAME, State.CAME_AGAIN)).select_related("referral__receiver")
    first: dict[UUID, FollowUp] = {}
    for one in rows.order_by("months"):
        first.setdefault(one.referral_id, one)
    return list(first.values())


def wiped(slip: Slip) -> list[tuple[str, str]]:
    """Who was asked to delete its copies, and what it answered."""
    rows = Wipe.objects.filter(referral__slip=slip).select_related("referral__receiver").order_by("asked_at")
    return [(one.referral.receiver.name, _wiped_words(one)) for one in rows]


def _wiped_words(wipe: Wipe) -> str:
    if wipe.answer and wipe.answered_at:
        return _("「%(answer)s」と答えました（%(day)s）。") % {
            "answer": Wiped(wipe.answer).label,
            "day": day_text(wipe.answered_at),
        }
    return _("写しを消すように頼みました（%(day)s）。答えを待っています。") % {"day": day_text(wipe.asked_at)}
