from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tsunagari.accounts.terms import Duty
from tsunagari.directory.actions.seeding import seed
from tsunagari.kernel.access import Actor

TAKAMATSU = Path("/work/shared/data/takamatsu")
EDITOR = Actor(duties=frozenset({Duty.EDITOR}))


@pytest.fixture
def words(db: None) -> None:
    """The taxonomies, so that tags have something to hang on."""
    seed()


@pytest.fixture
def taken(words: None, tmp_path: Path) -> Iterator[Callable[..., int]]:
    """Import a list given as text; the exit code comes back."""
    from tsunagari.directory.importing.command import import_file

    def take(text: str | bytes, kind: str = "places", name: str = "list.csv", **options: Any) -> int:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_file(kind, path, **options)

    return take
