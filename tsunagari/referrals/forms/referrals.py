"""What either side fills in on the way of a referral."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from tsunagari.referrals.forms.words import Words, day
from tsunagari.referrals.terms import Ending, Later, Mood, Reason, RoomAnswer, Way, Wiped


def _tap(choices: Any, kind: Any, sorry: Any) -> forms.TypedChoiceField:
    """One tap on one of a few."""
    return forms.TypedChoiceField(choices=choices, coerce=kind, error_messages={"required": sorry})


class RoomForm(forms.Form):
    """Whether there is room; a number when it is said how many."""

    room = _tap(RoomAnswer.choices, RoomAnswer, _("空きがあるかどうかを、ひとつ選んでください。"))
    left = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=99,
        error_messages={
            name: _("あと何人かを、0から99の数字で書いてください。") for name in ("invalid", "min_value", "max_value")
        },
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("room") != RoomAnswer.NUMBER:
            values["left"] = None
        elif values.get("left") is None and "left" not in self.errors:
            self.add_error("left", _("あと何人かを、0から99の数字で書いてください。"))
        return values


class DeclineForm(forms.Form):
    """There is no declining without a reason."""

    reason = _tap(Reason.choices, Reason, _("理由をひとつ選んでください。つぎの場所をさがす手がかりになります。"))


class MeetingForm(forms.Form):
    """The first meeting: who comes along, when, where."""

    on = day(_("いつ"), error_messages={"required": _("会う日を選んでください。")})
    time = forms.TimeField(
        label=_("何時"),
        widget=forms.TimeInput({"type": "time", "class": "input"}),
        error_messages={"required": _("会う時間を選んでください。")},
    )
    where = Words(label=_("どこで会いますか"), help_text=_("例：公民館の入口のベンチ"), max_length=300)
    companion = Words(
        label=_("だれがいっしょに行きますか"), help_text=_("例：三木さん。ひとりで行くなら空のままで"), max_length=200
    )

    @property
    def values(self) -> dict[str, Any]:
        """As the action takes it."""
        told = self.cleaned_data
        at = make_aware(dt.datetime.combine(told["on"], told["time"]))
        return {"at": at, "where": told["where"], "companion": told["companion"]}


class TellForm(forms.Form):
    """How it went, in one tap and one sentence."""

    mood = _tap(Mood.choices, Mood, _("どうだったかを、ひとつ選んでください。"))
    sentence = Words(label=_("ひとことで（書かなくてもよい）"), max_length=300)


class AttemptForm(forms.Form):
    """Somebody tried to reach her."""

    way = _tap(Way.choices, Way, _("どうやって連絡したかを選んでください。"))
    key = forms.CharField(max_length=64)


class LaterForm(forms.Form):
    """What she says, asked after one and three months."""

    months = forms.IntegerField(min_value=1, max_value=12)
    answer = _tap(Later.choices, Later, _("ご本人の答えを、ひとつ選んでください。"))


class EndForm(forms.Form):
    """Why it ends."""

    ending = _tap(Ending.choices, Ending, _("終わる理由を、ひとつ選んでください。"))


class WipeForm(forms.Form):
    """What became of the copies."""

    answer = _tap(Wiped.choices, Wiped, _("写しをどうしたかを、ひとつ選んでください。"))


class HandForm(forms.Form):
    """Somebody of one of the two sides, as "account:organisation"."""

    to = forms.ChoiceField(error_messages={"required": _("だれに渡すかを選んでください。")})

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = people  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[str, str]:
        """(account, organisation)."""
        account, _colon, organization = self.cleaned_data["to"].partition(":")
        return account, organization


def told(form: forms.Form) -> str:
    """The mistakes of a small form as one sentence above it."""
    return " ".join(dict.fromkeys(str(one) for errors in form.errors.values() for one in errors))
