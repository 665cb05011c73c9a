"""What the secretariat fills in about people: whom to invite, whom to post where."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tsunagari.accounts.models import Account
from tsunagari.accounts.terms import Duty
from tsunagari.network.models import Member


def _in_order(form: forms.Form, values: dict[str, Any]) -> dict[str, Any]:
    """An end before its beginning is a slip of the calendar."""
    if values.get("until") and values.get("since") and values["until"] < values["since"]:
        form.add_error("until", _("「いつまで」は「いつから」より後の日にしてください。"))
    return values


class InviteForm(forms.Form):
    """A mail address, the member she will act for, and what the town asks of her."""

    email = forms.EmailField(label=_("メールアドレス"), widget=forms.EmailInput({"autocomplete": "off"}))
    member = forms.ModelChoiceField(Member.objects.none(), label=_("参画団体"))
    duties = forms.MultipleChoiceField(
        choices=Duty.choices, required=False, label=_("役割"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """Who acts for which member from when, and as what."""

    account = forms.ModelChoiceField(Account.objects.none(), label=_("担当する人"))
    member = forms.ModelChoiceField(Member.objects.none(), label=_("参画団体"))
    duty = forms.CharField(label=_("担当の内容"), max_length=100, required=False)
    since = forms.DateField(label=_("いつから"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("いつまで"), required=False, widget=forms.DateInput({"type": "date"}))
    substitute = forms.ModelChoiceField(
        Account.objects.none(), label=_("答えられないときの代わり"), required=False, empty_label=_("決めない")
    )

    def __init__(self, *args: Any, people: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = people  # type: ignore[attr-defined]
        self.fields["substitute"].queryset = people  # type: ignore[attr-defined]
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["since"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        return _in_order(self, super().clean() or {})


class DutyForm(forms.Form):
    """What the town asks of somebody, and from when."""

    duty = forms.TypedChoiceField(choices=Duty.choices, coerce=Duty, label=_("役割"))
    since = forms.DateField(label=_("いつから"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("いつまで"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        return _in_order(self, super().clean() or {})


class SuccessorForm(forms.Form):
    """Who takes over, and after which day; no day: at once."""

    to = forms.ModelChoiceField(
        Account.objects.none(), label=_("引きつぐ人"), required=False, empty_label=_("選んでください")
    )
    on = forms.DateField(
        label=_("最後の日"),
        required=False,
        help_text=_("空のままなら、いますぐ終わります。"),
        widget=forms.DateInput({"type": "date", "class": "input"}),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class SubstituteForm(forms.Form):
    """Who steps in when she does not answer."""

    account = forms.ModelChoiceField(
        Account.objects.none(), label=_("代わりの人"), required=False, empty_label=_("決めない")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = people  # type: ignore[attr-defined]
