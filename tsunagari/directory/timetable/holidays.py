"""National holidays of Japan, with 振替休日 and 国民の休日, as a set per year."""

from datetime import date
from functools import lru_cache

import jpholiday

# The law is of July 1948; the equinoxes are computed to 2099.
FIRST, LAST = 1949, 2099


@lru_cache(maxsize=200)
def _of_year(year: int) -> frozenset[date]:
    return frozenset(day for day, _ in jpholiday.year_holidays(year))


def is_holiday(day: date) -> bool:
    """Whether the day is a national holiday. Outside 1949 to 2099 nothing is known and the answer is False."""
    return FIRST <= day.year <= LAST and day in _of_year(day.year)
