"""Where a referral stands, in words for staff: its steps, whose turn it is, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tsunagari.referrals.models import Referral, Step
from tsunagari.referrals.terms import OPEN_STATES, State
from tsunagari.ui.dates import moment_text


@dataclass(frozen=True, slots=True)
class Turn:
    """What the sender does next; `mine` off: the receiver's answer is awaited."""

    words: str
    mine: bool


def turn(referral: Referral) -> Turn:
    """The sender's next step with this referral."""
    if referral.state == State.ASKED:
        answered = _("空きの返事がありました。ご本人に聞いて、シートを送る"), _("空きの返事を待っています")
        return Turn(answered[0] if referral.room else answered[1], bool(referral.room))
    if referral.state == State.ACCEPTED and any(one.told_at is None for one in referral.handovers.all()):
        return Turn(_("会う約束があります"), True)
    return {
        State.DRAFTED: Turn(_("空きをたずねる"), True),
        State.SENT: Turn(_("返事を待っています"), False),
        State.ACCEPTED: Turn(_("はじめて会う日を決める"), True),
        State.MET: Turn(_("来たかどうかを聞く"), True),
        State.CAME: Turn(_("ご本人に、そのあとの様子をたずねる"), True),
        State.CAME_AGAIN: Turn(_("ご本人に、そのあとの様子をたずねる"), True),
        State.DECLINED: Turn(_("つぎの場所をさがす"), True),
    }.get(State(referral.state), Turn(_("このつなぎは終わっています"), False))


@dataclass(frozen=True, slots=True)
class Row:
    """One referral in a list."""

    href: str
    place: str
    service: str
    state: str
    words: str
    mine: bool
    open: bool
    holder: str
    due: date | None
    moments: list[tuple[str, str, str]]


def rows(referrals: Iterable[Referral], names: dict[Any, str]) -> list[Row]:
    """Referrals with receiver, service, steps and meetings at hand; `names`: accounts by id. No query of its own."""
    return [_row(one, names) for one in referrals]


def _row(one: Referral, names: dict[Any, str]) -> Row:
    next_step = turn(one)
    return Row(
        href=reverse("referral", args=[one.pk]),
        place=one.receiver.name,
        service=one.service.name if one.service else "",
        state=one.get_state_display(),
        words=next_step.words,
        mine=next_step.mine,
        open=one.state in OPEN_STATES,
        holder=names.get(one.holder_id, ""),
        due=one.due_on,
        moments=moments(one, one.steps.all(), names),
    )


def moments(referral: Referral, steps: Iterable[Step], names: dict[Any, str]) -> list[tuple[str, str, str]]:
    """(when, who, what) for the timeline, newest first. Nobody named: the receiver or the person, without account."""
    told = []
    for step in sorted(steps, key=lambda one: one.at, reverse=True):
        words = _("場所をえらんだ") if step.state == State.DRAFTED else str(State(step.state).label)
        if step.state == State.DECLINED:
            words = _("%(state)s（%(reason)s）") % {"state": words, "reason": referral.get_reason_display()}
        elif step.state == State.ENDED:
            words = _("%(state)s（%(reason)s）") % {"state": words, "reason": referral.get_ending_display()}
        told.append((moment_text(step.at), names.get(step.by, "") or _without_account(referral, step), words))
    return told


def _without_account(referral: Referral, step: Step) -> str:
    if step.by is not None:
        return ""
    by_the_person = step.state in (State.WITHDRAWN, State.CAME_AGAIN, State.STILL_GOING, State.ENDED)
    return _("ご本人") if by_the_person else referral.receiver.name
