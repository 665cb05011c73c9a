"""What the pages of organisations say."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tsunagari.directory.models import Organization, Phone
from tsunagari.directory.showing import cards
from tsunagari.directory.showing.phones import tel
from tsunagari.directory.terms import Sector
from tsunagari.kernel import access
from tsunagari.kernel.access import PUBLIC
from tsunagari.ui.shapes import Card, Line

PAGE = 50


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    organization: Organization
    sector: str
    phones: list[Line]
    entries: list[Card]
    branches: list[Organization]


def listed(sector: str, pages: int) -> dict[str, Any]:
    """Organisations by their reading, fifty at a time, with how many entries each keeps."""
    rows = access.visible(PUBLIC, "organization.read")
    sector = sector if sector in Sector.values else ""
    if sector:
        rows = rows.filter(sector=sector)
    total = rows.count()
    living = Count("services", filter=Q(services__withdrawn_at=None))
    shown = list(rows.annotate(entries=living).order_by("kana", "name", "id")[: pages * PAGE])
    sectors = [(str(value), str(label)) for value, label in Sector.choices]
    return {
        "rows": shown, "total": total, "sector": sector, "sectors": sectors,
        "next_page": pages + 1 if total > len(shown) else None,
    }  # fmt: skip


def organization_page(pk: UUID) -> OrganizationPage:
    """The page of one organisation; `NotVisible` when it has withdrawn."""
    row: Organization = access.fetch(PUBLIC, "organization.read", pk=pk)
    phones = Phone.objects.filter(organization=row).order_by("pk")
    own = access.visible(PUBLIC, "entry.read").filter(organization=row).order_by("kind", "kana", "name", "id")
    return OrganizationPage(
        organization=row,
        sector=str(Sector(row.sector).label),
        phones=[Line(one.description or _("電話"), one.number, tel(one.number)) for one in phones],
        entries=cards.of_entries(list(own.values_list("pk", flat=True)[:200])),
        branches=list(access.visible(PUBLIC, "organization.read").filter(parent_organization=row)),
    )
