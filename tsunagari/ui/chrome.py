"""What every page has in common is drawn once for each way of reading and then kept. What differs from request to
request (an address, what was typed) is never kept: it is put into the kept drawing where a slot was left for it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_urlconf
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tsunagari.ui.display import Display
from tsunagari.ui.links import elsewhere, here

_EDGE = "\x1a"  # a character that no text of ours holds
Facts = tuple[tuple[str, Any], ...]


@pass_context
def chrome(context: Context, template: str) -> Markup:
    """`template` with lang, html_lang, display, signed_in and here_name (the name of this page's address), no more."""
    return Markup(_drawn(context.environment, template, *_reading(context), (), ())[0])


@pass_context
def kept(context: Context, template: str, facts: Mapping[str, Any] | None = None, **said: Any) -> Markup:
    """`template` drawn once for these `facts` and each way of reading. What is `said` is only written out, escaped,
    at its place: the template cannot ask about it, and nothing of it is remembered."""
    pieces = _drawn(
        context.environment, template, *_reading(context), tuple(facts.items()) if facts else (), tuple(said)
    )
    return _filled(pieces, {name: str(escape(value)) for name, value in said.items()})


@pass_context
def tools(context: Context, template: str) -> Markup:
    """The head's row, which leads to this same page in other languages and sizes."""
    pieces = _drawn(context.environment, template, *_reading(context), (), ("elsewhere",))
    said = {name: str(escape(here(context, **_ADDRESSES[name]))) for name in pieces[1::2] if name in _ADDRESSES}
    return _filled(pieces, {**said, "elsewhere": str(escape(elsewhere(context)))})


_ADDRESSES: dict[str, dict[str, str | None]] = {
    f"{name}={value}": {name: value} for name in ("size", "furi") for value in (None, "1", "l")
}


def _filled(pieces: tuple[str, ...], said: Mapping[str, str]) -> Markup:
    filled = list(pieces)
    for place in range(1, len(filled), 2):
        filled[place] = said[filled[place]]
    return Markup("".join(filled))


def _slot(name: str) -> Markup:
    return Markup(f"{_EDGE}{name}{_EDGE}")


def _reading(context: Context) -> tuple[str, Display | None, bool, str, str]:
    """All that a kept drawing may depend on."""
    request, actor = context.get("request"), context.get("actor")
    match = request.resolver_match if request is not None else None
    name = match.url_name if match else ""
    signed_in = bool(actor and actor.signed_in)
    return context["lang"], context.get("display"), signed_in, name, get_urlconf() or settings.ROOT_URLCONF


@lru_cache(maxsize=2048)
def _drawn(
    env: Environment,
    template: str,
    lang: str,
    display: Display | None,
    signed_in: bool,
    name: str,
    urlconf: str,
    facts: Facts,
    said: tuple[str, ...],
) -> tuple[str, ...]:
    """The drawing in pieces; every second one is the name of a slot."""
    values: dict[str, Any] = {"lang": lang, "html_lang": HTML_LANG.get(lang, lang), "display": display}
    values |= {"signed_in": signed_in, "here_name": name, **dict(facts), **{one: _slot(one) for one in said}}
    if "elsewhere" in said:
        values["switch_language"] = _other_language
        values["here"] = lambda **change: _slot("".join(f"{key}={value}" for key, value in change.items()))
    return tuple(env.get_template(template).render(values).split(_EDGE))


HTML_LANG = {"ja-easy": "ja", "zh": "zh-Hans", "pt": "pt-BR"}


def _other_language(code: str) -> Markup:
    return Markup("" if code == settings.LANGUAGE_CODE else f"/{code}") + _slot("elsewhere")
