"""Receivers without an account: a link that one browser opens, or a sheet of paper that the sender types back in."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from tsunagari.kernel import access, audit, outbox
from tsunagari.kernel.access import Actor, NotVisible
from tsunagari.referrals.actions import arriving, referring, wiping
from tsunagari.referrals.actions.holding import NotYet, lock
from tsunagari.referrals.models import ReceiverLink, Referral, Wipe
from tsunagari.referrals.terms import TAKEN_UP_STATES, WINDOW_STATES, Reason, RoomAnswer, Said, State, Wiped

LINK_LIVES = timedelta(days=14)
# A second click on "make a link" gives the first one's link.
SAME_CLICK = timedelta(minutes=1)
KEY_LETTERS = 32


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing a receiver says. `room` and `left` belong to ROOM, `reason` to DECLINE, `wiped` to WIPED."""

    said: Said
    room: RoomAnswer | None = None
    left: int | None = None
    reason: Reason | None = None
    wiped: Wiped | None = None


def token_of(link: ReceiverLink) -> str:
    """The word in the receiver's mail, from the link's id and this installation's key: the table opens nothing."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"receiver-link|" + link.pk.bytes, hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make_link(referral: Referral, *, by: Actor) -> ReceiverLink:
    """Make a link for the receiver; the ones made before close. Mail goes out if the organisation has an address."""
    referral = lock(referral)
    access.require(by, "referral.make_link", referral)
    running = list(referral.links.select_for_update().filter(closed_at=None))
    for one in running:
        if one.opened_at is None and one.made_at > now() - SAME_CLICK:
            return one
    referral.links.filter(closed_at=None).update(closed_at=now())
    link = ReceiverLink(referral=referral, made_at=now(), made_by=by.who, expires_at=now() + LINK_LIVES)
    link.token_hash = _hash(token_of(link))
    link.save(force_insert=True)
    audit.record("receiver_link.made", by=by, about=link, referral=referral.pk)
    outbox.announce("receiver_link.made", by=by, about=link)
    return link


def _is_hers(link: ReceiverLink, word: str) -> bool:
    return bool(link.browser_hash) and hmac.compare_digest(link.browser_hash, _hash(word))


def _alive(link: ReceiverLink) -> bool:
    """Whether there is anything to see: before it is opened, a question or a slip; afterwards also how it ended, and
    the question about copies. Taken back before anything was sent: nothing."""
    state = link.referral.state
    if state == State.ASKED or state in WINDOW_STATES:
        return True
    if link.opened_at is None:
        return False
    return state != State.WITHDRAWN or Wipe.objects.filter(referral=link.referral).exists()


def find_link(token: str, *, cookie: str, by: Actor) -> ReceiverLink:
    """The link while it is good, and either not opened yet or opened by this browser; else `NotVisible`: run out,
    closed, forwarded and guessed are the same."""
    link: ReceiverLink = access.fetch(by, "receiver_link.use", token_hash=_hash(token[:64]))
    if not _alive(link) or (link.opened_at is not None and not _is_hers(link, cookie)):
        raise NotVisible("receiver_link.use")
    return link


@transaction.atomic
def open_link(token: str, *, key: str, cookie: str = "", by: Actor) -> tuple[ReceiverLink, str]:
    """Open it: from here only the browser that sent `key` (or holds it as its cookie) gets in. Returns that secret.

    The key comes with the page that has the button, so that a second click and a retry after a broken line open the
    same link for the same browser.
    """
    rows = access.visible(by, "receiver_link.use").select_for_update(of=("self",))
    link: ReceiverLink | None = rows.filter(token_hash=_hash(token[:64])).first()
    if link is None or not _alive(link):
        raise NotVisible("receiver_link.use")
    if link.opened_at is None and len(key) >= KEY_LETTERS:
        link.opened_at, link.browser_hash = now(), _hash(key)
        link.save(update_fields=["opened_at", "browser_hash"])
        audit.record("receiver_link.opened", by=by, about=link, referral=link.referral_id)
        return link, key
    for word in (cookie, key):
        if _is_hers(link, word):
            return link, word
    raise NotVisible("receiver_link.use")


@transaction.atomic
def answer_by_link(link: ReceiverLink, *, answer: Answer, by: Actor) -> Referral:
    """The receiver answers with one tap. Nobody is signed in: the line names the link."""
    referral = lock(link.referral)
    access.require(by, "receiver_link.use", link)
    return referral if _stands(referral, answer) else _settle(referral, answer, by)


@transaction.atomic
def print_paper(referral: Referral, *, by: Actor) -> Referral:
    """Make the sheet for the receiver: from here its short code can be typed back in. Printed twice, the same code."""
    referral = lock(referral)
    access.require(by, "referral.print_paper", referral)
    if not referral.paper_code:
        referral.paper_code = referring.paper_code(referral)
        referral.save(update_fields=["paper_code"])
        audit.record("referral.paper_made", by=by, about=referral)
    return referral


def of_paper(code: str, *, by: Actor) -> Referral:
    """The referral whose sheet has this code, if her organisation sent it; else `NotVisible`, whoever's it is."""
    rows = access.visible(by, "referral.read").filter(cared_by=None, slip__sender_id__in=by.member_ids)
    plain = "".join(c for c in code.lower() if c.isascii() and c.isalnum())
    word = "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))
    referral: Referral | None = rows.filter(paper_code=word).distinct().first() if plain else None
    if referral is None:
        raise NotVisible("referral.answer_for_receiver")
    return referral


