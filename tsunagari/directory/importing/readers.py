"""Rows of lists to drafts: places and services, activities, organisations."""

import hashlib
import unicodedata
from collections import Counter

from tsunagari.directory.importing import cells, checks, own, tagging, when
from tsunagari.directory.importing.cells import Cells
from tsunagari.directory.importing.values import Draft, Reject, Values, filled
from tsunagari.directory.sheets.cells import audiences
from tsunagari.directory.terms import ImportKind, Kind

KINDS = {ImportKind.PLACES: Kind.PLACE, ImportKind.SERVICES: Kind.SERVICE, ImportKind.ACTIVITIES: Kind.ACTIVITY}
NAME_LENGTH = 300


def draft(row: Cells, kind: ImportKind) -> Draft | Reject:
    """One row as a draft, or the reason why it cannot be one."""
    name = cells.names(row)["name"]
    column = row.mapping.get("name", -1) + 1
    if not name:
        return Reject(row.row.no, column, "名称が空です。名称を入れてから読み込んでください。")
    if len(name) > NAME_LENGTH:
        return Reject(row.row.no, column, f"名称が長すぎます（{NAME_LENGTH}字まで）。短くしてください。")
    values = _organization(row) if kind == ImportKind.ORGANIZATIONS else _entry(row, kind)
    values, id_ = own.restored(row, values, kind, _own_tags(row)), cells.uuid_of(row)
    values = filled(values)
    problem = checks.organization_problem(values) if kind == ImportKind.ORGANIZATIONS else checks.entry_problem(values)
    if problem:
        return Reject(row.row.no, 0, problem)
    return Draft(str(id_) if id_ else key_of(row), row.row.no, values, row.notes, id_, name_key(row))


def key_of(row: Cells) -> str:
    """What names a row in its list: its number, else name and address."""
    return row.said("row_key") or name_key(row)


def name_key(row: Cells) -> str:
    """Name with address (or place and date), for lists without numbers and numbers used twice."""
    parts = [row.text(field) for field in ("name", "address", "venue", "dates", "starts_on", "opens")]
    folded = "|".join(" ".join(unicodedata.normalize("NFKC", part).split()) for part in parts).rstrip("|")
    return folded if len(folded) <= 200 else hashlib.sha256(folded.encode()).hexdigest()


def _entry(row: Cells, kind: ImportKind) -> Values:
    values: Values = {"kind": row.said("kind") if row.said("kind") in Kind.values else KINDS[kind].value}
    values |= cells.names(row) | cells.reach(row) | cells.audience(row)
    money = cells.money(row)
    free = money.pop("free")
    values |= money
    values["description"] = _description(row)
    values["application_process"] = _booking(row)
    venue = row.said("venue").replace("\n", " ")
    values |= cells.place(row, venue if kind == ImportKind.ACTIVITIES else values["name"])
    contact = row.said("contact_name").replace("\n", " ")
    values["contacts"] = [[contact]] if contact else []
    values["organization"] = _offered_by(row, kind)
    times = when.activity(row) if kind == ImportKind.ACTIVITIES else when.place(row)
    values |= times
    words = [values["name"], row.said("kind_of_facility")]
    tags = {*tagging.terms(*words), *_own_tags(row)}
    tags |= {f"audience:{code}" for code in audiences(row.said("audience"))}
    tags |= {"feature:free"} if free else set()
    tags |= {"feature:no_booking"} if row.text("booking_period") in ("不要", "無し", "なし", "申込不要") else set()
    values["terms"] = sorted(tags)
    english = row.said("name_en")
    values["texts"] = {"en": [english, "", ""]} if english else {}
    return values


def _description(row: Cells) -> str:
    seats = row.said("capacity")
    return cells.joined(
        row.said("kind_of_facility"),
        row.said("description"),
        row.said("note"),
        row.said("contact_note"),
        f"定員：{seats}" if seats else "",
    )


def _booking(row: Cells) -> str:
    period, until = row.said("booking_period"), row.said("booking_until")
    clock = row.said("booking_until_time")
    return cells.joined(
        row.said("booking"),
        f"申し込み期間：{period}" if period else "",
        f"申し込みの締め切り：{until} {clock}".strip() if until else "",
    )


def _own_tags(row: Cells) -> list[str]:
    """Codes as our own exports write them; anything else in these columns is left to the words table."""
    found = []
    for field, taxonomy in (
        ("category", "category"),
        ("worries", "worry"),
        ("audiences", "audience"),
        ("features", "feature"),
    ):
        found += [f"{taxonomy}:{code}" for code in row.said(field).replace(";", " ").split() if code.isascii()]
    return found


def _offered_by(row: Cells, kind: ImportKind) -> str:
    """Whose it is: the list's own word; for events whom one asks; else the facility itself answers."""
    named = row.said("organization")
    if not named and kind == ImportKind.ACTIVITIES:
        named = row.said("contact_name").split("（")[0].split("(")[0].split("\n")[0]
    return " ".join((named or row.text("name")).split("\n")).strip()


def _organization(row: Cells) -> Values:
    reach = cells.reach(row)
    number = "".join(char for char in unicodedata.normalize("NFKC", row.said("corporate_number")) if char.isdigit())
    return cells.names(row) | {
        "description": cells.joined(row.said("description"), row.said("note")),
        "website": reach["url"],
        "email": reach["email"],
        "phones": reach["phones"],
        "corporate_number": number if len(number) == 13 else "",
        "sector": row.said("sector"),
    }


def spread_category(drafts: list[Draft]) -> None:
    """A list of one sort of place says so in most names; the few whose name does not say it are of that sort too."""
    counts: Counter[frozenset[str]] = Counter()
    for one in drafts:
        counts[tagging.categories(one.values.get("terms", []))] += 1
    if not counts or len(drafts) < 3:
        return
    common, times = counts.most_common(1)[0]
    if not common or times < len(drafts) * 0.6:
        return
    model = next(one for one in drafts if tagging.categories(one.values.get("terms", [])) == common)
    shared = [code for code in tagging.terms(model.values["name"]) if not code.startswith("feature:")]
    for one in drafts:
        if not tagging.categories(one.values.get("terms", [])) and shared:
            one.values["terms"] = sorted({*one.values.get("terms", []), *shared})
            one.notes.append("一覧のほかの行と同じ分類にしました")
