"""What is promised in working days holds over New Year, holidays and the leap day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tsunagari.kernel.workdays import first_working_day, is_working_day, working_days_after


def test_weekends_and_national_holidays_do_not_count() -> None:
    friday = date(2026, 11, 20)
    assert working_days_after(friday, 1) == date(2026, 11, 24), "Monday 23rd is 勤労感謝の日"


def test_offices_are_closed_at_the_turn_of_the_year() -> None:
    assert working_days_after(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert not is_working_day(date(2026, 12, 29))


def test_the_leap_day_is_a_day_like_others() -> None:
    assert working_days_after(date(2028, 2, 28), 1) == date(2028, 2, 29)


def test_the_first_working_day_may_be_the_day_itself() -> None:
    assert first_working_day(date(2026, 11, 24)) == date(2026, 11, 24)
    assert first_working_day(date(2026, 11, 21)) == date(2026, 11, 24)


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_exactly_so_many_working_days_lie_between(day: date, count: int) -> None:
    end = working_days_after(day, count)
    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, end.toordinal() + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)
