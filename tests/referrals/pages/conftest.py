"""Four places where somebody to talk to is found: three members, and a circle without any account."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import now

from tests.cast import Cast
from tests.directory.conftest import stand, tag
from tests.referrals.story import Story
from tsunagari.directory import publishing
from tsunagari.directory.actions.seeding import seed
from tsunagari.directory.finder import snapshot
from tsunagari.directory.models import Organization, Service

NAMES = {
    "npo-hidamari": "ひだまりの席（架空）",
    "city-library": "図書館のおしゃべり机（架空）",
    "minsei": "つながり民生の縁台（架空）",
    "": "編み物の輪（架空）",
}


def make_places(cast: Cast, *, without: str | None = None) -> dict[str, Service]:
    """By the short name of the organisation; "" is the circle without any account. `without`: this one is not there."""
    seed()
    snapshot.forget()
    circle = Organization.objects.create(name="編み物の会（架空）", uri="https://example.jp/id/knitting")
    made = {}
    for number, (key, name) in enumerate(NAMES.items()):
        if key == without:
            continue
        made[key] = Service.objects.create(
            organization=cast.organization(key) if key else circle,
            kind="place",
            name=name,
            description="お茶を飲みながら話せます。",
            confirmed_at=now(),
            confirmed_by=uuid4(),
        )
        tag(made[key], "category:talk_partner", "worry:neighbourhood")
        stand(made[key], name, "飾磨", (34.797 + number / 1000, 134.672))
    publishing.refresh_all()
    return made


@pytest.fixture
def places(cast: Cast) -> dict[str, Service]:
    return make_places(cast)


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def form(**changes: Any) -> dict[str, Any]:
    """A slip as a browser sends it."""
    return {
        "key": "a-key-of-one-slip-001", "asker": "self", "name": "花子（架空）", "contact": "079-000-1111",
        "wish": "だれかと話したい", "category": "talk_partner", "area": "飾磨", "age_band": "senior",
        "daypart": "afternoon", "follow_way": "phone", "origin": "counter", **changes,
    }  # fmt: skip
