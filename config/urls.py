"""Addresses: wiring only. Pages carry their language as a prefix; interfaces for machines do not."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path


def _of(module: str, prefix: str = "") -> list[URLResolver]:
    """The addresses of an app, when it has any yet."""
    return [path(prefix, include(module))] if find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    *_of("tsunagari.kernel.urls"),
    *_of("tsunagari.directory.machine_urls"),
    *i18n_patterns(
        *_of("tsunagari.accounts.urls", "accounts/"),
        *_of("tsunagari.network.urls", "net/"),
        *_of("tsunagari.directory.staff_urls", "net/"),
        *_of("tsunagari.ui.urls"),
        *_of("tsunagari.directory.urls"),
        prefix_default_language=False,
    ),
]

handler400 = "tsunagari.kernel.pages.not_found"
handler403 = "tsunagari.kernel.pages.refused"
handler404 = "tsunagari.kernel.pages.not_found"
handler500 = "tsunagari.kernel.pages.broken"
