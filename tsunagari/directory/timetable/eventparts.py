"""What a cell of an events list is taken apart into."""

from dataclasses import dataclass, field

from .clocks import Clock
from .daywords import Day


@dataclass(slots=True)
class Slot:
    """Times as written; `label` is ① or the like."""

    starts: Clock | None
    ends: Clock | None = None
    label: str = ""


@dataclass(slots=True)
class Item:
    """A day, or days from `first` to `last`. `open_start`, `open_end`: only 「…まで」, only 「…から」."""

    first: Day
    last: Day
    label: str = ""
    slots: list[Slot] = field(default_factory=list)
    open_start: bool = False
    open_end: bool = False

    @property
    def is_span(self) -> bool:
        """Whether it is more than one day."""
        return self.first is not self.last


@dataclass(slots=True)
class Segment:
    """What stands since the last line end, bracket or ※, for 「…以外」 and 「…のみ」 to speak of."""

    items: list[Item] = field(default_factory=list)
    weekdays: set[str] = field(default_factory=set)
    holidays: bool = False
    workdays: bool = False
    tokens: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """「金、土は19:00まで」."""

    weekdays: frozenset[int]
    holidays: bool
    ends: Clock
