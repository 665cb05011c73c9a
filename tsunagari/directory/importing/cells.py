"""One row of a list by field name, with formula marks undone and the parts every kind of list shares."""

import uuid
from collections.abc import Mapping

from tsunagari.directory.importing.values import Values
from tsunagari.directory.sheets import addresses, cells
from tsunagari.directory.sheets.neutral import plain
from tsunagari.directory.sheets.phones import phones
from tsunagari.directory.sheets.sheet import Row


class Cells:
    """Reads a row through a mapping field → column. `notes` collects what could not be taken as it stood."""

    def __init__(self, row: Row, mapping: Mapping[str, int]) -> None:
        self.row, self.mapping = row, mapping
        self.notes: list[str] = []

    def text(self, field: str) -> str:
        """The cell as it stands, '' when the list has no such column."""
        column = self.mapping.get(field)
        if column is None or column >= len(self.row.cells):
            return ""
        return plain(self.row.cells[column])

    def said(self, field: str) -> str:
        """The cell, but '' where it only says that there is nothing to say (「-」)."""
        text = self.text(field)
        return "" if cells.is_nothing(text) else text

    def note(self, remark: str) -> None:
        if remark:
            self.notes.append(remark)


def uuid_of(row: Cells) -> uuid.UUID | None:
    """The id our own exports carry."""
    try:
        return uuid.UUID(row.text("uuid"))
    except ValueError:
        return None


def names(row: Cells) -> Values:
    """Name, reading, other name; line breaks inside a name become blanks."""
    return {
        "name": " ".join(row.text("name").split("\n")).strip(),
        "kana": row.said("name_kana"),
        "alternate_name": row.said("alternate_name"),
    }


def place(row: Cells, name: str) -> Values:
    """Location values: where it stands, on the map and by post. What is not certain stays out and is remarked."""
    values: Values = {"location.name": name, "location.transportation": _joined(row, "transportation", "parking")}
    point, remark = cells.point(row.said("latitude"), row.said("longitude"))
    row.note(remark)
    if point:
        values |= {"location.latitude": point.latitude, "location.longitude": point.longitude}
    written = row.said("address") or "".join(row.said(part) for part in ("prefecture", "city", "town", "block"))
    if written:
        values |= _address(row, written)
    accessibility = row.said("accessibility")
    if accessibility:
        values["location.accessibility"] = [[accessibility]]
    return values


def _address(row: Cells, written: str) -> Values:
    found = addresses.resolve(written, row.said("municipality_code"))
    if not found.city:
        area = row.said("prefecture") + row.said("city")
        if area and not written.startswith(area):
            found = addresses.resolve(area + written, row.said("municipality_code"))
    address = {
        "address_1": found.rest or found.city or written,
        "address_2": row.said("building"),
        "city": found.city,
        "state_province": found.prefecture,
        "postal_code": _postcode(row.said("postal_code")) or found.postal_code,
    }
    if not address["postal_code"] or not found.city:
        row.note(found.note)
    code = addresses.check_digit(found.municipality_code) if found.municipality_code else ""
    return {
        "location.address": {name: value for name, value in address.items() if value},
        "location.municipality_code": code,
    }


def _postcode(text: str) -> str:
    digits = "".join(char for char in cells.straight(text) if char.isdigit())
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == 7 else ""


def reach(row: Cells) -> Values:
    """Phones, fax, mail and web addresses. Words around them are kept, scripts are dropped."""
    found, rest = phones(row.said("phone"), row.said("extension"))
    fax, fax_rest = phones(row.said("fax"))
    items = [_phone(n.number, n.extension, n.kind, n.label) for n in found]
    items += [_phone(n.number, n.extension, "fax", n.label) for n in fax]
    if rest and items:
        items[0] = _phone(found[0].number if found else fax[0].number, "", "voice" if found else "fax", rest)
    elif rest:
        row.note(f"電話番号として読めません（{rest}）")
    if fax_rest and not fax:
        row.note(f"FAX番号として読めません（{fax_rest}）")
    links, words = cells.urls(row.said("url"))
    more, _ = cells.urls(row.said("form_url"))
    if words and not links:
        row.note(f"URLとして読めません（{words}）")
    email = row.said("email")
    return {
        "phones": items,
        "url": links[0] if links else "",
        "urls": [[None, link] for link in links[1:]] + [["申し込み", link] for link in more],
        "email": email if email.count("@") == 1 and " " not in email and len(email) <= 254 else "",
    }


def _phone(number: str, extension: str, kind: str, label: str) -> list[object]:
    whole = int(extension) if extension.isdigit() and len(extension) < 10 else None
    words = " ".join(part for part in (label, "" if whole or not extension else f"内線{extension}") if part)
    item: list[object] = [number, whole, kind, words or None]
    while item[-1] is None:
        item.pop()
    return item


def money(row: Cells) -> Values:
    """Prices. Only a single clear price becomes a number; the words always stay."""
    main, detail = cells.cost(row.said("cost")), row.said("cost_note")
    words = "\n".join(part for part in (main.text, detail) if part)
    costs = [[None, main.amount, "JPY", words or None]] if main.amount else []
    if costs and costs[0][-1] is None:
        costs[0].pop()
    return {"fees_description": words, "costs": costs, "free": main.free is True and "円" not in detail}


def audience(row: Cells) -> Values:
    """Who may come, in the list's words, with ages only where they are written as numbers."""
    words = row.said("audience")
    youngest, oldest = cells.ages(words)
    return {"eligibility_description": words, "minimum_age": youngest, "maximum_age": oldest}


def _joined(row: Cells, *fields: str) -> str:
    return "\n".join(text for text in (row.said(field) for field in fields) if text)


def joined(*parts: str) -> str:
    """Paragraphs that have something to say."""
    return "\n".join(part for part in parts if part)
