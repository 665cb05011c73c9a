"""The entries that stories, screenshots and checks are told about, by a short name that lasts."""

from uuid import UUID

from tsunagari.directory.demo import parts
from tsunagari.directory.demo.ids import uid


def tellings() -> dict[str, UUID]:
    """Short name → id of the entry, for example ``teen_night`` or ``hidden_shelter``."""
    return {entry["key"]: uid("service", entry["id"]) for entry in parts.written_entries() if "key" in entry}
