"""Nobody falls between two chairs: random towns, 40 runs of 30 steps here, 2,000 of 50 with PROVE=1 (`make prove`)."""

import logging
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test

from tests.referrals.proofs import town
from tests.referrals.proofs.clock import set_clock
from tests.referrals.proofs.machine import Nobody, heard_by
from tsunagari.kernel import outbox

PROVE = os.environ.get("PROVE") == "1"
RUNS = int(os.environ.get("PROVE_RUNS", "2000" if PROVE else "40"))
STEPS = 50 if PROVE else 30

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def own_channels() -> Iterator[None]:
    """The machine's reaction is forgotten after it."""
    kept = dict(outbox._channels), {event: list(names) for event, names in outbox._subscribed.items()}
    yield
    outbox._channels, outbox._subscribed = kept


@pytest.mark.usefixtures("own_channels")
def test_at_every_moment_everything_open_has_one_holder_and_one_date(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    logging.getLogger("tsunagari.kernel.timetable").setLevel(logging.ERROR)  # killed workers are expected here
    heard_by(Nobody)
    Nobody.counted.clear()
    how = hypothesis_settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate] if PROVE else [Phase.generate, Phase.shrink],
        verbosity=Verbosity.normal,
        derandomize=not PROVE,
    )
    Nobody.town = town.make()
    with set_clock() as clock:
        Nobody.clock = clock
        run_state_machine_as_test(Nobody, settings=how, _min_steps=STEPS - 1)
    done = dict(sorted(Nobody.counted.items()))
    print(f"\nstateful: {done.pop('runs')} runs, {done.pop('steps')} steps; {done}", file=sys.__stderr__)
    assert Nobody.counted["runs"] >= RUNS
