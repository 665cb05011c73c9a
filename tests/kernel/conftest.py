"""What kernel tests share: reactions of their own, a worker that empties the queues."""

from collections.abc import Callable, Iterator

import pytest

from tsunagari.kernel import outbox, timetable
from tsunagari.kernel.worker import TownWorker


@pytest.fixture
def own_channels() -> Iterator[None]:
    """Reactions and jobs booked by a test are forgotten after it."""
    kept = dict(outbox._channels), {event: list(names) for event, names in outbox._subscribed.items()}
    jobs = dict(timetable._jobs)
    yield
    outbox._channels, outbox._subscribed, timetable._jobs = *kept, jobs


@pytest.fixture
def work_off() -> Callable[[], None]:
    """Run every job that is ready, as a worker does, and stop."""

    def run() -> None:
        TownWorker(interval=0, batch=True)._worker.run()

    return run
