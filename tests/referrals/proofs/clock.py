"""A clock that tests can set: everything that asks Django what time it is gets this one's answer."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

TOKYO = ZoneInfo("Asia/Tokyo")


class Clock:
    """Shifted against the machine's clock; it runs on, so that two moments are never the same."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def go(self, **span: float) -> None:
        """Time passes: `go(days=1)`."""
        self.ahead += dt.timedelta(**span)

    def stand_on(self, day: dt.date, hour: int = 10) -> None:
        """It is this day, at this hour in Tokyo."""
        self.ahead = dt.datetime.combine(day, dt.time(hour), TOKYO) - dt.datetime.now(TOKYO)

    def today(self) -> dt.date:
        return timezone.localdate()


@contextmanager
def set_clock() -> Iterator[Clock]:
    """Until the end of the block `timezone.now` and all that is made of it follow this clock."""
    clock, real = Clock(), timezone.datetime

    class Shifted(dt.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> dt.datetime:
            return real.now(tz) + clock.ahead

    timezone.datetime = Shifted  # type: ignore[attr-defined,misc]
    try:
        yield clock
    finally:
        timezone.datetime = real  # type: ignore[attr-defined,misc]
