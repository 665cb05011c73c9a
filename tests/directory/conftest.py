"""A small town for tests: few entries, each with a reason to be there."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localtime, now

from tsunagari.directory import publishing
from tsunagari.directory.actions.seeding import seed, seed_id
from tsunagari.directory.finder import snapshot
from tsunagari.directory.guiding import book
from tsunagari.directory.models import (
    Address,
    Attribute,
    FirstVisit,
    Location,
    Occurrence,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceText,
)
from tsunagari.directory.showing import cards
from tsunagari.directory.views import drawn


def tag(service: Service, *terms: str) -> None:
    """Tag an entry: tag(service, "worry:rent", "feature:free")."""
    for term in terms:
        taxonomy, code = term.split(":")
        Attribute.objects.create(
            link_id=service.pk, link_entity="service", taxonomy_term_id=seed_id("term", taxonomy, code)
        )


def stand(service: Service, name: str, area: str, point: tuple[float, float], *, hidden: bool = False) -> Location:
    """Put an entry somewhere."""
    location = Location.objects.create(
        name=name, area=area, latitude=point[0], longitude=point[1], address_hidden=hidden
    )
    Address.objects.create(
        location=location, address_1=f"{area}1-2-3", city="姫路市", state_province="兵庫県", postal_code="672-8001"
    )
    ServiceAtLocation.objects.create(service=service, location=location)
    return location


@pytest.fixture
def words(db: Any) -> None:
    """Taxonomies, lines and the guide, as every town starts."""
    seed()
    book.forget()
    # Every test starts with the same numbers of changes, which in a town never come twice.
    snapshot.forget()
    cards._kept.generation = drawn._kept.generation = -1


@pytest.fixture
def town(words: None) -> dict[str, Any]:
    """Three entries: a place for company, a hidden shelter, a club with dates."""
    organization = Organization.objects.create(
        name="はりまの輪（架空）", kana="はりまのわ", description="居場所をつくる団体です。"
    )
    said = now() - dt.timedelta(days=3)
    common = {"organization": organization, "confirmed_at": said, "confirmed_by": uuid4()}
    place = Service.objects.create(
        kind="place", name="縁側カフェ（架空）", kana="えんがわかふぇ", source="架空市オープンデータ",
        description="話し相手がほしい人が、ふらっと寄れる場所です。黙って座っていてもかまいません。", **common,
    )  # fmt: skip
    FirstVisit.objects.create(service=place, greeter="世話人の田中さん", silent_ok="yes", alone_ok="yes")
    Phone.objects.create(service=place, number="079-000-1111")
    Schedule.objects.create(
        service=place, freq="WEEKLY", byday="MO,TU,WE,TH,FR,SA,SU", opens_at=dt.time(0, 0), closes_at=dt.time(23, 59),
        holidays="as_usual",
    )  # fmt: skip
    stand(place, "飾磨の縁側", "飾磨", (34.797, 134.672))
    ServiceText.objects.create(
        service=place, language="en", name="Engawa Café (fictional)", description="A place to sit."
    )
    tag(place, "category:open_place", "category:talk_partner", "feature:free", "audience:anyone")
    shelter = Service.objects.create(
        kind="service",
        name="つきあかりの家（架空）",
        kana="つきあかりのいえ",
        description="暴力から逃げたい人の相談。",
        **common,
    )
    hidden = stand(shelter, "ひみつの建物", "網干", (34.788, 134.607), hidden=True)
    Phone.objects.create(location=hidden, number="079-999-9999")
    Phone.objects.create(service=shelter, number="079-000-2222")
    tag(shelter, "category:dv_consult", "worry:violence", "audience:women")
    club = Service.objects.create(
        kind="activity", name="囲碁の会（架空）", kana="いごのかい", description="はじめての人も打てます。", **common
    )
    board = stand(club, "公民館", "飾磨", (34.798, 134.673))
    tag(club, "category:crafts_games", "feature:free")
    start = localtime().replace(hour=23, minute=0, second=0, microsecond=0)
    dates = [
        Occurrence.objects.create(
            service=club, location=board, starts_at=start + dt.timedelta(days=n), state=state, confirmed_at=at
        )
        for n, state, at in ((0, "confirmed", said), (1, "planned", None), (2, "cancelled", None))
    ]
    publishing.refresh_all()
    return {"organization": organization, "place": place, "shelter": shelter, "club": club, "dates": dates}
