"""What a person asked for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the finder, as read from an address. Empty means: not asked for.

    Of `worry`, `audience`, `category`, `area` and `kind` one value suffices; every `feature` must be there.
    `when`: now, today, tonight, tomorrow, evening, weekend, a day or a time (see search.moments); `date` is a day.
    `near` is (lat, lon), `place` the name of one; `km` without a point means nothing. `page` counts from 1.
    `at` is the moment of asking (default: now)."""

    q: str = ""
    lang: str = "ja"
    worry: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    feature: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    when: str = ""
    date: str = ""
    near: tuple[float, float] | None = None
    place: str = ""
    km: float | None = None
    cost: str = ""  # "free"
    online: bool = False
    page: int = 1
    per_page: int = 20
    at: datetime | None = None

    @property
    def asks_nothing(self) -> bool:
        return not (self.q.strip() or self.filtered)

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows the results."""
        return bool(self.terms() or self.when or self.date or (self.near and self.km) or self.place)

    def terms(self) -> dict[str, tuple[str, ...]]:
        """The terms asked for, by taxonomy."""
        features = (*self.feature, *(("free",) if self.cost == "free" else ()), *(("online",) if self.online else ()))
        named = {
            "worry": self.worry,
            "audience": self.audience,
            "category": self.category,
            "area": self.area,
            "kind": self.kind,
            "feature": tuple(dict.fromkeys(features)),
        }
        return {taxonomy: codes for taxonomy, codes in named.items() if codes}
