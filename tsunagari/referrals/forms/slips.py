"""What is typed at a counter, after a visit, or during a phone call."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tsunagari.referrals.actions.slips import PLAIN
from tsunagari.referrals.forms.words import Words, areas, choose, day, one_of, term_choices
from tsunagari.referrals.models import Slip
from tsunagari.referrals.terms import AgeBand, Asker, Daypart, Item, Origin, SlipEnding, Way

WHO = ("name", "contact")
MORE = ("strengths", "meeting", "safe_times", "circle")
# What stands in a field nobody chose: the table's own first value.
_USUAL = {
    "asker": Asker.SELF, "origin": Origin.COUNTER, "age_band": AgeBand.UNKNOWN, "daypart": Daypart.ANY,
    "follow_way": Way.PHONE,
}  # fmt: skip


class SlipForm(forms.Form):
    """A つなぎシート. Only the wish is needed, and a name to call her by unless nobody is named."""

    asker = one_of(_("話してくださった方"), Asker.choices, Asker.SELF)
    unnamed = forms.BooleanField(label=_("名前を言わずに相談する"), required=False)
    name = Words(
        label=_("お名前（呼ばれたい名前）"),
        help_text=_("本名でなくてかまいません。例：はなさん"),
        max_length=100,
        error_messages={"required": _("呼ばれたい名前を書くか、「名前を言わずに相談する」を選んでください。")},
    )
    contact = Words(label=_("連絡先"), help_text=_("電話・住所など、ご本人がよいと言ったものだけ"), max_length=300)
    wish = Words(
        label=_("どうしたいですか"),
        help_text=_("ご本人の言葉のままで。例：だれかとお茶を飲みながら話したい"),
        rows=3,
        max_length=2000,
        required=True,
        error_messages={"required": _("どうしたいかを、ひとことだけ書いてください。")},
    )
    category = choose(_("さがす場所の種類"), (), required=False)
    area = Words(label=_("地域"), help_text=_("通えそうなところ。例：飾磨"), max_length=60)
    worry = choose(_("困りごと"), (), required=False)
    age_band = one_of(_("年代"), AgeBand.choices, AgeBand.UNKNOWN)
    daypart = one_of(_("行けそうな時間"), Daypart.choices, Daypart.ANY)
    strengths = Words(
        label=_("得意なこと・好きなこと"), help_text=_("例：編み物、将棋、花の世話"), rows=2, max_length=1000
    )
    meeting = Words(
        label=_("会い方・話し方"),
        help_text=_("はじめて会う人に、こうしてほしいこと。例：ゆっくり、近くで話してください"),
        rows=2,
        max_length=1000,
    )
    safe_times = Words(
        label=_("連絡してよい時間・電話してはいけない時間"),
        help_text=_("家の人に知られたくないときも、ここに。例：夜8時よりあとは電話しない"),
        rows=2,
        max_length=1000,
    )
    circle = Words(label=_("このことを知っていてよい人"), help_text=_("例：妹は知っている"), rows=2, max_length=1000)
    follow_way = one_of(_("あとで様子をたずねるとき"), Way.choices, Way.PHONE)
    origin = one_of(_("どこで聞きましたか"), Origin.choices, Origin.COUNTER)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, named: bool | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].widget.attrs["list"] = "areas"
        self.fields["name"].required = named is not False and not self.data.get("unnamed")
        self._named = named  # of a slip that is there already: what it is cannot be changed by a form
        self.fields["category"].choices = term_choices("category", _("まだわからない"))  # type: ignore[attr-defined]
        self.fields["worry"].choices = term_choices("worry", _("聞いていない"))  # type: ignore[attr-defined]

    @classmethod
    def of(cls, slip: Slip, words: Mapping[str, str]) -> "SlipForm":
        """The form as the slip stands; `words` were read through the door."""
        plain = {name: getattr(slip, name) for name in PLAIN}
        return cls(initial={**plain, **words, "version": slip.version}, named=slip.named)

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """(field, what to do), for the box on top."""
        return [(f"id_{name}", " ".join(map(str, told))) for name, told in self.errors.items()]

    @property
    def open_more(self) -> bool:
        """Whether the part "if you could hear more" holds something, or a mistake."""
        return any(self[name].value() or self[name].errors for name in MORE)

    def clean_area(self) -> str:
        """An area the town knows: it stands in clear and in the register, so no name or address is typed here."""
        area: str = self.cleaned_data["area"]
        known = areas() if area else []
        if known and area not in known:
            raise forms.ValidationError(_("地域は、一覧から選んでください。番地やお名前は、ここには書きません。"))
        return area

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name, usual in _USUAL.items():
            values[name] = values.get(name) or usual
        return values

    @property
    def named(self) -> bool:
        """Whether it is said who it is about."""
        return self._named if self._named is not None else not self.cleaned_data.get("unnamed")

    @property
    def plain(self) -> dict[str, Any]:
        """What is sought, without a person in it."""
        return {name: self.cleaned_data[name] for name in PLAIN}

    @property
    def texts(self) -> dict[str, str]:
        """Her words, item by item."""
        return {item.value: self.cleaned_data.get(item.value, "") for item in Item}


class NameForm(forms.Form):
    """The person herself wishes it now: her name, and how to reach her."""

    name = Words(
        label=_("お名前（呼ばれたい名前）"),
        max_length=100,
        required=True,
        error_messages={"required": _("呼ばれたい名前を書いてください。")},
    )
    contact = Words(label=_("連絡先"), max_length=300)


class WatchForm(forms.Form):
    """Until when somebody keeps an eye."""

    until = day(_("つぎに様子を見る日"), error_messages={"required": _("つぎに様子を見る日を選んでください。")})


class CloseForm(forms.Form):
    """Why the contact is closed."""

    ending = forms.TypedChoiceField(
        label=_("終わりにする理由"),
        choices=SlipEnding.choices,
        coerce=SlipEnding,
        error_messages={"required": _("理由をひとつ選んでください。")},
    )


class ColleagueForm(forms.Form):
    """Somebody there who may hold it."""

    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=_("だれに"),
        empty_label=_("選んでください"),
        widget=forms.Select({"class": "input"}),
        error_messages={"required": _("だれに渡すかを選んでください。")},
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
