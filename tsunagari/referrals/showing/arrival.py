"""What a receiver without an account may read, by its link or on its sheet, as the switches stand today."""

from dataclasses import dataclass

from django.utils.translation import get_language

from tsunagari.directory.models import TaxonomyTerm
from tsunagari.referrals import sealing
from tsunagari.referrals.actions import consents
from tsunagari.referrals.models import Referral, Slip, Wipe
from tsunagari.referrals.showing.standing import Meeting, meeting_words, planned
from tsunagari.referrals.terms import OPEN_STATES, WINDOW_STATES, AgeBand, Daypart, Item, State


@dataclass(frozen=True, slots=True)
class ArrivalPage:
    """One referral for its receiver. `sought`: nothing about the person; `items`: what the switches allow."""

    sender: str
    sender_phone: str
    receiver: str
    sought: tuple[str, str, str, str]
    asks_room: bool
    room: str
    room_left: int | None
    may_read: bool
    items: list[tuple[str, str]]
    meeting: Meeting | None
    may_accept: bool
    may_decline: bool
    may_come: bool
    asks_wipe: bool
    over: bool


def sought(slip: Slip) -> tuple[str, str, str, str]:
    """What is looked for, where, for which age and time of day: enough to say whether there is room."""
    code, kind = (slip.category, "category") if slip.category else (slip.worry, "worry")
    term = TaxonomyTerm.objects.filter(taxonomy__code=kind, code=code).first() if code else None
    names = term.names if term else {}
    what = names.get(get_language() or "ja") or (term.name if term else "")
    return what, slip.area, str(AgeBand(slip.age_band).label), str(Daypart(slip.daypart).label)


def arrival_page(referral: Referral) -> ArrivalPage:
    """Everything the receiver sees now. Whoever calls this has written the reading down."""
    slip, state = referral.slip, referral.state
    may_read = state in WINDOW_STATES
    allowed = consents.allowed_items(slip, referral.receiver_id, state) if may_read else set()
    words = sealing.read(slip, allowed)
    meeting = planned(slip).get(referral.pk) if may_read else None
    phone = slip.sender.phones.order_by("pk").values_list("number", flat=True).first()
    return ArrivalPage(
        sender=slip.sender.name,
        sender_phone=phone or "",
        receiver=referral.receiver.name,
        sought=sought(slip),
        asks_room=state == State.ASKED,
        room=referral.room,
        room_left=referral.room_left,
        may_read=may_read,
        items=[(str(item.label), words[item]) for item in Item if item in words],
        meeting=meeting_words(meeting, slip) if meeting else None,
        may_accept=state == State.SENT,
        may_decline=state in (State.ASKED, State.SENT),
        may_come=state in (State.ACCEPTED, State.MET),
        asks_wipe=Wipe.objects.filter(referral=referral, answer="").exists(),
        over=state not in OPEN_STATES,
    )
