"""Reasons in words, in the language of the page."""

from datetime import UTC, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tsunagari.directory.finder.taxonomies import label
from tsunagari.directory.search.why import Reason
from tsunagari.ui.dates import moment_text

_WALK_M_PER_MINUTE = 80  # as Japanese property adverts count


def reason_text(reason: Reason) -> str:
    """One short sentence: why this entry is in the list."""
    params = reason.params
    if reason.code == "term":
        return _term(str(params["term"]))
    if reason.code == "near":
        return _("ここから約%(m)sです") % {"m": distance_text(int(params["m"]))}
    if reason.code == "place":
        return _("%(place)sの近くです") % {"place": params["place"]}
    if reason.code == "date":
        return _("次は%(when)sです") % {"when": moment_text(datetime.fromtimestamp(int(params["at"]), UTC))}
    if reason.code == "open_now":
        return _("今、開いています")
    if reason.code == "words":
        return _("さがしている言葉が入っています")
    if reason.code == "meaning":
        return _("書いてくださった内容に近いところです")
    return _("最近、内容が確かめられました")


def reason_texts(reasons: tuple[Reason, ...]) -> str:
    """All reasons of a result on one line."""
    return " ・ ".join(reason_text(reason) for reason in reasons)


def distance_text(metres: int) -> str:
    """「600m」, 「1.2km」."""
    return f"{round(metres, -1)}m" if metres < 1000 else f"{metres / 1000:.1f}km"


def _term(term: str) -> str:
    taxonomy, name = term.partition(":")[0], label(term, get_language() or "ja") or term.partition(":")[2]
    if taxonomy == "worry":
        return _("「%(name)s」の相談ができます") % {"name": name}
    if taxonomy == "audience":
        return _("「%(name)s」のためのところです") % {"name": name}
    if taxonomy == "area":
        return _("%(place)sの近くです") % {"place": name}
    return _("「%(name)s」にあてはまります") % {"name": name}
