"""How somebody wants to hear that something is new."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tsunagari.network.terms import Rhythm


class ChoiceForm(forms.Form):
    """How often, in which hours not, in which language."""

    rhythm = forms.ChoiceField(label=_("メールで知らせる回数"), choices=Rhythm.choices)
    quiet_from = forms.TimeField(
        label=_("メールを送らない時間（ここから）"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("メールを送らない時間（ここまで）"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("同じ時刻にすると、いつでも送ります。"),
    )
    language = forms.ChoiceField(label=_("メールのことば"), choices=settings.LANGUAGES)


class OurChoiceForm(ChoiceForm):
    """What the people of a member get who chose nothing, and the common mail box that hears too."""

    mailbox = forms.EmailField(
        label=_("団体の共通のメールアドレス"),
        required=False,
        help_text=_("ここにも「新しいお知らせが○件あります」とだけ届きます。名前や内容は書きません。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].help_text = _("自分で選んでいない人に、この回数を使います。")
