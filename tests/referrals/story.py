"""Hanako's way as one object, for tests that need every row of the referral world at once."""

import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.db import models
from django.utils import timezone

from tests.cast import Cast
from tsunagari.kernel.access import Actor
from tsunagari.referrals.actions import arriving, consents, referring, slips
from tsunagari.referrals.models import FollowUp, Referral, Slip, Unprotecting, Wipe
from tsunagari.referrals.terms import AskedHow, Item, Purpose, RoomAnswer, Way

WORDS: dict[str, str] = {
    Item.NAME: "花子（架空）",
    Item.CONTACT: "079-000-1111",
    Item.WISH: "だれかとお茶を飲みながら話したい",
    Item.STRENGTHS: "編み物",
    Item.MEETING: "ゆっくり話してほしい",
    Item.SAFE_TIMES: "夜8時よりあとは電話しないでください",
    Item.CIRCLE: "妹は知っている",
}
PLAIN = {"category": "talk_partner", "area": "飾磨", "age_band": "senior", "daypart": "afternoon"}
EVERYTHING: dict[consents.Cell, bool] = {(item, purpose): True for item in Item for purpose in Purpose}


class Story:
    """Miki at the town refers Hanako to Oshio at the member; each step only as far as it is asked for."""

    def __init__(self, cast: Cast, receiver: str = "npo-hidamari", carer: str = "oshio") -> None:
        self.miki: Actor = cast.actor("miki")
        self.carer: Actor = cast.actor(carer)
        self.sender, self.receiver = cast.organization("city-welfare"), cast.organization(receiver)

    def slip(self, **more: object) -> Slip:
        key = secrets.token_urlsafe(12)
        return slips.begin(self.sender, plain=PLAIN, texts=WORDS, key=key, by=self.miki, **more)  # type: ignore[arg-type]

    def asked(self) -> Referral:
        return referring.ask_room(referring.draft(self.slip(), self.receiver, by=self.miki), by=self.miki)

    def consent(self, referral: Referral) -> None:
        until = timezone.localdate() + timedelta(days=180)
        how = AskedHow.ALOUD
        consents.ask(referral.slip, referral.receiver, answers=EVERYTHING, until=until, how=how, by=self.miki)

    def sent(self) -> Referral:
        referral = referring.answer_room(self.asked(), room=RoomAnswer.HAS_ROOM, by=self.carer)
        self.consent(referral)
        return referring.send(referral, by=self.miki)

    def accepted(self) -> Referral:
        return referring.accept(self.sent(), by=self.carer)

    def came(self) -> Referral:
        return arriving.note_arrival(self.accepted(), by=self.carer)

    def everything(self) -> Iterator[models.Model]:
        """A referral that was taken up with a meeting ahead, and beside it what other ways leave behind."""
        taken_up = self.accepted()
        at = timezone.now() + timedelta(days=2)
        yield arriving.plan_meeting(taken_up, at=at, where="入口", companion="三木", by=self.miki)
        yield arriving.note_attempt(taken_up, way=Way.PHONE, key=secrets.token_hex(8), by=self.miki)
        taken_up.refresh_from_db()
        yield taken_up
        yield taken_up.slip
        yield FollowUp.objects.filter(referral=self.came()).latest("on")
        taken_back = referring.withdraw(self.sent(), by=self.miki)
        yield Wipe.objects.get(referral=taken_back)
        hidden = slips.protect(self.slip(), by=self.miki)
        yield Unprotecting.objects.create(
            slip=hidden, asked_at=timezone.now(), asked_by=self.miki.who, asked_of=self.carer.who
        )
