"""Views that are imported when their address is first asked for."""

import subprocess
import sys

import pytest
from django.urls import path, resolve, reverse

from tsunagari.kernel.later import later
from tsunagari.kernel.pages import sign_in_page


def test_listing_addresses_imports_no_staff_page_and_no_sign_in() -> None:
    code = """
import sys
from tsunagari.cli import django_ready
django_ready()
from django.urls import reverse
reverse("staff_entries"), reverse("account_login"), reverse("front")
heavy = ("tsunagari.directory.views.staff", "fido2", "allauth.mfa.base.views")
print([name for name in sys.modules if name.startswith(heavy)])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_view_that_waits_is_the_view_in_all_that_is_asked_of_it() -> None:
    from tsunagari.directory.views import front

    waiting = later("tsunagari.directory.views.front").front
    assert waiting.tsunagari_mark == front.front.tsunagari_mark  # type: ignore[attr-defined]
    assert waiting.csrf_exempt is front.front.csrf_exempt  # type: ignore[attr-defined]
    assert path("x/", waiting, name="x").lookup_str == "tsunagari.directory.views.front.front"
    assert resolve(reverse("front")).func.__name__ == "front"


def test_a_mark_is_worn_by_each_view_of_a_module() -> None:
    assert later("allauth.account.views", wear=sign_in_page).login.tsunagari_mark == "sign_in"


def test_a_name_that_is_not_there_is_found_out() -> None:
    with pytest.raises(ImportError, match="no view frnt"):
        _ = later("tsunagari.directory.views.front").frnt.tsunagari_mark
