"""A limit on wrong codes. Codes are too long to guess; the limit keeps a machine that tries from being a nuisance."""

import hashlib
import hmac
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST = 30
WITHIN = 600  # seconds


def _key(request: HttpRequest) -> str:
    """By a keyed hash: the cache holds no address of anybody."""
    address = request.META.get("REMOTE_ADDR", "")
    return "guesses:" + hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()


def too_many(request: HttpRequest) -> bool:
    """Whether so many wrong codes came from there lately that it should rest. Without a cache nobody is held up."""
    with suppress(Exception):
        return int(cache.get(_key(request)) or 0) >= MOST
    return False


def note(request: HttpRequest) -> None:
    """One more wrong code from there."""
    with suppress(Exception):
        cache.add(_key(request), 0, WITHIN)
        cache.incr(_key(request))
