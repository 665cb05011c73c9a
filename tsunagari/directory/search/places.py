"""Names of places in a query: they say where to look, not what for, so they leave the words."""

from collections.abc import Iterable
from dataclasses import dataclass

from tsunagari.directory.search import words as w
from tsunagari.directory.search.thesaurus import spotted

_SUFFIXES = ("周辺", "付近", "の近く", "近く", "近辺", "あたり", "区", "町", "市", "駅", "で", "の")


@dataclass(frozen=True, slots=True)
class Place:
    """A place and how people write it (kana, old spellings, slips); `km` is how far around still counts as there."""

    name: str
    lat: float
    lon: float
    km: float = 3.0
    spellings: tuple[str, ...] = ()


class Gazetteer:
    """Places by every spelling."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._known: dict[str, Place] = {}
        for place in places:
            for spelling in (*place.spellings, place.name):
                self._known.setdefault(w.fold(spelling), place)

    def named(self, name: str) -> Place | None:
        return self._known.get(w.fold(name, w.QUERY_LENGTH))

    def split(self, folded: str) -> tuple[Place | None, str]:
        """The first place named in a query, and what the query says without it."""
        found = spotted(folded, self._known)
        if not found:
            return None, folded
        spelling, at = found[0]
        rest = folded[at + len(spelling) :]
        for suffix in _SUFFIXES:
            rest = rest.removeprefix(suffix)
        return self._known[spelling], f"{folded[:at]} {rest}".strip()
