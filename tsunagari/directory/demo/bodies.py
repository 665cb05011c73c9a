"""The town's organisations with what is known about them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from tsunagari.directory.demo import parts
from tsunagari.directory.demo.ids import marked, pick, uid
from tsunagari.directory.demo.tags import attribute
from tsunagari.directory.models import Contact, Funding, Organization, OrganizationIdentifier, Phone, Program, Url
from tsunagari.directory.terms import Sector

SECTORS = {
    "g": Sector.GOVERNMENT,
    "s": Sector.SUPPORT,
    "c": Sector.COMMUNITY,
    "b": Sector.BUSINESS,
    "o": Sector.OTHER,
}
UNREGISTERED = ("地方公共団体", "教育委員会", "任意団体", "個人商店")


def owners() -> dict[str, str]:
    """Location → the first organisation that has its home there."""
    found: dict[str, str] = {}
    for row in parts.organizations():
        found.setdefault(row["home"], row["id"])
    return found


def phone_number(index: int) -> str:
    """A number that exists nowhere: the exchange 000 is never given out."""
    return f"079-000-{index:04d}"


def _organization(row: dict[str, Any], more: dict[str, Any]) -> Organization:
    parent = more.get("parent")
    return Organization(
        id=uid("organization", row["id"]),
        name=marked(row["name"]),
        kana=row["kana"],
        alternate_name=more.get("alternate", ""),
        description=row["text"],
        email=f"{row['id']}@example.jp",
        website=f"https://example.jp/{row['id']}",
        uri=f"https://example.jp/id/{row['id']}",
        year_incorporated=row["since"],
        legal_status=row["legal"],
        parent_organization_id=uid("organization", parent) if parent else None,
        sector=SECTORS[row["sector"]],
    )


def _known_by(row: dict[str, Any]) -> Iterator[Model]:
    """Numbers and people of the organisation."""
    own = uid("organization", row["id"])
    if row["legal"] not in UNREGISTERED and not row["legal"].startswith("委託"):
        yield OrganizationIdentifier(
            id=uid("identifier", row["id"]),
            organization_id=own,
            identifier_scheme="JP-CN",
            identifier_type="法人番号（架空）",
            identifier=f"{pick(10**9, 'corporate', row['id']):013d}",
        )
    contact = Contact(
        id=uid("contact", row["id"]), organization_id=own, title="つながりの担当", email=f"{row['id']}@example.jp"
    )
    yield contact


def _more(row: dict[str, Any], more: dict[str, Any]) -> Iterator[Model]:
    own = uid("organization", row["id"])
    for code, name, text in more.get("programs", []):
        yield Program(id=uid("program", code), organization_id=own, name=marked(name), description=text)
    for source in more.get("funding", []):
        yield Funding(id=uid("funding", row["id"], source), organization_id=own, source=source)
    for label, path in more.get("urls", []):
        yield Url(
            id=uid("url", row["id"], path),
            organization_id=own,
            label=label,
            url=f"https://example.jp/{row['id']}/{path}",
        )
    for term in more.get("tags", []):
        yield attribute("organization", own, *term.split(":"))


def rows() -> Iterator[Model]:
    """Everything about every organisation; a parent stands before its children."""
    known = parts.extras()
    for index, row in enumerate(sorted(parts.organizations(), key=lambda row: "parent" in known.get(row["id"], {}))):
        more = known.get(row["id"], {})
        yield _organization(row, more)
        yield Phone(
            id=uid("phone", "organization", row["id"]),
            organization_id=uid("organization", row["id"]),
            number=phone_number(100 + index),
            type="voice",
            description=row["answers"],
        )
        yield from _known_by(row)
        yield from _more(row, more)
