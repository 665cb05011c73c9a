"""The person's own page: where it stands, who was told what, who read it, what happens next."""

from dataclasses import dataclass
from uuid import UUID

from tsunagari.referrals.models import FollowUp, Slip
from tsunagari.referrals.showing import readers, standing, told
from tsunagari.referrals.terms import OPEN_STATES, SlipState


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """Finished, translated words. Nothing in it differs for a protected person; her own words are not in it."""

    sender: str
    named: bool
    closed: bool
    coming: list[standing.Next]
    meetings: list[standing.Meeting]
    questions: list[FollowUp]
    recipients: list[told.Recipient]
    choices: list[told.Choice]
    wiped: list[tuple[str, str]]
    readers: list[readers.Reader]
    history: list[tuple[str, str, str]]
    under_way: list[tuple[UUID, str]]


def receipt_page(slip: Slip) -> ReceiptPage:
    """Everything about one contact. Whoever calls this has written the reading down."""
    meetings = standing.planned(slip)
    under_way = slip.referrals.filter(state__in=OPEN_STATES).select_related("receiver").order_by("made_at")
    return ReceiptPage(
        sender=slip.sender.name,
        named=slip.named,
        closed=slip.state == SlipState.CLOSED,
        coming=standing.coming(slip, meetings),
        meetings=[standing.meeting_words(one, slip) for one in meetings.values()],
        questions=standing.questions(slip),
        recipients=told.recipients(slip),
        choices=told.choices(slip),
        wiped=standing.wiped(slip),
        readers=readers.readers(slip),
        history=standing.history(slip),
        under_way=[(one.pk, one.receiver.name) for one in under_way],
    )
