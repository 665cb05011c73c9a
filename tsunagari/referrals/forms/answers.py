"""What a receiver without an account answers: a tick in a few fields becomes one answer."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tsunagari.referrals.actions.answering import Answer
from tsunagari.referrals.terms import Reason, RoomAnswer, Said, Wiped

_MOST = 99


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What was sent; `answer` is there when nothing is missing. `errors`: (id of the field, what to do)."""

    answer: Answer | None
    errors: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "AnswerForm":
        said = data.get("said", "")
        if said not in Said.values:
            return _wrong("said", _("返事をひとつ選んでください。"))
        return _READERS[Said(said)](data)


def _wrong(field: str, words: str) -> AnswerForm:
    return AnswerForm(None, ((field, words),))


def _number(text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text[:8]).strip()
    return int(plain) if plain.isascii() and plain.isdigit() and 0 <= int(plain) <= _MOST else None


def _room(data: Mapping[str, str]) -> AnswerForm:
    room, left = data.get("room", ""), _number(data.get("left", ""))
    if room not in RoomAnswer.values:
        return _wrong("room", _("空きがあるかどうかを、ひとつ選んでください。"))
    if room == RoomAnswer.NUMBER and left is None:
        return _wrong("f-left", _("あと何人かを、数字で書いてください。"))
    return AnswerForm(Answer(Said.ROOM, room=RoomAnswer(room), left=left if room == RoomAnswer.NUMBER else None))


def _decline(data: Mapping[str, str]) -> AnswerForm:
    reason = data.get("reason", "")
    if reason not in Reason.values:
        return _wrong("reason", _("見送る理由を、ひとつ選んでください。"))
    return AnswerForm(Answer(Said.DECLINE, reason=Reason(reason)))


def _wiped(data: Mapping[str, str]) -> AnswerForm:
    wiped = data.get("wiped", "")
    if wiped not in Wiped.values:
        return _wrong("wiped", _("写しをどうしたかを、ひとつ選んでください。"))
    return AnswerForm(Answer(Said.WIPED, wiped=Wiped(wiped)))


_READERS = {
    Said.ROOM: _room,
    Said.ACCEPT: lambda data: AnswerForm(Answer(Said.ACCEPT)),
    Said.DECLINE: _decline,
    Said.CAME: lambda data: AnswerForm(Answer(Said.CAME)),
    Said.WIPED: _wiped,
}
