"""What the person sends from her receipt's page."""

import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tsunagari.referrals.actions.consents import Cell
from tsunagari.referrals.actions.holding import in_months
from tsunagari.referrals.terms import Item, Purpose

_LONGEST = 64
MONTHS = (1, 3, 6)


def typed_code(text: str) -> str:
    """A code as typed, with full-width letters and the digits that look like letters put right."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip().lower()
    return plain.replace("0", "o").replace("8", "b")


def one_id(text: str) -> UUID | None:
    """An id, or None."""
    with suppress(ValueError):
        return UUID(text[:_LONGEST])
    return None


def ids(texts: Iterable[str]) -> list[UUID]:
    """The ids among these texts."""
    return [found for text in texts if (found := one_id(text))]


def cells(asked: Iterable[str], ticked: Iterable[str]) -> dict[Cell, bool]:
    """An answer for each switch that was on the form: ticked is yes, not ticked is no."""
    yes = set(ticked)
    known = {f"{item}:{purpose}": (item.value, purpose.value) for item in Item for purpose in Purpose}
    return {known[name]: name in yes for name in asked if name in known}


def until_choices() -> list[tuple[str, str]]:
    """How long a yes may hold."""
    return [(str(months), _("%(n)sか月") % {"n": months}) for months in MONTHS]


def until(text: str) -> date:
    """The day until which it holds; the shortest where nothing was chosen."""
    months = int(text) if text in {str(one) for one in MONTHS} else MONTHS[0]
    return in_months(months, localdate())
