"""Who is at the other end when a proxy stands between us."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings


class ProxyMiddleware:
    """Puts the visitor's address, as our own proxy wrote it, where limits look for it.

    Attack: a client sends X-Forwarded-For itself and gets a fresh limit with each guess. The header is believed only
    from a peer named in TRUSTED_PROXIES, and only its last part, which that peer wrote.
    """

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.trusted = [ip_network(one.strip()) for one in settings.TRUSTED_PROXIES if one.strip()]

    def __call__(self, request: Any) -> Any:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded and self._is_ours(request.META.get("REMOTE_ADDR", "")):
            with suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ip_address(forwarded))
        return self.get_response(request)

    def _is_ours(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self.trusted)
