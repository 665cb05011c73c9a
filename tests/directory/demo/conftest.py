"""The demo town, loaded once for all its tests: it takes seconds."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tsunagari.directory import demo

TODAY = date(2026, 11, 23)  # 勤労感謝の日, a Monday


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[date]:
    """A loaded town around TODAY; taken back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(TODAY)
        yield TODAY
        transaction.set_rollback(True)
