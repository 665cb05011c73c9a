"""Head and foot of the page, drawn once for each way of reading and then kept: they hold nothing of this request."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_urlconf
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from tsunagari.ui.display import Display


@pass_context
def chrome(context: Context, template: str) -> Markup:
    """`template` with lang, display, signed_in and here_name (the name of this page's address), and no more."""
    request, actor = context.get("request"), context.get("actor")
    match = request.resolver_match if request is not None else None
    name = match.url_name if match else ""
    signed_in = bool(actor and actor.signed_in)
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    return _drawn(context.environment, template, context["lang"], context.get("display"), signed_in, name, urlconf)


@lru_cache(maxsize=1024)
def _drawn(
    env: Environment, template: str, lang: str, display: Display | None, signed_in: bool, name: str, urlconf: str
) -> Markup:
    values = {"lang": lang, "display": display, "signed_in": signed_in, "here_name": name}
    return Markup(env.get_template(template).render(values))
