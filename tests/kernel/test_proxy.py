"""The address that limits go by cannot be chosen by the visitor."""

from typing import Any

import pytest
from django.test import RequestFactory

from tsunagari.kernel.proxy import ProxyMiddleware


@pytest.mark.parametrize(
    "peer,header,seen",
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("172.20.0.3", "198.51.100.1", "198.51.100.1"),
        ("172.20.0.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("172.20.0.3", "rubbish", "172.20.0.3"),
        ("172.20.0.3", "", "172.20.0.3"),
        ("", "198.51.100.1", ""),
    ],
)
def test_only_our_own_proxy_is_believed(settings: Any, peer: str, header: str, seen: str) -> None:
    settings.TRUSTED_PROXIES = ["172.16.0.0/12"]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=header)
    assert ProxyMiddleware(lambda one: one.META["REMOTE_ADDR"])(request) == seen
