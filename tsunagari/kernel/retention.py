"""What may no longer be kept is deleted by functions that say so themselves; `tsunagari purge` runs them."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

Clearing = Callable[[date, bool], int]
_clearings: dict[str, Clearing] = {}


def clears(what: str) -> Callable[[Clearing], Clearing]:
    """Register `function(as_of, really) -> rows`: it counts what is past its time that day, and deletes it if really.

    `what` is the sentence people read, such as "invitations that ran out a year ago".
    """

    def register(function: Clearing) -> Clearing:
        _clearings[what] = function
        return function

    return register


def purge(as_of: date, *, really: bool) -> dict[str, int]:
    """Rows past their time by what they are; deleted in one transaction when `really`."""
    with transaction.atomic():
        return {what: function(as_of, really) for what, function in sorted(_clearings.items())}
