"""What the warm handover does when something happened: mail to receivers without an account, news to who may know."""

from typing import Any

from django.urls import reverse

from tsunagari.kernel import mail
from tsunagari.kernel.access import Actor
from tsunagari.kernel.outbox import Event, reacts
from tsunagari.network.terms import NoticeKind
from tsunagari.referrals.actions import answering, telling
from tsunagari.referrals.models import ReceiverLink, Referral, Slip, Unprotecting, Wipe


@reacts("receiver_link.made", outside=True)
def mail_the_receiver(event: Event) -> None:
    """One sentence and the link, if the organisation has an address. Whom and what it is about stays here.

    About a protected person no common mail box hears: her link is handed over.
    """
    rows = ReceiverLink.objects.select_related("referral__receiver", "referral__slip")
    link = rows.filter(pk=event.about_id, closed_at=None, referral__slip__protected_at=None).first()
    if link is None or not link.referral.receiver.email:
        return
    mail.send(
        link.referral.receiver.email,
        link=reverse("receiver_link", args=[answering.token_of(link)]),
        key=event.key,
        subject="新しいお知らせがあります",
        line="下のリンクからご覧ください。リンクは、はじめに開いた1台だけで、14日間見られます。ほかの人に渡さないでください。",
    )


def _about(event: Event, table: type[Any]) -> Any:
    """The row the event is about, with its slip; None when it is gone or of another table."""
    if event.about_model != table._meta.label_lower:
        return None
    return table._default_manager.filter(pk=event.about_id).first()


def _said(event: Event) -> dict[str, Any]:
    return {"key": str(event.key), "by": Actor(account_id=event.actor_id)}


@reacts("referral.asked", "referral.sent")
def tell_who_receives(event: Event) -> None:
    """Something arrived there."""
    if referral := _about(event, Referral):
        telling.tell_the_receiver(referral, **_said(event))


@reacts(
    "referral.room_answered", "referral.accepted", "referral.declined", "referral.withdrawn", "referral.came",
    "meeting.planned", "consent.withdrawn",
)  # fmt: skip
def tell_the_other_side(event: Event) -> None:
    """It went on, or was taken back."""
    if referral := _about(event, Referral):
        telling.tell_both_sides(referral, **_said(event))


@reacts("follow_up.answered")
def tell_who_asked(event: Event) -> None:
    """The person said how it is."""
    if referral := _about(event, Referral):
        telling.tell_the_sender(referral, **_said(event))


@reacts("promise.reminded", "promise.climbed", "promise.handed_over")
def tell_who_holds(event: Event) -> None:
    """A date has passed, or it is hers from here."""
    kind = NoticeKind.HANDED if event.name == "promise.handed_over" else NoticeKind.DUE
    for table in (Slip, Referral, Wipe):
        if promise := _about(event, table):
            telling.tell_the_holder(promise, kind, holder=event.ids["holder"], **_said(event))


@reacts("wipe.asked")
def tell_who_wipes(event: Event) -> None:
    """What was copied is to be deleted."""
    wipe = _about(event, Wipe)
    if wipe and wipe.holder_id:
        telling.tell_the_holder(wipe, NoticeKind.ASKED, holder=str(wipe.holder_id), **_said(event))


@reacts("unprotecting.asked")
def tell_the_colleague(event: Event) -> None:
    """She was asked to look at it too."""
    if asked := _about(event, Unprotecting):
        telling.tell_the_second(asked, **_said(event))
