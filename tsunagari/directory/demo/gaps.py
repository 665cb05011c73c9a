"""What the town lacks on purpose, so that empty answers and the gap map have something real to show."""

from typing import Any

from tsunagari.directory.demo import parts

NORTH = frozenset({"yumesaki", "yasutomi", "hayashida"})
ISLAND = frozenset({"ieshima"})
WEST = frozenset({"aboshi", "yobe", "katsuhara", "otsu"})
EVERYWHERE = frozenset(parts.areas())

# What is missing, the tags an entry would wear, and the areas where no such entry stands.
GAPS: tuple[tuple[str, dict[str, set[str]], frozenset[str]], ...] = (
    ("no night place in the northern valleys and on the island", {"c": {"night_place"}}, NORTH | ISLAND),
    ("no group for single parents, so none for single fathers, on the island", {"a": {"single_parents"}}, ISLAND),
    ("no help for people who stay at home in the northern valleys", {"c": {"hikikomori_support"}}, NORTH),
    ("no help for people who stay at home on the island", {"c": {"hikikomori_support"}}, ISLAND),
    (
        "nothing for older people with same-sex partners anywhere",
        {"c": {"lgbtq_support"}, "a": {"seniors"}},
        EVERYWHERE,
    ),
    ("no Japanese class in the west, where many trainees live", {"c": {"japanese_class"}}, WEST),
    ("no care home on the island", {"c": {"care_home"}}, ISLAND),
    ("no sharing of grief in the west and the north", {"c": {"grief"}}, WEST | NORTH),
    ("no childcare in the northern valleys", {"c": {"childcare_support"}}, NORTH),
    ("no dementia café on the island", {"c": {"dementia_cafe"}}, ISLAND),
    ("no group home for women who left violence anywhere", {"c": {"group_home"}, "a": {"women"}}, EVERYWHERE),
)


def stands_in(entry: dict[str, Any], tags: dict[str, set[str]], areas: frozenset[str]) -> bool:
    """Whether the entry wears all the tags and stands in one of the areas."""
    here = {row["area"] for row in parts.locations() if row["id"] in entry["at"]}
    return bool(here & areas) and all(wanted <= set(entry.get(key, "").split()) for key, wanted in tags.items())
