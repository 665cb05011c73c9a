"""The one template engine: Jinja2 with our translations, addresses and static files (decision 0003)."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input_lazy
from django.templatetags.static import static as static_url
from django.urls import get_urlconf, reverse
from django.utils.translation import get_language
from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from tsunagari.ui import words
from tsunagari.ui.chrome import HTML_LANG, chrome, kept, tools
from tsunagari.ui.codes import qr_svg
from tsunagari.ui.dates import day_text, era_text, moment_text, time_text
from tsunagari.ui.icons import NAMES, icon
from tsunagari.ui.links import here, switch_language


@pass_context
def url(context: Context, name: str, *args: Any, **query: Any) -> str:
    """The address of a named page in the reader's language, carrying her display switches (furigana, text size)."""
    address = (
        reverse(name, args=args) if args else _address(name, get_language(), get_urlconf() or settings.ROOT_URLCONF)
    )
    display = context.get("display")
    pairs = {**(display.query if display else {}), **{k: v for k, v in query.items() if v not in (None, "")}}
    return f"{address}?{urlencode(pairs, doseq=True)}" if pairs else address


@lru_cache(maxsize=2048)
def _address(name: str, language: str | None, urlconf: str) -> str:
    return reverse(name, urlconf=urlconf)


class _Page(Template):
    """Ours have no globals of their own, so that a page with ten imports need not look for them ten times."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module()


def _compiled() -> BytecodeCache:
    """Compiled templates on disk, beside the keys: what lies there is run, so nobody else may write there. A changed
    template is compiled anew. Saves 50 ms at every start."""
    folder = settings.DATA_DIR / "templates"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def environment(**options: Any) -> Environment:
    """Called by Django once; unknown names raise, so that a typing slip shows in a test and not as a blank."""
    options.setdefault("autoescape", True)
    env = Environment(
        **{**options, "undefined": StrictUndefined},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        bytecode_cache=_compiled(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.template_class = _Page
    env.policies["ext.i18n.trimmed"] = True
    words.install(env)
    env.globals.update(url=url, static=_static, town=settings.TOWN)
    env.globals.update(switch_language=switch_language, here=here, qr_svg=qr_svg)
    drawn = Path(__file__).parent / "static" / "ui" / "outline" / f"{settings.TOWN['municipality_code']}.json"
    env.globals.update(town_outline=f"ui/outline/{drawn.name}" if drawn.exists() else "")
    env.globals.update(chrome=chrome, kept=kept, tools=tools, languages=_LANGUAGES)
    env.globals.update(draw_icon=icon, icon_names=NAMES)
    env.globals.update(exit_url=settings.EXIT_URL, work_url=settings.WORK_URL, messages=get_messages)
    env.filters.update(day=day_text, era=era_text, moment=moment_text, clock=time_text)
    return env


@lru_cache(maxsize=512)
def _static(path: str) -> str:
    return static_url(path)


_LANGUAGES = [{"code": code, "name": name} for code, name in settings.LANGUAGES]


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: its language, the languages there are, the display switches, who acts."""
    code = get_language() or settings.LANGUAGE_CODE
    return {
        # `{{ csrf_input }}` in a form, whole page and swapped block alike; writing it out sets the cookie.
        "csrf_input": csrf_input_lazy(request),
        "lang": code,
        "html_lang": HTML_LANG.get(code, code),
        "languages": _LANGUAGES,
        "display": getattr(request, "display", None),
        "actor": getattr(request, "actor", None),
    }
