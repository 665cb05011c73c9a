"""A clock that a test sets, for a server in a process of its own: Python reads this file before any other when its
folder is in PYTHONPATH, so every module of the server gets this `now`. The program itself knows nothing of it."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone

_MOMENT = Path(os.environ["JOURNEY_CLOCK"])


def now() -> datetime:
    """The moment that stands in the file; what is shown in Tokyo is kept in UTC, as always."""
    return datetime.fromisoformat(_MOMENT.read_text()).astimezone(UTC)


timezone.now = now
