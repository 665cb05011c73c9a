"""Which column holds which field: headings compared across width, case, spaces and small differences."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from .headings import HEADINGS, ONLY_ACTIVITIES

SURE = 0.75  # below this staff are asked instead
_NOISE = re.compile(r"[\s_＿・･、，,.。:：/／「」\[\]【】\-–—]+")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Match:
    """A field found in a column, by position, and how sure that is (1 = the very word)."""

    field: str
    column: int
    score: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a list's headings mean; `unknown` are the columns staff still have to place or leave."""

    matches: tuple[Match, ...]
    unknown: tuple[int, ...]

    @property
    def mapping(self) -> dict[str, int]:
        """Field → column, the sure ones only: what a preview starts with."""
        return {match.field: match.column for match in self.matches if match.score >= SURE}


def folded(heading: str) -> str:
    """A heading without what people vary: width, case, spaces, separators."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading).casefold())


def is_known(heading: str) -> bool:
    """Whether this is a heading we would recognise without asking (used to find the heading row)."""
    return len(heading) <= 40 and _best(heading)[1] >= 0.9


def signature(columns: Iterable[str]) -> str:
    """The same for two lists with the same headings, however they are typed: remembers staff's mapping."""
    return hashlib.sha256("\x1f".join(folded(name) for name in columns).encode()).hexdigest()[:32]


def recognise(columns: Sequence[str], kind: str = "places") -> Recognition:
    """Match each column with at most one field and each field with its best column."""
    scored = [(position, *_best(name, kind == "activities")) for position, name in enumerate(columns)]
    best: dict[str, Match] = {}
    for position, field, score in scored:
        if field and field != "ignored" and (field not in best or score > best[field].score):
            best[field] = Match(field, position, score)
    taken = {match.column for match in best.values() if match.score >= SURE}
    ignored = {position for position, field, _score in scored if field == "ignored"}
    unknown = tuple(at for at in range(len(columns)) if at not in taken and at not in ignored)
    return Recognition(tuple(sorted(best.values(), key=lambda match: match.column)), unknown)


def _words() -> tuple[dict[str, tuple[str, int]], dict[str, tuple[str, int]]]:
    """Folded word → (field, rank among its field's words); with brackets, and without."""
    whole: dict[str, tuple[str, int]] = {}
    bare: dict[str, tuple[str, int]] = {}
    for field, words in HEADINGS.items():
        for rank, word in enumerate(words):
            whole.setdefault(folded(word), (field, rank))
            bare.setdefault(folded(_BRACKETS.sub("", word)), (field, rank))
    return whole, bare


_WHOLE, _BARE = _words()


@lru_cache(maxsize=4096)
def _best(heading: str, activities: bool = True) -> tuple[str, float]:
    """The field of one heading and how sure: the word itself, without its brackets, or nearly that word."""
    word = folded(heading)
    bare = folded(_BRACKETS.sub("", heading))
    found = _WHOLE.get(word)
    score = 1.0
    if found is None:
        found, score = _BARE.get(bare) or _WHOLE.get(bare), 0.92
    if found is None:
        found, score = _nearest(bare)
    if found is None or (found[0] in ONLY_ACTIVITIES and not activities):
        return "", 0.0
    # Between two sure columns for one field the word our list names earlier wins (住所 before 所在地).
    return found[0], score - found[1] * 0.001


def _nearest(word: str) -> tuple[tuple[str, int] | None, float]:
    if len(word) < 3:
        return None, 0.0
    best, score = None, 0.0
    for known, found in _WHOLE.items():
        if abs(len(known) - len(word)) > 3 or len(known) < 3:
            continue
        ratio = SequenceMatcher(None, known, word).ratio()
        if ratio > score:
            best, score = found, ratio
    return (best, score * 0.9) if score >= 0.8 else (None, 0.0)
