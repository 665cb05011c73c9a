"""Every public page, in every language, for anybody."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PLAIN = ["/", "/find/", "/find/?q=話し相手", "/guide/", "/lines/", "/activities/", "/consult/", "/organizations/"]


def in_language(path: str, code: str) -> str:
    return path if code == "ja" else f"/{code}{path}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_opens_in_every_language_and_leaves_no_cookie(
    client: Client, town: dict[str, Any], code: str
) -> None:
    entry = f"/places/{town['place'].pk}/"
    own = [entry, f"{entry}slip/", f"{entry}report/", f"/organizations/{town['organization'].pk}/"]
    for path in [*PLAIN, *own]:
        response = client.get(in_language(path, code))
        assert response.status_code == 200, path
        assert not response.cookies, path
        assert 'lang="' in response.content.decode()