@transaction.atomic
def answer_on_paper(referral: Referral, *, answer: Answer, by: Actor) -> Referral:
    """Type in what came back on paper or by telephone. Typed in twice, it counts once."""
    referral = lock(referral)
    if _stands(referral, answer):
        return referral
    if answer.said == Said.WIPED:
        access.require(by, "wipe.answer", _wipe(referral))
    else:
        access.require(by, "referral.answer_for_receiver", referral)
    return _settle(referral, answer, by)


def _wipe(referral: Referral) -> Wipe:
    wipe = Wipe.objects.select_for_update(of=("self",)).filter(referral=referral).first()
    if wipe is None:
        raise NotYet("nothing_to_wipe")
    return wipe


def _stands(referral: Referral, answer: Answer) -> bool:
    """Whether this is how things stand already: the second click of a double click."""
    if answer.said == Said.ROOM:
        return (referral.room, referral.room_left) == (answer.room, answer.left)
    if answer.said == Said.WIPED:
        return bool(Wipe.objects.filter(referral=referral).exclude(answer="").exists())
    state = {Said.ACCEPT: State.ACCEPTED, Said.DECLINE: State.DECLINED, Said.CAME: State.CAME}[answer.said]
    return referral.steps.filter(state=state).exists()


def _settle(referral: Referral, answer: Answer, by: Actor) -> Referral:
    """Take the step, if it can be taken as things stand."""
    if answer.said == Said.WIPED and answer.wiped:
        wiping.settle(_wipe(referral), answer=answer.wiped, by=by)
        return referral
    if answer.said == Said.ROOM and answer.room and referral.state == State.ASKED:
        return referring.settle_room(referral, room=answer.room, left=answer.left, by=by)
    if answer.said == Said.ACCEPT and referral.state == State.SENT:
        return referring.settle_acceptance(referral, by=by)
    if answer.said == Said.DECLINE and answer.reason and referral.state in (State.ASKED, State.SENT):
        return referring.settle_refusal(referral, reason=answer.reason, by=by)
    if answer.said == Said.CAME and referral.state in (State.SENT, *TAKEN_UP_STATES):
        if referral.state == State.SENT:
            referral = referring.settle_acceptance(referral, by=by)
        return arriving.settle_arrival(referral, by=by)
    raise NotYet("not_now")
