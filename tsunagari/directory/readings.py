"""Reviewers' corrections from the database, in force with the next page in every process."""

from functools import lru_cache

from django.db.models import Count, Max

from tsunagari.directory.furigana.pages import ruby_html
from tsunagari.directory.furigana.readings import Readings, standard
from tsunagari.directory.models import ReadingOverride


def current() -> Readings:
    """The readings in force now. One small query; the words themselves are read again only after a change."""
    state = ReadingOverride.objects.aggregate(latest=Max("set_at"), count=Count("id"))
    if not state["count"]:
        return standard()
    return _loaded(f"{state['latest'].isoformat()} {state['count']}")


@lru_cache(maxsize=2)
def _loaded(_state: str) -> Readings:
    return Readings(dict(ReadingOverride.objects.values_list("surface", "reading")))


def add(html: str) -> str:
    """The finished page with readings above its kanji."""
    return ruby_html(html, current())
