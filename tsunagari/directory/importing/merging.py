"""Three ways to one: what the list said last time, what it says now, and what stands in the directory."""

from dataclasses import dataclass, field
from typing import Any

from tsunagari.directory.importing.values import Values

# Compared item by item: staff add tags and confirm dates, and a new list must not undo that.
_AS_SETS = ("terms", "occurrences")


@dataclass(slots=True)
class Merged:
    """What to write (a value None = remove), and what only a person can decide."""

    changes: Values = field(default_factory=dict)
    conflicts: list[tuple[str, Any, Any]] = field(default_factory=list)


def merge(base: Values | None, theirs: Values, ours: Values) -> Merged:
    """Take what changed in the list unless staff changed it too. `base` None: the list is our own export, edited on
    purpose, and wins."""
    merged = Merged()
    if _withheld(theirs, ours):
        theirs = {key: value for key, value in theirs.items() if not key.startswith("location.")}
        theirs |= {key: value for key, value in ours.items() if key.startswith("location.")}
    for key in sorted(theirs.keys() | (base if base is not None else ours).keys()):
        new, now = theirs.get(key), ours.get(key)
        old = base.get(key) if base is not None else now
        if key.startswith("~") or new in (old, now):
            continue
        if key in _AS_SETS and base is not None:
            combined = _combined(key, old or [], new or [], now or [])
            if combined != now:
                merged.changes[key] = combined
        elif now == old:
            merged.changes[key] = new
        else:
            merged.conflicts.append((key, now, new))
    return merged


def _withheld(theirs: Values, ours: Values) -> bool:
    """Lists leave without hidden addresses; one that comes back must not take the address away that we still hold."""
    said = any(theirs.get(key) for key in ("location.address", "location.latitude"))
    return bool(ours.get("location.address_hidden")) and not said


def _combined(key: str, old: list[Any], new: list[Any], now: list[Any]) -> list[Any]:
    """Ours, less what the list dropped, plus what it added. A date that somebody confirmed is not dropped."""
    gone = [item for item in old if _name(key, item) not in {_name(key, other) for other in new}]
    dropped = {_name(key, item) for item in gone}
    kept = [item for item in now if _name(key, item) not in dropped or _is_sure(key, item)]
    have = {_name(key, item) for item in kept}
    added = [item for item in new if item not in old and _name(key, item) not in have]
    return sorted(kept + added, key=lambda item: str(_name(key, item)))


def _name(key: str, item: Any) -> Any:
    return (item[0], item[3]) if key == "occurrences" else item


def _is_sure(key: str, item: Any) -> bool:
    return key == "occurrences" and item[5] != "planned"
