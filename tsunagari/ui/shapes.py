"""What the bigger components draw. Views fill these with finished, translated words; templates only place them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """One finder result. Empty words are left out; `room` None means nobody said."""

    name: str
    href: str
    kana: str = ""
    #: place, service or activity: chooses the small picture
    kind: str = "place"
    kind_label: str = ""
    #: one sentence: why this is here
    why: str = ""
    #: 「次は 11月23日（月）13:30」
    next_text: str = ""
    #: 「歩いて 8分（600m）」
    distance: str = ""
    where: str = ""
    room: bool | None = None
    open_now: bool = False
    #: nobody confirmed it lately: quieter, and it says so
    faded: bool = False
    faded_text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One telephone or chat line. `open_now` None: the hours are not known well enough to say."""

    name: str
    number: str
    href: str
    hours: str = ""
    note: str = ""
    open_now: bool | None = None
    free: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a list: breadcrumbs, tabs, examples."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """One point of a map; `href` is the same page the equal list links to."""

    name: str
    lat: float
    lon: float
    href: str = ""
