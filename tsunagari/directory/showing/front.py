"""What the first page shows: examples, what is on today, who answers the telephone now."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tsunagari.directory import finder
from tsunagari.directory.showing.found import answered
from tsunagari.directory.showing.phones import lines_by_state
from tsunagari.kernel.access import PUBLIC
from tsunagari.ui.shapes import Link

TODAY = 4
LINES = 3


def front(display: dict[str, str], tail: str) -> dict[str, Any]:
    """Values of directory/front.html."""
    groups = lines_by_state(PUBLIC, now())
    today = finder.search(finder.Query(kind=("activity",), when="today", per_page=TODAY))
    return {
        "examples": _examples(display),
        "today": answered(today, tail).cards,
        "lines": (groups["now"] + groups["perhaps"])[:LINES],
        "near_text": "",
    }


def _examples(display: dict[str, str]) -> list[Link]:
    words = (
        _("話し相手がほしい"),
        _("夜に行ける場所"),
        _("お金のことを相談したい"),
        _("子どもと行ける場所"),
        _("日本語をならいたい"),
        _("近所の人が心配"),
    )
    return [Link(text, f"{reverse('find')}?{urlencode({'q': text, **display})}") for text in words]
