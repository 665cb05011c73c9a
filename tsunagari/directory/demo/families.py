"""Entries of which a town has many, composed from building blocks; each has one sentence written for it alone."""

from collections.abc import Iterator
from typing import Any

from tsunagari.directory.demo import parts
from tsunagari.directory.demo.ids import pick

FRESH, FADED, GONE = 60, 100, 200  # days: kept well, out of the first 90, out of the finder
_INHERITED = ("kind", "w", "a", "c", "f", "cost", "lang", "program", "when")


def _text(family: dict[str, Any], own: str, index: int) -> str:
    """What it is, the entry's own sentence, and one or two of the family's, in an order that changes with the row."""
    blocks, closers = family["blocks"], family["closers"]
    whats = family.get("whats", [""])
    what = whats[(index + index // len(whats)) % len(whats)]
    first = blocks[index % len(blocks)]
    second = blocks[(index * 2 + index // len(blocks) + 3) % len(blocks)]
    closer = closers[(index + index // len(closers)) % len(closers)]
    shapes = (
        (what, own, first),
        (own, what, closer),
        (what, first, own, closer),
        (own, first, what),
        (what, own, first, second),
    )
    said = shapes[(index + pick(2, "shape", own)) % len(shapes)]
    return "".join(dict.fromkeys(said))


def _seen(slug: str) -> int | None:
    """Days since the last confirmation: most recent, a few old, one in sixty never confirmed."""
    luck = pick(60, "seen", slug)
    if luck == 0:
        return None
    if luck in (1, 2):
        return GONE + pick(60, "old", slug)
    if luck in (3, 4, 5):
        return FADED + pick(50, "old", slug)
    return 1 + pick(FRESH, "fresh", slug)


def _room(slug: str) -> str:
    return ("yes", "yes", "few", "unknown")[pick(4, "room", slug)]


def _row(family: dict[str, Any], row: list[Any], index: int) -> dict[str, Any]:
    slug, org, place, name, kana, rules, own, *more = row
    entry = {key: family[key] for key in _INHERITED if key in family}
    entry |= {
        "id": slug,
        "family": family["family"],
        "org": org or family["org"],
        "at": [place],
        "name": name,
        "kana": kana,
        "open": rules.split(" | "),
        "text": _text(family, own, index),
        "meet": family["meets"][index % len(family["meets"])],
        "seen": _seen(slug),
        "room": _room(slug),
    }
    entry |= (more[0] if more else {}) | parts.overrides().get(slug, {})
    return entry


def composed() -> Iterator[dict[str, Any]]:
    """The composed entries."""
    for family in parts.families():
        for index, row in enumerate(family["rows"]):
            yield _row(family, row, index)
