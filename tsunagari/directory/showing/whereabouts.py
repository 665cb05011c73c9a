"""Where an entry stands. A hidden address is never read out of the database's rows, only its area."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tsunagari.directory.models import Accessibility, Address, Location
from tsunagari.directory.terms import LocationType
from tsunagari.ui.shapes import Pin


@dataclass(frozen=True, slots=True)
class Place:
    """One place as the page shows it; `hidden`: only the area may be said."""

    name: str
    kana: str = ""
    area: str = ""
    address: str = ""
    hidden: bool = False
    online: bool = False
    way: str = ""
    note: str = ""
    access: tuple[str, ...] = ()
    point: tuple[float, float] | None = None


def address_text(row: Address) -> str:
    """「〒672-8001 兵庫県姫路市飾磨区…」 as one line."""
    post = f"〒{row.postal_code} " if row.postal_code else ""
    rest = " ".join(part for part in (row.address_2, row.attention) if part)
    return f"{post}{row.state_province}{row.city}{row.address_1}{' ' + rest if rest else ''}"


def places(locations: Iterable[Location]) -> list[Place]:
    """The places of an entry, in three queries whatever their number."""
    rows = list(locations)
    shown: list[UUID] = [row.pk for row in rows if not row.address_hidden]
    addresses: dict[UUID, str] = {}
    for one in Address.objects.filter(location_id__in=shown).order_by("id"):
        addresses.setdefault(one.location_id, address_text(one))
    access: dict[UUID, list[str]] = defaultdict(list)
    for fact in Accessibility.objects.filter(location_id__in=shown).order_by("id"):
        access[fact.location_id].append("：".join(part for part in (fact.description, fact.details) if part))
    return [_place(row, addresses.get(row.pk, ""), tuple(access[row.pk])) for row in rows]


def _place(row: Location, address: str, access: tuple[str, ...]) -> Place:
    online = row.location_type == LocationType.VIRTUAL
    if row.address_hidden:
        return Place(name="", area=row.area, hidden=True, online=online)
    known = row.latitude is not None and row.longitude is not None
    return Place(
        name=row.name,
        kana=row.kana,
        area=row.area,
        address=address,
        online=online,
        way=row.transportation,
        note=row.description,
        access=access,
        point=(row.latitude, row.longitude) if known and not online else None,  # type: ignore[arg-type]
    )


def pins(found: Iterable[Place], name: str, href: str) -> list[Pin]:
    return [Pin(name, one.point[0], one.point[1], href) for one in found if one.point]


def place_words(one: Place) -> str:
    """A place in one line, for paper."""
    if one.hidden:
        return one.area
    return " ".join(part for part in (one.name, one.address or one.area) if part)
