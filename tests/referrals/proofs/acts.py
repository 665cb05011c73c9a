"""Everything people can do in the warm handover, each as one function that picks its thing from what stands there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate, now

from tests.referrals.proofs.town import PEOPLE, RECEIVERS, SENDERS, Moment, Row, Town
from tsunagari.kernel.access import PUBLIC, Actor
from tsunagari.referrals.actions import answering, arriving, consents, quotas, referring, slips, wiping
from tsunagari.referrals.actions.answering import Answer
from tsunagari.referrals.models import FollowUp, Handover, ReceiverLink, Referral, Slip, Switch, Unprotecting, Wipe
from tsunagari.referrals.terms import (
    AskedHow,
    Ending,
    Item,
    Later,
    Mood,
    Purpose,
    Reason,
    RoomAnswer,
    Said,
    SlipEnding,
    Way,
    Wiped,
)

Thunk = Callable[[], Any]
TEXTS = {item: f"{item.value}のことば" for item in Item}
PLAIN = {"category": "talk_partner", "area": "飾磨", "age_band": "senior"}


@dataclass
class Scene:
    """Who acts, on what, with two small numbers that decide the rest."""

    town: Town
    moment: Moment
    right: bool
    who: str
    n: int
    m: int

    def one(self, rows: list[Row]) -> Row | None:
        return rows[self.n % len(rows)] if rows else None

    def of(self, options: Any) -> Any:
        options = list(options)
        return options[self.m % len(options)]

    def by(self, *ids: UUID | None) -> Actor:
        """Who should do it (the first of these), or anybody at all."""
        names = [self.town.names[pk] for pk in ids if pk in self.town.names]
        return self.town.actor(names[0] if self.right and names else self.who)

    def slip(self, *states: str) -> Row | None:
        rows = self.moment.of("Slip")
        if self.right and states:
            rows = [row for row in rows if row["state"] in states]
        return self.one(rows)

    def referral(self, *states: str) -> Row | None:
        rows = self.moment.of("Referral")
        if self.right and states:
            rows = [row for row in rows if row["state"] in states]
        return self.one(rows)

    def slip_of(self, row: Row) -> Row:
        return self.moment.rows["Slip"][row["slip_id"]]

    def sender(self, slip: Row) -> Actor:
        return self.by(slip["holder_id"], slip["made_by"])

    def receiver(self, row: Row) -> Actor:
        there = {"npo-hidamari": "oshio", "city-library": "shosha", "city-welfare": "yumesaki"}
        first = next((there.get(n) for n, o in self.town.organizations.items() if o.pk == row["receiver_id"]), None)
        return self.by(row["cared_by"], self.town.accounts.get(first or ""))


Act = Callable[[Scene], Thunk | None]
ACTS: dict[str, Act] = {}
TAKEN = ("accepted", "met", "came", "came_again")
OPEN = ("drafted", "asked", "sent", *TAKEN)


def act(function: Act) -> Act:
    ACTS[function.__name__] = function
    return function


def _slip(row: Row) -> Slip:
    return Slip.objects.get(pk=row["pk"])


def _referral(row: Row) -> Referral:
    return Referral.objects.get(pk=row["pk"])


# --- slips -------------------------------------------------------------------------------------------------------


@act
def begin(s: Scene) -> Thunk | None:
    sender = s.of(SENDERS)
    name = ("miki", "saeki", "yumesaki")[s.n % 3] if sender == "city-welfare" else ("oshio", "arai")[s.n % 2]
    by = s.town.actor(name if s.right else s.who)
    key = f"key-{len(s.moment.of('Slip')) - (s.n == 5)}-{sender}"
    named, place = s.m % 4 != 3, s.town.organizations[sender]
    return lambda: slips.begin(place, plain=PLAIN, texts=TEXTS, named=named, key=key, by=by)


@act
def write(s: Scene) -> Thunk | None:
    if not (row := s.slip("open", "watching")):
        return None
    version = row["version"] - (s.m == 0)
    texts = {s.of(Item): f"いま{s.n}"}
    by = s.sender(row)
    return lambda: slips.edit(_slip(row), plain={"area": f"町{s.n}"}, texts=texts, version=version, by=by)


@act
def name_the_person(s: Scene) -> Thunk | None:
    if not (row := s.slip("open", "watching")):
        return None
    by = s.sender(row)
    return lambda: slips.name_the_person(_slip(row), texts=TEXTS, by=by)


@act
def watch(s: Scene) -> Thunk | None:
    if not (row := s.slip("open", "watching")):
        return None
    by, until = s.sender(row), localdate() + timedelta(days=30 * s.m - 1)
    return lambda: slips.watch(_slip(row), until=until, by=by)


@act
def resume(s: Scene) -> Thunk | None:
    if not (row := s.slip("watching")):
        return None
    by = s.sender(row)
    return lambda: slips.resume(_slip(row), by=by)


@act
def close(s: Scene) -> Thunk | None:
    if not (row := s.slip("open", "watching")):
        return None
    by, ending = s.sender(row), s.of(SlipEnding)
    return lambda: slips.close(_slip(row), ending=ending, by=by)


@act
def hand_over_slip(s: Scene) -> Thunk | None:
    if not (row := s.slip("open", "watching")):
        return None
    by, to = s.sender(row), s.town.accounts[s.of(PEOPLE[:10])]
    return lambda: slips.hand_over(_slip(row), to=to, by=by)


@act
def protect(s: Scene) -> Thunk | None:
    if s.m > 2 or not (row := s.slip()):
        return None
    by = s.sender(row)
    return lambda: slips.protect(_slip(row), by=by)


@act
def ask_unprotect(s: Scene) -> Thunk | None:
    rows = [row for row in s.moment.of("Slip") if row["protected_at"] or not s.right]
    if not (row := s.one(rows)):
        return None
    by, of = s.sender(row), s.town.accounts[s.of(("saeki", "yumesaki", "arai", "tonomura"))]
    return lambda: slips.ask_unprotect(_slip(row), of=of, by=by)


def _unprotecting(s: Scene) -> Unprotecting | None:
    found = list(Unprotecting.objects.order_by("asked_at"))
    return found[-1 - s.n % len(found)] if found else None


@act
def lift(s: Scene) -> Thunk | None:
    if not (asked := _unprotecting(s)):
        return None
    by = s.by(asked.asked_of)
    return lambda: slips.lift(asked, by=by)


@act
def drop(s: Scene) -> Thunk | None:
    if s.m > 2 or not (asked := _unprotecting(s)):
        return None
    by = s.by(asked.asked_by)
    return lambda: slips.drop(asked, by=by)


# --- consent -----------------------------------------------------------------------------------------------------


@act
def consent(s: Scene) -> Thunk | None:
    if not (row := s.slip("open", "watching")):
        return None
    recipient = s.town.organizations[s.of(RECEIVERS)]
    answers = {(item, purpose): (s.n + i) % 3 > 0 for i, item in enumerate(Item) for purpose in Purpose}
    by, until = s.sender(row), localdate() + timedelta(days=(-1, 0, 1, 30, 180, 400)[s.n % 6])
    return lambda: consents.ask(_slip(row), recipient, answers=answers, until=until, how=AskedHow.ALOUD, by=by)


def _some_switches(s: Scene, row: Row) -> list[UUID]:
    found = list(Switch.objects.filter(slip_id=row["pk"]).order_by("answered_at", "pk").values_list("pk", flat=True))
    return [pk for i, pk in enumerate(found) if (i + s.m) % (1 + s.n % 3) == 0]


@act
def take_back(s: Scene) -> Thunk | None:
    if not (row := s.slip("open", "watching")):
        return None
    by, which = s.sender(row), _some_switches(s, row)
    return lambda: consents.withdraw(_slip(row), switches=which, by=by)


@act
def take_back_with_receipt(s: Scene) -> Thunk | None:
    if not (row := s.slip()):
        return None
    which = _some_switches(s, row)
    return lambda: consents.withdraw_with_receipt(_slip(row), switches=which, by=PUBLIC)


# --- the way of a referral -----------------------------------------------------------------------------------------


@act
def draft(s: Scene) -> Thunk | None:
    if not (row := s.slip("open")):
        return None
    by, receiver = s.sender(row), s.town.organizations[s.of(RECEIVERS)]
    return lambda: referring.draft(_slip(row), receiver, by=by)


@act
def ask_room(s: Scene) -> Thunk | None:
    if not (row := s.referral("drafted")):
        return None
    by = s.sender(s.slip_of(row))
    return lambda: referring.ask_room(_referral(row), by=by)


@act
def answer_room(s: Scene) -> Thunk | None:
    if not (row := s.referral("asked")):
        return None
    room, by = s.of(RoomAnswer), s.receiver(row)
    left = s.m if room == RoomAnswer.NUMBER else None
    return lambda: referring.answer_room(_referral(row), room=room, left=left, by=by)


@act
def send(s: Scene) -> Thunk | None:
    if not (row := s.referral("asked")):
        return None
    by = s.sender(s.slip_of(row))
    return lambda: referring.send(_referral(row), by=by)


@act
def accept(s: Scene) -> Thunk | None:
    if not (row := s.referral("sent")):
        return None
    by = s.receiver(row)
    return lambda: referring.accept(_referral(row), by=by)


@act
def decline(s: Scene) -> Thunk | None:
    if not (row := s.referral("asked", "sent")):
        return None
    by, reason = s.receiver(row), s.of(Reason)
    return lambda: referring.decline(_referral(row), reason=reason, by=by)


@act
def withdraw(s: Scene) -> Thunk | None:
    if s.m > 3 or not (row := s.referral(*OPEN)):
        return None
    by = s.sender(s.slip_of(row))
    return lambda: referring.withdraw(_referral(row), by=by)


@act
def withdraw_with_receipt(s: Scene) -> Thunk | None:
    if s.m > 2 or not (row := s.referral(*OPEN)):
        return None
    return lambda: referring.withdraw_with_receipt(_referral(row), by=PUBLIC)


@act
def hand_over_referral(s: Scene) -> Thunk | None:
    if not (row := s.referral(*OPEN)):
        return None
    by, slip = s.by(row["holder_id"]), s.slip_of(row)
    where = row["receiver_id"] if s.n % 2 else slip["sender_id"]
    to = s.town.accounts[s.of(PEOPLE[:10])]
    return lambda: referring.hand_over(_referral(row), to=to, organization_id=where, by=by)


@act
def plan_meeting(s: Scene) -> Thunk | None:
    if not (row := s.referral("accepted", "met")):
        return None
    by, at = s.by(row["holder_id"]), now() + timedelta(days=s.m if s.m < 7 else -1, hours=1)
    return lambda: arriving.plan_meeting(_referral(row), at=at, where="公民館", companion=f"{s.n}", by=by)


@act
def tell_meeting(s: Scene) -> Thunk | None:
    found = list(Handover.objects.order_by("planned_at"))
    if not found:
        return None
    meeting = found[-1 - s.n % len(found)]
    by = s.by(meeting.planned_by)
    return lambda: arriving.tell_meeting(meeting, mood=s.of(Mood), sentence="一言", by=by)


@act
def note_arrival(s: Scene) -> Thunk | None:
    if not (row := s.referral("accepted", "met")):
        return None
    by = s.receiver(row) if s.m % 2 else s.sender(s.slip_of(row))
    return lambda: arriving.note_arrival(_referral(row), by=by)


@act
def note_return(s: Scene) -> Thunk | None:
    if not (row := s.referral("came")):
        return None
    by = s.receiver(row)
    return lambda: arriving.note_return(_referral(row), by=by)


@act
def note_attempt(s: Scene) -> Thunk | None:
    if not (row := s.referral(*OPEN)):
        return None
    by, key = s.by(row["holder_id"]), f"{row['pk']}-{now():%j%H}-{s.m % 2}"
    return lambda: arriving.note_attempt(_referral(row), way=s.of(Way), key=key, by=by)


def _question(s: Scene) -> FollowUp | None:
    found = list(FollowUp.objects.select_related("referral").order_by("on"))
    return found[s.n % len(found)] if found else None


@act
def answer_follow_up(s: Scene) -> Thunk | None:
    if not (question := _question(s)):
        return None
    by = s.sender(s.moment.rows["Slip"][question.referral.slip_id])
    return lambda: arriving.answer_follow_up(question, answer=s.of(Later), by=by)


@act
def answer_with_receipt(s: Scene) -> Thunk | None:
    if not (question := _question(s)):
        return None
    return lambda: arriving.answer_with_receipt(question, answer=s.of(Later), by=PUBLIC)


@act
def end(s: Scene) -> Thunk | None:
    if not (row := s.referral(*TAKEN)):
        return None
    by, ending = s.sender(s.slip_of(row)), s.of(Ending)
    return lambda: arriving.end(_referral(row), ending=ending, by=by)


@act
def answer_wipe(s: Scene) -> Thunk | None:
    row = s.one([one for one in s.moment.of("Wipe") if not one["answer"] or not s.right])
    if not row:
        return None
    by, answer = s.by(row["holder_id"]), s.of(Wiped)
    return lambda: wiping.answer_wipe(Wipe.objects.get(pk=row["pk"]), answer=answer, by=by)


@act
def set_quota(s: Scene) -> Thunk | None:
    name = s.of(RECEIVERS)
    by = s.town.actor({"npo-hidamari": "oshio", "city-library": "shosha"}.get(name, "yumesaki") if s.right else s.who)
    paused = localdate() + timedelta(days=s.n) if s.n > 5 else None
    return lambda: quotas.set_quota(s.town.organizations[name], per_month=s.n, paused_until=paused, by=by)


# --- receivers without an account --------------------------------------------------------------------------------


def _said(s: Scene, row: Row) -> Answer:
    said = {"asked": Said.ROOM, "sent": (Said.ACCEPT, Said.CAME, Said.DECLINE)[s.m % 3]}.get(row["state"], Said.CAME)
    said = said if s.right else s.of(Said)
    return Answer(said, room=RoomAnswer.HAS_ROOM, reason=Reason.NO_ROOM, wiped=Wiped.DELETED)


@act
def answer_on_paper(s: Scene) -> Thunk | None:
    rows = [row for row in s.moment.of("Referral") if row["cared_by"] is None or not s.right]
    if not (row := s.one(rows)):
        return None
    by, answer = s.sender(s.slip_of(row)), _said(s, row)
    return lambda: answering.answer_on_paper(_referral(row), answer=answer, by=by)


@act
def make_link(s: Scene) -> Thunk | None:
    rows = [row for row in s.moment.open_referrals() if row["cared_by"] is None or not s.right]
    if not (row := s.one(rows)):
        return None
    by = s.sender(s.slip_of(row))
    return lambda: answering.make_link(_referral(row), by=by)


@act
def answer_by_link(s: Scene) -> Thunk | None:
    found = list(ReceiverLink.objects.select_related("referral").order_by("made_at"))
    if not found:
        return None
    link = found[-1 - s.n % len(found)]
    answer = _said(s, {"state": link.referral.state})
    return lambda: answering.answer_by_link(link, answer=answer, by=PUBLIC)


# --- what comes next by nature -----------------------------------------------------------------------------------


def _yes(s: Scene, row: Row) -> Thunk:
    """The person says yes to this receiver, and the slip is sent."""
    by, receiver = s.sender(s.slip_of(row)), s.town.organizations
    recipient = next(one for one in receiver.values() if one.pk == row["receiver_id"])
    slip, until = Slip.objects.get(pk=row["slip_id"]), localdate() + timedelta(days=(1, 30, 200)[s.m % 3])
    if slip.named and not consents.can_be_sent(_referral(row)):
        answers = {(item, purpose): True for item in Item for purpose in Purpose}
        return lambda: consents.ask(slip, recipient, answers=answers, until=until, how=AskedHow.SCREEN, by=by)
    return lambda: referring.send(_referral(row), by=by)


def _no_account(row: Row) -> bool:
    return row["cared_by"] is None and row["state"] in ("asked", "sent", "accepted")


def next_step(s: Scene) -> tuple[str, Thunk | None]:
    """What comes next by nature for one open referral, or for a contact that has none."""
    rows = s.moment.open_referrals()
    if (len(rows) < 2 and s.m % 2) or not rows:
        name = "begin" if len(s.moment.of("Slip")) < 2 else "draft"
        return name, ACTS[name](s)
    row = rows[s.n % len(rows)]
    if row["state"] == "asked" and row["room"]:
        return "yes", _yes(s, row)
    if s.m == 5 and row["room"]:
        which, slip = _some_switches(s, s.slip_of(row)), s.slip_of(row)
        return "take_back_with_receipt", lambda: consents.withdraw_with_receipt(_slip(slip), switches=which, by=PUBLIC)
    if _no_account(row):
        by, answer = s.sender(s.slip_of(row)), _said(s, row)
        return "answer_on_paper", lambda: answering.answer_on_paper(_referral(row), answer=answer, by=by)
    names = NEXT[row["state"]]
    alike = [one for one in s.moment.of("Referral") if one["state"] == row["state"]]
    name = names[s.m % len(names)]
    if "follow" in name or "receipt" in name:
        return name, _answer_next(s, row)
    s.n = alike.index(row)
    return name, ACTS[name](s)


def _answer_next(s: Scene, row: Row) -> Thunk:
    questions = list(FollowUp.objects.filter(referral_id=row["pk"], answer="").order_by("on"))
    by = s.sender(s.slip_of(row))
    if not questions:  # she said both times that she does not go: the sender ends it
        return lambda: arriving.end(_referral(row), ending=Ending.WISH, by=by)
    question = questions[s.m % len(questions)]
    answer = (Later.GOING, Later.GOING, Later.STOPPED, Later.NOT_NOW)[s.m // 2]
    return lambda: arriving.answer_follow_up(question, answer=answer, by=by)


NEXT = {
    "drafted": ("ask_room",),
    "asked": ("answer_room",),
    "sent": ("accept", "accept", "accept", "decline"),
    "accepted": ("note_arrival", "plan_meeting", "note_arrival", "tell_meeting"),
    "met": ("note_arrival",),
    "came": ("note_return", "answer_follow_up"),
    "came_again": ("answer_follow_up",),
}
