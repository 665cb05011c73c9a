"""The town's locations: where they stand, how one gets in, and the address nobody may be told."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from tsunagari.directory.demo import parts
from tsunagari.directory.demo.ids import marked, pick, uid
from tsunagari.directory.models import Accessibility, Address, Location
from tsunagari.directory.terms import LocationType

CITY_CODE = "282014"
DOORS = {
    "w": ("車いすで入れます", "入口から部屋まで段差がありません。"),
    "t": ("多目的トイレ", "車いすで使え、手すりと介助の台があります。"),
    "p": ("駐車場", "ひろめの場所が1台分、入口の近くにあります。"),
    "i": ("Wi-Fi", "合言葉は入口に貼ってあります。"),
    "s": ("段差があります", "手を貸します。着いたら声か電話で呼んでください。"),
}


def flags() -> dict[str, str]:
    """What each location has, as letters: w step-free, t accessible toilet, p parking, i Wi-Fi, s steps."""
    return {row["id"]: row["flags"] for row in parts.locations()}


def _shift(name: str, axis: str) -> float:
    """Up to 300 m from the middle of the area: inside it, and on no real building on purpose."""
    return (pick(6000, axis, name) - 3000) / 1_000_000


def _point(row: dict[str, Any]) -> dict[str, float]:
    if row["flags"] in ("v", "x"):
        return {}
    middle = parts.areas()[row["area"]]
    return {
        "latitude": round(middle["lat"] + _shift(row["id"], "north"), 6),
        "longitude": round(middle["lon"] + _shift(row["id"], "east"), 6),
    }


def _location(row: dict[str, Any], owners: dict[str, str]) -> Location:
    online = row["flags"] == "v"
    hidden = row["flags"] == "x"
    owner = owners.get(row["id"])
    return Location(
        id=uid("location", row["id"]),
        location_type=LocationType.VIRTUAL if online else LocationType.PHYSICAL,
        url=f"https://example.jp/rooms/{row['id']}" if online else "",
        organization_id=uid("organization", owner) if owner and not hidden else None,
        name=marked(row["name"]),
        kana=row["kana"],
        description=row["steps"] if online or hidden else "",
        transportation="" if online or hidden else row["steps"],
        area=parts.areas()[row["area"]]["name"] if row["area"] else "",
        municipality_code="" if online else CITY_CODE,
        address_hidden=hidden,
        **_point(row),
    )


def _address(row: dict[str, Any]) -> Address:
    code = row["postal"]
    return Address(
        id=uid("address", row["id"]),
        location_id=uid("location", row["id"]),
        address_1=f"{parts.towns()[code]}0番地の{pick(90, 'number', row['id']) + 1}（架空の番地）",
        address_2=row["name"],
        city="姫路市",
        state_province="兵庫県",
        postal_code=f"{code[:3]}-{code[3:]}",
    )


def rows(owners: dict[str, str]) -> Iterator[Model]:
    """Locations, addresses and doors; `owners` says whose home a location is."""
    for row in parts.locations():
        yield _location(row, owners)
        if row["flags"] in ("v", "x"):
            continue
        yield _address(row)
        for letter in row["flags"]:
            description, details = DOORS[letter]
            yield Accessibility(
                id=uid("accessibility", row["id"], letter),
                location_id=uid("location", row["id"]),
                description=description,
                details=details,
            )
