"""What an editor types about an entry. Any Unicode may come; what cannot be kept is said beside the field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tsunagari.directory.forms.typed import typed
from tsunagari.directory.models import FirstVisit, Service
from tsunagari.directory.terms import Answer, Kind, Room, Status


class Words(forms.CharField):
    """A text kept as typed, without what cannot be seen."""

    def __init__(self, *, limit: int = 200, rows: int = 0, **options: Any) -> None:
        self.limit = limit
        widget = (
            forms.Textarea(attrs={"rows": rows, "class": "input"})
            if rows
            else forms.TextInput(attrs={"class": "input"})
        )
        super().__init__(widget=widget, strip=False, **options)

    def clean(self, value: Any) -> str:
        text = typed(str(value or ""), self.limit)
        super().clean(text)
        return text


def choice(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select(attrs={"class": "input"}), **options)


def age(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=130, widget=forms.NumberInput(attrs={"class": "input"})
    )


class EntryForm(forms.Form):
    """The entry in plain words. `version` is what the editor saw when she began."""

    name = Words(label=_("名前"), limit=120)
    kana = Words(label=_("ふりがな"), limit=200, required=False)
    kind = choice(_("種類"), Kind.choices)
    description = Words(
        label=_("どんなところか"), help_text=_("はじめての人に話すように、2〜4文で"), limit=4000, rows=5
    )
    eligibility_description = Words(label=_("だれのためか"), limit=500, required=False)
    minimum_age, maximum_age = age(_("何歳から")), age(_("何歳まで"))
    when_text = Words(
        label=_("いつ"),
        help_text=_("例：毎月第2・第4水曜 13:30〜15:30（祝日は休み）"),
        limit=1000,
        rows=2,
        required=False,
    )
    fees_description = Words(label=_("お金"), help_text=_("例：無料、お茶代100円"), limit=300, required=False)
    application_process = Words(
        label=_("申しこみ"), help_text=_("例：いりません。そのままどうぞ"), limit=500, required=False
    )
    interpretation_services = Words(label=_("通訳・ことば"), limit=300, required=False)
    url = forms.URLField(
        label=_("ホームページ"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "input"}),
    )
    room = choice(_("空き"), Room.choices)
    status = choice(_("状態"), Status.choices)
    alert = Words(label=_("いまだけのお知らせ"), help_text=_("例：8月は会場が変わります"), limit=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, service: Service) -> "EntryForm":
        """The form as the entry stands."""
        return cls(initial={name: getattr(service, name) for name in cls.base_fields})


class VisitForm(forms.Form):
    """What somebody who was never there wants to know before the first step through the door."""

    greeter = Words(label=_("だれが迎えてくれますか"), limit=200, required=False)
    silent_ok = choice(_("話さなくてもいいですか"), Answer.choices)
    alone_ok = choice(_("ひとりで行ってもいいですか"), Answer.choices)
    companion_ok = choice(_("だれかと一緒でもいいですか"), Answer.choices)
    short_ok = choice(_("10分だけでもいいですか"), Answer.choices)
    anonymous_ok = choice(_("名前を言わなくてもいいですか"), Answer.choices)
    child_ok = choice(_("子どもを連れて行けますか"), Answer.choices)
    step_free = choice(_("段差なしで入れますか"), Answer.choices)
    smoking = choice(_("たばこを吸う人がいますか"), Answer.choices)
    toilet = Words(label=_("トイレ"), limit=200, required=False)
    cost = Words(label=_("はじめての日にかかるお金"), limit=200, required=False)
    steps = Words(label=_("入口までの行き方"), limit=500, rows=2, required=False)
    languages = Words(label=_("話せることば"), limit=200, required=False)
    note = Words(label=_("ほかに伝えたいこと"), limit=500, rows=2, required=False)

    @classmethod
    def of(cls, service: Service) -> "VisitForm":
        """The form as the guide of this entry stands; every answer is "please ask" where nobody wrote one."""
        visit = FirstVisit.objects.filter(service=service).first() or FirstVisit(service=service)
        return cls(initial={name: getattr(visit, name) for name in cls.base_fields})


class KeeperForm(forms.Form):
    """Who will say whether the entry is still true."""

    name = Words(label=_("名前"), limit=100)
    email = forms.EmailField(label=_("メールアドレス"), widget=forms.EmailInput(attrs={"class": "input"}))
