"""gettext for templates: each sentence is looked up and marked safe once a language, not once a page."""

from functools import lru_cache
from typing import Any

from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup


@lru_cache(maxsize=8192)
def _said(language: str | None, message: str) -> Markup:
    return Markup(translation.gettext(message))


@lru_cache(maxsize=8192)
def _said_plainly(language: str | None, message: str) -> Markup:
    return Markup(translation.gettext(message) % {})


def say(message: str, **values: Any) -> Markup:
    """The sentence in the reader's language; `%(name)s` places take escaped values, `%%` is a per cent sign."""
    language = translation.get_language()
    return _said(language, message) % values if values else _said_plainly(language, message)


def say_number(one: str, many: str, n: int, **values: Any) -> Markup:
    """The sentence for a number `n`."""
    return Markup(translation.ngettext(one, many, n)) % {"num": n, **values}


def install(env: Environment) -> None:
    """Under the names that `_()` and `{% trans %}` call."""
    env.install_gettext_callables(say, say_number, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(_=say, gettext=say, ngettext=say_number)
