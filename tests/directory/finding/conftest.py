"""A small town for the finder: each entry is there for one promise."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tsunagari.directory import finder
from tsunagari.directory.actions.seeding import seed
from tsunagari.directory.finder import snapshot
from tsunagari.directory.models import (
    Attribute,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)

NOW = datetime(2026, 11, 24, 5, 10, tzinfo=UTC)  # Tuesday, 14:10 in Tokyo


@pytest.fixture(autouse=True)
def _fresh_snapshot() -> Iterator[None]:
    snapshot.forget()
    yield
    snapshot.forget()


@pytest.fixture
def entry(db: None) -> Callable[..., Service]:
    """Makes an entry of the finder: entry("こども食堂 にじ", terms=["category:childrens_cafeteria"], at=(lat, lon))."""
    seed()
    organization = Organization.objects.create(name="架空の会", description="")
    terms = {f"{t.taxonomy.code}:{t.code}": t for t in TaxonomyTerm.objects.select_related("taxonomy")}

    def make(name: str, **options: Any) -> Service:
        service = Service.objects.create(
            organization=organization,
            name=name,
            kana=options.get("kana", ""),
            description=options.get("text", ""),
            kind=options.get("kind", "place"),
            confirmed_at=options.get("confirmed", datetime(2026, 11, 1, tzinfo=UTC)),
        )
        for term in options.get("terms", []):
            Attribute.objects.create(link_id=service.pk, link_entity="service", taxonomy_term=terms[term])
        if "at" in options or "area" in options:
            lat, lon = options.get("at", (None, None))
            place = Location.objects.create(
                name=f"{name}の部屋",
                latitude=lat,
                longitude=lon,
                area=options.get("area", ""),
                address_hidden=options.get("hidden", False),
            )
            ServiceAtLocation.objects.create(service=service, location=place)
        if days := options.get("open"):
            Schedule.objects.create(
                service=service,
                freq="WEEKLY",
                byday=days,
                opens_at=time(13),
                closes_at=time(16),
                valid_from=date(2026, 1, 1),
                holidays="as_usual",
            )
        finder.refresh([service.pk])
        return service

    return make
