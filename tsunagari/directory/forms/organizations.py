"""What an editor types about an organisation."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tsunagari.directory.forms.entries import Words, choice
from tsunagari.directory.terms import Sector


class OrganizationForm(forms.Form):
    """The organisation in plain words. `version` is what the editor saw when she began."""

    name = Words(label=_("団体の名前"), limit=120)
    kana = Words(label=_("ふりがな"), limit=200, required=False)
    alternate_name = Words(label=_("ほかの呼び名"), limit=200, required=False)
    sector = choice(_("団体の種類"), Sector.choices)
    legal_status = Words(
        label=_("法人などの形"), help_text=_("例：NPO法人、社会福祉法人、任意団体"), limit=100, required=False
    )
    description = Words(
        label=_("どんな団体か"),
        help_text=_("はじめての人に話すように、2〜4文で"),
        limit=4000,
        rows=5,
        required=False,
    )
    website = forms.URLField(
        label=_("ホームページ"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "input"}),
    )
    email = forms.EmailField(
        label=_("メールアドレス"), required=False, widget=forms.EmailInput(attrs={"class": "input"})
    )
    corporate_number = Words(
        label=_("法人番号"), help_text=_("13けたの数字。なければ空のままで大丈夫です"), limit=40, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_corporate_number(self) -> str:
        written: Any = self.cleaned_data["corporate_number"]
        digits = re.sub(r"[\s\-‐−ー]", "", unicodedata.normalize("NFKC", written))
        if digits and not re.fullmatch(r"[0-9]{13}", digits):
            raise forms.ValidationError(_("法人番号は13けたの数字で書いてください。"))
        return digits
