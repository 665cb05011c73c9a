"""Entries of which a town has many, composed from building blocks; each has at least one sentence of its own."""

from typing import Any


def composed() -> list[dict[str, Any]]:
    """The composed entries."""
    return []
