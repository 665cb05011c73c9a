"""Texts and choices as the forms of the network ask for them."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tsunagari.accounts.models import Account
from tsunagari.directory.models import TaxonomyTerm
from tsunagari.directory.terms import WORRIES
from tsunagari.network.models import Member
from tsunagari.network.terms import Item

# Control and format characters, lone surrogates, private use: nothing invisible may stay.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Line(forms.CharField):
    """A text as typed, without what cannot be seen; `rows`: more than one line."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        widget = forms.Textarea({"rows": rows, "class": "input"}) if rows else forms.TextInput({"class": "input"})
        self.breaks = "\n" if rows else ""
        super().__init__(**{"widget": widget, **options})

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n")
        seen = (c if c in self.breaks or unicodedata.category(c) not in _UNSEEN else " " for c in text)
        return super().to_python("".join(seen)) or ""


def day(label: Any, **options: Any) -> forms.DateField:
    """A day from the calendar."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date", "class": "input"}), **options)


def field_names(language: str) -> dict[str, str]:
    """What a member may be concerned with: the sixteen worries, in the reader's language."""
    rows = TaxonomyTerm.objects.filter(taxonomy__code="worry", code__in=WORRIES).values_list("code", "names", "name")
    told = {code: (names or {}).get(language) or name for code, names, name in rows}
    return {code: told.get(code, code) for code in WORRIES}


def ticks(label: Any, choices: Sequence[tuple[Any, Any]] = (), **options: Any) -> forms.MultipleChoiceField:
    """Several of a few."""
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, **options)


class MemberForm(forms.Form):
    """What a member tells of itself, and what of it may be published, item by item."""

    fields_ = ticks(_("関わっている分野"))
    area = Line(label=_("活動している地域"), max_length=100, required=False)
    words = Line(label=_("参加したわけ（ひとこと）"), max_length=200, required=False)
    contact_name = Line(label=_("担当者の名前"), max_length=100, required=False)
    contact_mail = forms.EmailField(
        label=_("メールアドレス"), required=False, widget=forms.EmailInput({"class": "input"})
    )
    published = ticks(_("名簿に載せてよいもの"), Item.choices)
    reception: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        Account.objects.none(),
        label=_("届いたものを受けとる人"),
        required=False,
        empty_label=_("決めない（いちばん長い人）"),
    )

    def __init__(self, *args: Any, language: str, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["fields_"].choices = list(field_names(language).items())  # type: ignore[attr-defined]
        self.fields["reception"].queryset = people  # type: ignore[attr-defined]

    @classmethod
    def of(cls, member: Member, *, language: str, people: Any) -> "MemberForm":
        """The form as the member stands now."""
        names = ("area", "words", "contact_name", "contact_mail", "published")
        now = {name: getattr(member, name) for name in names}
        initial = now | {"fields_": member.fields, "reception": member.reception_id}
        return cls(initial=initial, language=language, people=people)

    def told(self) -> dict[str, Any]:
        """What is written into the member's row."""
        values = dict(self.cleaned_data)
        values["fields"] = values.pop("fields_")
        values.pop("reception")
        return values


class DayForm(forms.Form):
    """One day."""

    on = day(_("いつ"))
