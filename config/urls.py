"""Addresses: wiring only. Pages carry their language as a prefix; interfaces for machines do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

# A city splits its networks: a host of the public zone has no sign-in and no staff page at all (DESIGN §2).
_work: list[URLResolver] = [
    path("accounts/", include("tsunagari.accounts.urls")),
    path("net/", include("tsunagari.home.urls")),
    path("net/", include("tsunagari.network.urls")),
    path("net/", include("tsunagari.directory.staff_urls")),
    path("net/", include("tsunagari.referrals.urls")),
    path("net/", include("tsunagari.referrals.paper_urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tsunagari.directory.machine_urls")),
    *i18n_patterns(
        *(_work if settings.WORK_URL else []),
        path("", include("tsunagari.ui.urls")),
        path("", include("tsunagari.network.public_urls")),
        path("", include("tsunagari.referrals.receipt_urls")),
        path("", include("tsunagari.directory.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "tsunagari.kernel.pages.unreadable"
handler403 = "tsunagari.kernel.pages.refused"
handler404 = "tsunagari.kernel.pages.not_found"
handler500 = "tsunagari.kernel.pages.broken"
