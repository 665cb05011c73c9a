"""What somebody fills in who was invited."""

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from tsunagari.accounts.models import Account


class AcceptForm(forms.Form):
    """Name, kana and a password of her own choosing."""

    name = forms.CharField(label=_("お名前"), max_length=100, widget=forms.TextInput({"autocomplete": "name"}))
    kana = forms.CharField(label=_("ふりがな"), max_length=100, required=False)
    password = forms.CharField(
        label=_("パスワード"),
        help_text=_("10文字以上。よくある言葉だけのものは使えません。"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, email: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(
            password, Account(email=self.email, name=self.cleaned_data.get("name", ""))
        )
        return password
