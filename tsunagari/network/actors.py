"""Who acts in this request: account, duties and postings of today, read once."""

from django.http import HttpRequest

from tsunagari.kernel.access import PUBLIC, Actor


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request."""
    if not request.user.is_authenticated:
        return PUBLIC
    return Actor(account_id=request.user.pk)
