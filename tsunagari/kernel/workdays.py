"""Working days of this town: what people are promised is counted in them."""

from datetime import date, timedelta

import jpholiday

# Public offices are closed from 29 December to 3 January, whatever the calendar of national holidays says.
_YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices are open: no weekend, no national holiday, not the turn of the year."""
    return day.weekday() < 5 and (day.month, day.day) not in _YEAR_END and not jpholiday.is_holiday(day)


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the day itself never counts. `count` 0 gives the day itself."""
    while count > 0:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day


def first_working_day(day: date) -> date:
    """The day itself when offices are open on it, else the next day they are."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day
