"""What is generated says what the code says."""

from pathlib import Path

import pytest

from tsunagari.kernel import registers


def test_the_generated_pages_are_fresh() -> None:
    assert registers.stale() == [], "run `make docs`"


def test_a_stale_page_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "DOCS", tmp_path)
    assert sorted(registers.stale()) == ["access.md", "events.md", "personal-data.md"]
    assert registers.main([]) == 0
    assert registers.main(["--check"]) == 0
    (tmp_path / "access.md").write_text("anyone may do anything")
    assert registers.main(["--check"]) == 1
