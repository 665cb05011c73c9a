"""The lists the city of Takamatsu publishes, where they are at hand."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "takamatsu"


def rows(name: str) -> list[tuple[Any, ...]]:
    """All rows of a list, the headings first; the test is skipped when the lists are not here."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the lists of Takamatsu are not at hand: {path} is missing")
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return list(sheet.iter_rows(values_only=True))
