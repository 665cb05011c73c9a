"""Cast × rule: who sees it, who may, to whom it does not exist. With a protected person too."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.conftest import PLAIN, WORDS, consent
from tsunagari.kernel import access
from tsunagari.kernel.access import NotVisible
from tsunagari.referrals.actions import arriving, referring, slips, unmet
from tsunagari.referrals.models import Referral, Slip, UnmetNeed, Unprotecting, Wipe
from tsunagari.referrals.terms import RoomAnswer, Unmet

pytestmark = pytest.mark.django_db
# Miki began the slip and holds it; Yumesaki and Saeki are her colleagues; Oshio takes it up; the others stand outside.
PEOPLE = ("miki", "yumesaki", "saeki", "oshio", "shosha", "aga", "shirahama", "tonomura", "hanako")


def _answer(cast: Cast, name: str, rule: str, thing: Any) -> int:
    actor = cast.actor(name)
    try:
        row = access.fetch(actor, rule, pk=thing.pk)
    except NotVisible:
        return 404
    return 200 if access.may(actor, rule, row) else 403


def _answers(cast: Cast, rule: str, thing: Any) -> tuple[str, str]:
    """Who may, and who only sees it; to everybody else it does not exist."""
    found = {name: _answer(cast, name, rule, thing) for name in PEOPLE}
    return tuple(" ".join(n for n in PEOPLE if found[n] == code) for code in (200, 403))  # type: ignore[return-value]


EVERYONE = " ".join(PEOPLE)
OURS = "miki yumesaki saeki"
# rule: who may / who only sees it, when the person is not protected; the same when she is.
# The referral stands where the rule is in question: see `_stage`.
TABLE = {
    "contact.read": (OURS, "", "miki", ""),
    "contact.hand_over": (OURS, "", "miki", ""),
    "slip.read": (OURS, "", "miki", ""),
    "slip.edit": (OURS, "", "miki", ""),
    "slip.ask_consent": (OURS, "", "miki", ""),
    "slip.refer": (OURS, "", "miki", ""),
    "slip.watch": (OURS, "", "miki", ""),
    "slip.close": (OURS, "", "miki", ""),
    "slip.protect": (OURS, "", "", "miki"),
    "slip.ask_unprotect": ("", OURS, "miki", ""),
    "slip_receipt.use": (EVERYONE, "", EVERYONE, ""),  # whoever holds the receipt; the page asks for it
    "referral.ask_room": (OURS, "", "miki", ""),  # the receiver does not know of a draft
    "referral.read": (f"{OURS} oshio", "", "miki oshio", ""),
    "referral.answer_room": ("oshio", OURS, "oshio", "miki"),
    "referral.decline": ("oshio", OURS, "oshio", "miki"),
    "referral.withdraw": (OURS, "oshio", "miki", "oshio"),
    "referral.hand_over": (f"{OURS} oshio", "", "miki oshio", ""),
    "referral.note_attempt": (f"{OURS} oshio", "", "miki oshio", ""),
    "referral.answer_for_receiver": ("", f"{OURS} oshio", "", "miki oshio"),  # Oshio has an account
    "referral.send": (OURS, "oshio", "miki", "oshio"),
    "referral.open": (f"{OURS} oshio", "", "miki oshio", ""),
    "referral.accept": ("oshio", OURS, "oshio", "miki"),
    "referral.plan_meeting": (f"{OURS} oshio", "", "miki oshio", ""),
    "referral.note_arrival": (f"{OURS} oshio", "", "miki oshio", ""),
    "referral.end": (OURS, "oshio", "miki", "oshio"),
    "meeting.read": (f"{OURS} oshio", "", "miki oshio", ""),
    "meeting.tell": (f"{OURS} oshio", "", "miki oshio", ""),
    "referral.follow_up": (OURS, "oshio", "miki", "oshio"),
    "wipe.read": (f"{OURS} oshio", "", "miki oshio", ""),
    "wipe.answer": ("oshio", OURS, "oshio", "miki"),
}
_WAY = ("draft", "asked", "room", "sent", "accepted", "came", "withdrawn")
_STAGE = {
    "referral.ask_room": "draft", "referral.send": "room", "referral.open": "sent", "referral.accept": "sent",
    "referral.plan_meeting": "accepted", "referral.note_arrival": "accepted", "referral.end": "accepted",
    "meeting.read": "accepted", "meeting.tell": "accepted", "referral.follow_up": "came", "wipe.read": "withdrawn",
    "wipe.answer": "withdrawn",
}  # fmt: skip


def _go(cast: Cast, referral: Referral, until: str) -> None:
    """Take the referral as far as the rule needs it."""
    miki, oshio, at = cast.actor("miki"), cast.actor("oshio"), timezone.now() + timedelta(days=1)
    steps = {
        "asked": lambda: referring.ask_room(referral, by=miki),
        "room": lambda: referring.answer_room(referral, room=RoomAnswer.HAS_ROOM, by=oshio),
        "sent": lambda: (consent(cast, referral.slip, referral.receiver), referring.send(referral, by=miki)),
        "accepted": lambda: (
            referring.accept(referral, by=oshio),
            arriving.plan_meeting(referral, at=at, where="公民館", companion="", by=miki),
        ),
        "came": lambda: arriving.note_arrival(referral, by=oshio),
        "withdrawn": lambda: referring.withdraw(referral, by=miki),
    }
    for name in _WAY[1 : _WAY.index(until) + 1]:
        steps[name]()


def _thing(rule: str, referral: Referral) -> Any:
    noun = rule.split(".")[0]
    if noun == "referral":
        return referral
    if noun == "meeting":
        return referral.handovers.get()
    return Wipe.objects.get() if noun == "wipe" else referral.slip


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("rule", TABLE)
def test_the_table_of_who_may(cast: Cast, slip: Slip, rule: str, protected: bool) -> None:
    referral = referring.draft(slip, cast.organization("npo-hidamari"), by=cast.actor("miki"))
    _go(cast, referral, _STAGE.get(rule, "asked"))
    if protected:
        slips.protect(slip, by=cast.actor("miki"))
    expected = TABLE[rule][2:] if protected else TABLE[rule][:2]
    assert _answers(cast, rule, _thing(rule, referral)) == expected


_WITHIN = sorted(rule.name for rule in access.all_rules() if rule.within_reading)


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("stage", _WAY)
def test_what_is_not_narrowed_again_holds_for_no_hidden_row(
    cast: Cast, slip: Slip, stage: str, protected: bool
) -> None:
    referral = referring.draft(slip, cast.organization("npo-hidamari"), by=cast.actor("miki"))
    _go(cast, referral, stage)
    if protected:
        slips.protect(slip, by=cast.actor("miki"))
    for name in _WITHIN:
        reading = f"{access.rule_named(name).noun}.read"
        for person in PEOPLE:
            rows = {rule: set(access.visible(cast.actor(person), rule).values_list("pk")) for rule in (name, reading)}
            assert rows[name] <= rows[reading], (name, person)


# --- what climbed to the town, seen from outside -----------------------------------------------------------------

OUTSIDE = {
    "contact.read": ("miki oshio", "", "oshio", ""),
    "contact.hand_over": ("miki oshio", "", "oshio", ""),
    "slip.read": ("oshio", "", "oshio", ""),  # the coordinator sees that it is late, never what was said
    "slip.edit": ("oshio", "", "oshio", ""),
    "referral.read": ("miki oshio shosha", "", "oshio shosha", ""),
    "referral.open": ("oshio", "miki shosha", "oshio", "shosha"),
    "referral.hand_over": ("miki oshio shosha", "", "oshio shosha", ""),
    "referral.withdraw": ("oshio", "miki shosha", "oshio", "shosha"),
    "referral.answer_room": ("shosha", "miki oshio", "shosha", "oshio"),
}


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("rule", OUTSIDE)
def test_the_coordinator_sees_where_it_stands_and_nothing_of_a_protected_person(
    cast: Cast, rule: str, protected: bool
) -> None:
    oshio = cast.actor("oshio")
    slip = slips.begin(cast.organization("npo-hidamari"), plain=PLAIN, texts=WORDS, key="k", by=oshio)
    referral = referring.draft(slip, cast.organization("city-library"), by=oshio)
    referring.ask_room(referral, by=oshio)
    if protected:
        slips.protect(slip, by=oshio)
    expected = OUTSIDE[rule][2:] if protected else OUTSIDE[rule][:2]
    assert _answers(cast, rule, _thing(rule, referral)) == expected


# --- lifting protection, receivers, the register -----------------------------------------------------------------

LIFTING = {
    "unprotecting.read": ("miki saeki", ""),
    "unprotecting.lift": ("saeki", "miki"),  # not she who asked
    "unprotecting.drop": ("miki saeki", ""),
}


@pytest.mark.parametrize("rule", LIFTING)
def test_protection_is_lifted_by_a_second_person_only(cast: Cast, slip: Slip, rule: str) -> None:
    slips.protect(slip, by=cast.actor("miki"))
    asked = slips.ask_unprotect(slip, of=cast.account("saeki").pk, by=cast.actor("miki"))
    if rule == "unprotecting.lift":
        assert _answers(cast, rule, asked) == ("", "miki saeki")  # 72 hours have not passed
        Unprotecting.objects.update(asked_at=timezone.now() - timedelta(hours=73))
    assert _answers(cast, rule, asked) == LIFTING[rule]


RECEIVING = {
    "organization.begin_slip": ("oshio", ""),
    "organization.set_quota": ("oshio", ""),
    "organization.read_load": (f"{OURS} oshio shosha", ""),
}


@pytest.mark.parametrize("rule", RECEIVING)
def test_receivers_speak_for_themselves(cast: Cast, rule: str) -> None:
    assert _answers(cast, rule, cast.organization("npo-hidamari"))[0] == RECEIVING[rule][0]


def test_what_could_not_be_met_is_seen_by_everybody_who_takes_part(cast: Cast, slip: Slip) -> None:
    unmet.note_unmet(slip, Unmet.NOWHERE)
    assert _answers(cast, "unmet_need.read", UnmetNeed.objects.get()) == (
        "miki yumesaki saeki oshio shosha aga shirahama", "",
    )  # fmt: skip


def test_without_the_second_factor_nobody_handles_anybody(cast: Cast, slip: Slip) -> None:
    weak = cast.actor("miki", second_factor=False)
    assert not access.visible(weak, "contact.read").exists()


def test_the_colleague_who_moved_away_lifts_no_protection(cast: Cast, slip: Slip) -> None:
    slips.protect(slip, by=cast.actor("miki"))
    slips.ask_unprotect(slip, of=cast.account("saeki").pk, by=cast.actor("miki"))
    cast.account("saeki").postings.update(member=cast.members["npo-hidamari"])
    assert not access.visible(cast.actor("saeki"), "unprotecting.read").exists()


def test_who_holds_a_row_sees_it_whatever_way_it_came(cast: Cast, slip: Slip) -> None:
    slips.protect(slip, by=cast.actor("miki"))
    Slip.objects.update(holder_id=cast.account("yumesaki").pk)
    assert access.may(cast.actor("yumesaki"), "slip.read", slip)
