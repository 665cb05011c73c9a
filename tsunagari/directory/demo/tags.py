"""Tags of the town's entries: letters in ./data for the features, and what follows from the rules and the building."""

from collections.abc import Iterable
from datetime import time
from typing import Any
from uuid import UUID

from tsunagari.directory.demo.ids import uid
from tsunagari.directory.demo.rules import Rule
from tsunagari.directory.models import Attribute, TaxonomyTerm

LETTERS = {
    "b": "no_booking", "n": "anonymous", "a": "alone_ok", "c": "companion_ok", "s": "silent_ok", "t": "short_ok",
    "k": "child_ok", "p": "phone_ok", "h": "chat_ok", "i": "interpreter", "w": "women_only", "m": "men_only",
    "d": "animals", "e": "meal",
}  # fmt: skip
BUILDING = {"w": "wheelchair", "t": "accessible_toilet", "p": "parking", "i": "wifi", "v": "online"}
_ids: dict[tuple[str, str], UUID] = {}


def learn() -> None:
    """Read the ids of the seeded terms."""
    _ids.clear()
    known = TaxonomyTerm.objects.values_list("id", "taxonomy__code", "code")
    _ids.update({(taxonomy, code): pk for pk, taxonomy, code in known})


def attribute(entity: str, link_id: UUID, taxonomy: str, code: str) -> Attribute:
    """The tag that says `code` about the thing; an unknown code is a mistake in ./data."""
    return Attribute(
        id=uid("attribute", str(link_id), taxonomy, code),
        link_id=link_id,
        link_entity=entity,
        taxonomy_term_id=_ids[taxonomy, code],
    )


def features(entry: dict[str, Any], rules: list[Rule], building: str) -> list[str]:
    """Feature codes: the letters written, and what hours, price and building say by themselves."""
    found = [LETTERS[letter] for letter in entry.get("f", "")]
    found += [BUILDING[letter] for letter in building if letter in BUILDING]
    found += [] if entry.get("cost") else ["free"]
    found += [] if building == "v" or entry.get("smoke") else ["no_smoking"]
    if any(rule.closes >= time(19) or rule.closes <= rule.opens for rule in rules):
        found.append("evening")
    if any({"SA", "SU"} & ({*rule.week} | {day for _, day in rule.nth}) for rule in rules):
        found.append("weekend")
    if any(rule.holidays in ("as_usual", "only") for rule in rules):
        found.append("holiday")
    return list(dict.fromkeys(found))


def of_entry(entry: dict[str, Any], rules: list[Rule], building: str) -> Iterable[Attribute]:
    """All tags of an entry."""
    own = uid("service", entry["id"])
    for key, taxonomy in (("w", "worry"), ("a", "audience"), ("c", "category")):
        for code in dict.fromkeys(entry.get(key, "").split()):
            yield attribute("service", own, taxonomy, code)
    for code in features(entry, rules, building):
        yield attribute("service", own, "feature", code)
