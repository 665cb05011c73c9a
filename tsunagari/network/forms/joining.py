"""Asking to take part, and deciding on it: what was sent, and what to mend in whole sentences."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tsunagari.directory.models import Organization
from tsunagari.directory.terms import Sector
from tsunagari.network.forms.words import Line, day, field_names, ticks
from tsunagari.network.models import Criterion, Terms
from tsunagari.network.terms import Item

KEY_LENGTH = 16


class JoinForm(forms.Form):
    """An organisation asks to take part. Every sentence about a mistake says what to do next."""

    name = Line(label=_("団体の名前"), max_length=100, error_messages={"required": _("団体の名前を書いてください。")})
    kana = Line(
        label=_("団体の名前のふりがな"),
        max_length=100,
        error_messages={"required": _("ふりがなを、ひらがなで書いてください。")},
    )
    sector = forms.ChoiceField(
        label=_("団体の種類"),
        choices=Sector.choices,
        error_messages={
            "required": _("団体の種類を、ひとつ選んでください。"),
            "invalid_choice": _("団体の種類を、ひとつ選んでください。"),
        },
    )
    fields_ = ticks(_("関わっている分野"))
    area = Line(label=_("活動している地域"), max_length=100, required=False, help_text=_("例：市全域、白浜、島"))
    words = Line(
        label=_("参加したいわけ（ひとこと）"),
        max_length=200,
        required=False,
        rows=2,
        help_text=_("うまく書けなくて大丈夫です。名簿に載せてよいかは、下で選べます。"),
    )
    contact_name = Line(
        label=_("担当する方のお名前"),
        max_length=100,
        widget=forms.TextInput({"class": "input", "autocomplete": "name"}),
        error_messages={"required": _("担当する方のお名前を書いてください。")},
    )
    contact_mail = forms.EmailField(
        label=_("担当する方のメールアドレス"),
        help_text=_("お返事は、このアドレスへお送りします。"),
        widget=forms.EmailInput({"class": "input", "autocomplete": "email"}),
        error_messages={
            "required": _("お返事をお送りするメールアドレスを書いてください。"),
            "invalid": _("メールアドレスを、もう一度たしかめてください。例：tanto@example.jp"),
        },
    )
    published = ticks(_("名簿に載せてよいもの"), Item.choices)
    criteria = ticks(_("参加の条件"))
    terms = forms.UUIDField(widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, criteria: list[Criterion], terms: Terms, **options: Any) -> None:
        super().__init__(*args, **options)
        self.in_force = terms
        self.fields["fields_"].choices = list(field_names(language).items())  # type: ignore[attr-defined]
        self.fields["criteria"].choices = [(str(one.pk), one.sentence) for one in criteria]  # type: ignore[attr-defined]

    def clean_criteria(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["criteria"]
        if len(ticked) < len(self.fields["criteria"].choices):  # type: ignore[attr-defined]
            raise forms.ValidationError(
                _(
                    "参加の条件を読んで、すべてに印をつけてください。あてはまらないものがあるときは、事務局へお電話ください。"
                )
            )
        return ticked

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("terms") != self.in_force.pk:
            self.add_error("criteria", _("規約が新しくなりました。下の規約を読んで、もう一度お送りください。"))
        if len(values.get("key", "")) < KEY_LENGTH:
            self.add_error("name", _("ページが古くなっていました。もう一度「申しこむ」を押してください。"))
        return values

    def answers(self) -> dict[str, Any]:
        """What the application keeps."""
        names = ("name", "kana", "sector", "area", "words", "contact_name", "contact_mail", "published")
        return {name: self.cleaned_data[name] for name in names} | {"fields": self.cleaned_data["fields_"]}

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """(id of the field, what to do), in the order of the form."""
        return [(f"id_{name}", str(text)) for name in self.fields for text in self.errors.get(name, [])]


class ReplyForm(forms.Form):
    """The applicant's answer to what was asked back."""

    text = Line(label=_("お返事"), max_length=2000, rows=4)


class AskForm(forms.Form):
    """What the secretariat wants to know before it decides."""

    question = Line(
        label=_("おたずねすること"),
        max_length=2000,
        rows=3,
        error_messages={"required": _("たずねることを書いてください。")},
    )


class DecisionForm(forms.Form):
    """A decision has a day. `organization`: which one of the directory it is, when it stands there already."""

    decided_on = day(_("決めた日"))
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("載っている団体"), required=False, empty_label=_("新しい団体として載せる")
    )

    def __init__(self, *args: Any, organizations: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_on"].initial = timezone.localdate
        if organizations is None:
            del self.fields["organization"]
        else:
            self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def clean_decided_on(self) -> Any:
        on = self.cleaned_data["decided_on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("決めた日は、きょうまでの日にしてください。"))
        return on


class RefusalForm(DecisionForm):
    """A no has a reason, which the applicant reads."""

    reason = Line(
        label=_("見送るわけ（相手に伝わります）"),
        max_length=2000,
        rows=3,
        error_messages={"required": _("見送るわけを、相手に伝わることばで書いてください。")},
    )


class TakeInForm(forms.Form):
    """A shop or a circle that only wants to receive."""

    name = Line(label=_("団体・お店の名前"), max_length=100)
    kana = Line(label=_("ふりがな"), max_length=100, required=False)
    sector = forms.ChoiceField(label=_("団体の種類"), choices=Sector.choices)
    area = Line(label=_("活動している地域"), max_length=100, required=False)
    contact_mail = forms.EmailField(
        label=_("メールアドレス"), required=False, widget=forms.EmailInput({"class": "input"})
    )
    published = ticks(_("名簿に載せてよいもの"), Item.choices)
    since = day(_("いつから"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = timezone.localdate

    def told(self) -> dict[str, Any]:
        """What is written into the member's row."""
        return {name: self.cleaned_data[name] for name in ("sector", "area", "contact_mail", "published")}


class CriteriaForm(forms.Form):
    """One criterion a line."""

    sentences = Line(label=_("参加の条件（一行にひとつ）"), max_length=2000, rows=6)

    def clean_sentences(self) -> list[str]:
        lines = [line.strip()[:200] for line in self.cleaned_data["sentences"].split("\n")]
        return [line for line in lines if line]


class TermsForm(forms.Form):
    """A new version of the terms."""

    text = Line(label=_("規約"), max_length=20000, rows=14)
    in_force_from = day(_("いつから"))
