"""The members of the demo town, what they let be published, and who asks to join. All made up (架空)."""

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from tsunagari.accounts.models import Account
from tsunagari.directory.models import Organization
from tsunagari.network.models import Application, Criterion, Member, Period, Terms
from tsunagari.network.terms import Item

_DATA = Path(__file__).resolve().parent.parent / "data" / "demo_members.json"
START = "https://example.jp/id/"


@lru_cache(maxsize=1)
def _told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_DATA.read_text("utf-8"))
    return found


def _id(*names: str) -> UUID:
    return uuid5(NAMESPACE_URL, START + "/".join(names))


def take_everybody_in(today: date, decided_by: UUID) -> None:
    """Every demo organisation takes part, some since this April, some since one of the two before."""
    known = set(Member.objects.values_list("organization_id", flat=True))
    new = [
        _member(one)
        for one in Organization.objects.filter(uri__startswith=START, withdrawn_at=None)
        if one.pk not in known
    ]
    Member.objects.bulk_create(new)
    first = _first_of_april(today)
    Period.objects.bulk_create(
        Period(member=one, since=since, decided_on=since, decided_by=decided_by)
        for number, one in enumerate(new)
        for since in [date(first.year - number % 3, 4, 1)]
    )


def _first_of_april(today: date) -> date:
    """The day the fiscal year began: batches come in April."""
    return date(today.year if today.month >= 4 else today.year - 1, 4, 1)


def _member(organization: Organization) -> Member:
    own = _told()["members"].get(organization.uri.removeprefix(START), {"open": "name"})
    return Member(
        organization=organization,
        sector=organization.sector,
        fields=own.get("fields", []),
        area=own.get("area", ""),
        words=own.get("words", ""),
        contact_name="つながりの担当（架空）",
        contact_mail=organization.email or f"{organization.uri.removeprefix(START)}@example.jp",
        published=own["open"].split(),
    )


def say_how_to_join(today: date, now: datetime, published_by: Account) -> None:
    """Terms, criteria and three applications, once."""
    terms, new = Terms.objects.get_or_create(
        version=1,
        defaults={
            "id": _id("terms"),
            "text": _told()["terms"],
            "in_force_from": today,
            "published_at": now,
            "published_by": published_by.pk,
        },
    )
    if new:
        sentences: list[str] = _told()["criteria"]
        Criterion.objects.bulk_create(
            Criterion(id=_id("criterion", str(order)), sentence=one, order=order) for order, one in enumerate(sentences)
        )
        Application.objects.bulk_create(
            _application(order, one, terms, now) for order, one in enumerate(_told()["applications"])
        )


def _application(order: int, told: dict[str, Any], terms: Terms, now: datetime) -> Application:
    own = {name: told[name] for name in ("name", "kana", "sector", "fields", "area", "words")}
    return Application(
        id=_id("application", str(order)),
        idempotency_key=f"demo-application-{order}",
        receipt=f"demo-{order}",
        terms=terms,
        agreed=_told()["criteria"],
        **own,
        contact_name=told["contact"],
        contact_mail=f"applicant-{order}@demo.example.jp",
        published=[Item.NAME, Item.FIELDS, Item.AREA, Item.WORDS],
        applied_at=now - timedelta(days=9 - 3 * order),
    )
