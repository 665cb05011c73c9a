"""How many people an organisation takes up in a month, as it says itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tsunagari.referrals.forms.words import day


class QuotaForm(forms.Form):
    """A number for the month, and a pause."""

    per_month = forms.IntegerField(
        label=_("ひと月に何人まで"),
        min_value=0,
        max_value=999,
        widget=forms.NumberInput({"class": "input", "inputmode": "numeric"}),
        error_messages={
            name: _("0から999の数字で書いてください。") for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    paused_until = day(
        _("いつまで休むか"),
        required=False,
        help_text=_("休まないときは、空のままで。"),
        error_messages={"invalid": _("日付を選びなおしてください。")},
    )
