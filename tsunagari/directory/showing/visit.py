"""The first visit in plain words: what one wants to know before the first step through the door."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tsunagari.directory.models import FirstVisit
from tsunagari.directory.showing.phrases import answer, languages
from tsunagari.directory.showing.saying import Words, own_words
from tsunagari.directory.terms import Answer


@dataclass(frozen=True, slots=True)
class Visit:
    """`told`: pairs of question and answer; `untold`: what nobody has said yet, to ask by telephone."""

    greeter: str = ""
    told: tuple[tuple[str, Words], ...] = ()
    untold: tuple[str, ...] = ()


def _choices() -> list[tuple[str, str, str, str]]:
    return [*_how_to_come(), *_what_is_there()]


def _how_to_come() -> list[tuple[str, str, str, str]]:
    return [
        (
            "alone_ok",
            _("ひとりで行ってもいいですか"),
            _("はい。ひとりで来る人がたくさんいます。"),
            _("だれかといっしょに来てください。"),
        ),
        (
            "companion_ok",
            _("だれかといっしょに行ってもいいですか"),
            _("はい。家族や友だちといっしょでもかまいません。"),
            _("ひとりで来てください。"),
        ),
        (
            "silent_ok",
            _("話さずにいてもいいですか"),
            _("はい。黙って座っているだけでもかまいません。"),
            _("話をする場です。少しずつでだいじょうぶです。"),
        ),
        (
            "short_ok",
            _("少しだけでもいいですか"),
            _("はい。10分だけでもかまいません。"),
            _("はじめから終わりまでいてください。"),
        ),
        (
            "anonymous_ok",
            _("名前を言わなくてもいいですか"),
            _("はい。名前を言わなくてもかまいません。"),
            _("名前を聞きます。"),
        ),
    ]


def _what_is_there() -> list[tuple[str, str, str, str]]:
    return [
        (
            "child_ok",
            _("子どもを連れて行けますか"),
            _("はい。子どもといっしょに来られます。"),
            _("子どもは入れません。"),
        ),
        ("step_free", _("段差なしで入れますか"), _("はい。段差なしで入れます。"), _("段差があります。")),
        ("smoking", _("たばこの煙はありますか"), _("たばこを吸う人がいます。"), _("いいえ。たばこは吸えません。")),
    ]


def first_visit(row: FirstVisit | None) -> Visit:
    """Question and answer, one below the other; what is not known is said as not known."""
    if row is None:
        return Visit()
    told: list[tuple[str, Words]] = []
    untold = []
    if row.greeter:
        told.append((_("だれが迎えてくれますか"), own_words(row.greeter)))
    if row.steps:
        told.append((_("どうやって入りますか"), own_words(row.steps)))
    for field, question, yes, no in _choices():
        said = getattr(row, field)
        if said == Answer.ASK:
            untold.append(question)
        else:
            told.append((question, Words(yes if said == Answer.YES else no)))
    texts = (
        (_("費用はかかりますか"), answer(row.cost)),
        (_("トイレ"), answer(row.toilet)),
        (_("話せることば"), languages(row.languages)),
        (_("そのほか"), own_words(row.note)),
    )
    told += [(question, words) for question, words in texts if words]
    return Visit(row.greeter, tuple(told), tuple(untold))
