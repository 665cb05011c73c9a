"""Fixtures for everybody: the cast, a client for each of them, and keys in a folder of their own."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests import cast as people
from tsunagari.kernel import append_only

# The browser of the journeys keeps an event loop in this thread; the tests after it use the database all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Machines are shared: how long an example took says nothing about the code.
hypothesis_settings.register_profile("town", deadline=None)
hypothesis_settings.load_profile("town")

AUDIT = "kernel_auditline"


@pytest.fixture(autouse=True, scope="session")
def _the_test_database_may_be_emptied() -> Iterator[None]:
    """Emptying a database after a test with real commits deletes audit lines, which the triggers rightly refuse."""
    empty = TransactionTestCase._fixture_teardown

    def with_the_lock_off(self: Any) -> None:
        append_only.unlock(connection, AUDIT)
        try:
            empty(self)
        finally:
            append_only.lock(connection, AUDIT)

    TransactionTestCase._fixture_teardown = with_the_lock_off  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = empty  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keys, checkpoints and mail of a test lie in its own folder; counters of limits start at nought."""
    folder: Path = tmp_path_factory.mktemp("own")
    settings.KEY_DIR, settings.ANCHOR_DIR = folder / "keys", folder / "anchors"
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def cast(db: None) -> people.Cast:
    """Everybody, with duties and postings of today."""
    return people.make()
