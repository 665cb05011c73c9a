"""What somebody looks for, read from an address. Whatever stands there, an answer comes: parts that cannot be read
are left out and said gently."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from tsunagari.directory.forms.typed import number, point, typed, whole
from tsunagari.directory.terms import AUDIENCES, CATEGORIES, FEATURES, WORRIES, Kind

WHENS = ("now", "today", "tonight", "tomorrow", "evening", "weekend")
MOST_PAGES = 10
LONGEST = 400
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d)?|(?:mon|tue|wed|thu|fri|sat|sun)(?:-\d\d?)?")
_KNOWN = {
    "worry": frozenset(WORRIES),
    "for": frozenset(AUDIENCES),
    "category": frozenset(CATEGORIES),
    "feature": frozenset(FEATURES),
    "kind": frozenset(Kind.values),
}
_AGES = ((12, "children"), (18, "teens"), (29, "youth"), (64, "working"), (130, "seniors"))


@dataclass(frozen=True, slots=True)
class Asked:
    """`terms`: codes by parameter (worry, for, category, feature, kind); `near` (lat, lon); `page` counts tens."""

    q: str = ""
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near: tuple[float, float] | None = None
    km: float | None = None
    when: str = ""
    place: str = ""
    page: int = 1
    problems: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing was asked for: the page then invites, and shows what is near the middle of town."""
        return not (self.q or self.when or self.place or self.near or any(self.terms.values()))

    @property
    def narrowed(self) -> int:
        """How many filters are set."""
        return sum(map(len, self.terms.values())) + bool(self.when) + bool(self.place or self.near)

    def pairs(self, **changes: object) -> list[tuple[str, str]]:
        """The parts of the address that ask the same, with some of them changed; None takes one out."""
        parts: dict[str, object] = {"q": self.q, **self.terms, "when": self.when, "place": self.place}
        if self.near:
            parts["near"] = f"{self.near[0]:g},{self.near[1]:g}"
        if self.km:
            parts["km"] = f"{self.km:g}"
        parts.update(changes)
        return [
            (name, str(one))
            for name, value in parts.items()
            for one in (value if isinstance(value, (tuple, list)) else (value,))
            if one not in ("", None)
        ]

    def address(self, **changes: object) -> str:
        return urlencode(self.pairs(**changes))


def read(data: QueryDict) -> Asked:
    """Read an address. Nothing here is kept or logged."""
    problems: list[str] = []
    terms = {name: _codes(name, data, problems) for name in _KNOWN if name in data}
    if data.get("cost") == "free" or data.get("free") == "1":
        terms["feature"] = (*terms.get("feature", ()), "free")
    if data.get("online") == "1":
        terms["feature"] = (*terms.get("feature", ()), "online")
    near = point(data.get("near", ""))
    if data.get("near", "").strip() and near is None:
        problems.append(_("場所の数字が読めませんでした。場所をしぼらずに表示しています。"))
    return Asked(
        q=typed(data.get("q", ""), LONGEST),
        terms={name: tuple(dict.fromkeys(codes)) for name, codes in terms.items()},
        near=near,
        km=_km(data, problems),
        when=_when(data, problems),
        place=typed(data.get("place", ""), 60),
        page=_page(data, problems),
        problems=tuple(problems),
    )


def _codes(name: str, data: QueryDict, problems: list[str]) -> tuple[str, ...]:
    found, lost = [], False
    for value in data.getlist(name)[:40]:
        for code in value[:400].replace(" ", ",").split(","):
            known = code if code in _KNOWN[name] else _audience(code) if name == "for" else ""
            if known:
                found.append(known)
            lost = lost or bool(code and not known)
    if lost:
        problems.append(_("選んだ条件のひとつが分かりませんでした。それをのぞいて表示しています。"))
    return tuple(found)


def _audience(code: str) -> str:
    """An age stands for the people of that age: `for=72`."""
    age = whole(code, 0, 130)
    return "" if age is None else next(name for last, name in _AGES if age <= last)


def _km(data: QueryDict, problems: list[str]) -> float | None:
    text = data.get("km", "").strip()
    found = number(text, 0.1, 200)
    if text and found is None:
        problems.append(_("距離が読めませんでした。距離でしぼらずに表示しています。"))
    return found


def _when(data: QueryDict, problems: list[str]) -> str:
    text = typed(data.get("date", "") or data.get("when", ""), 20)
    if not text or text in WHENS or _MOMENT.fullmatch(text):
        return text
    problems.append(_("日時が読めませんでした。日時でしぼらずに表示しています。"))
    return ""


def _page(data: QueryDict, problems: list[str]) -> int:
    text = data.get("page", "").strip()
    found = whole(text, 1, MOST_PAGES)
    if text and found is None:
        problems.append(_("はじめの10件を表示しています。"))
    return found or 1
