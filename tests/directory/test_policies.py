"""Cast × rule in the directory: who sees it, who may, to whom it does not exist.

The entry belongs to the organisation that oshio is posted to; saeki and aga are posted elsewhere.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.cast import Cast
from tsunagari.directory import models
from tsunagari.kernel import access
from tsunagari.kernel.access import NotVisible

pytestmark = pytest.mark.django_db
PEOPLE = ("shirahama", "miki", "oshio", "saeki", "aga", "tonomura", "hanako")
EVERYONE = (200,) * 7
EDITORS = (200, 200, 200, 403, 403, 403, 403)
TOWN_EDITORS = (200, 200, 403, 403, 403, 403, 403)
HIDDEN = (200, 200, 200, 404, 404, 404, 404)
TOWN_ONLY = (200, 200, 404, 404, 404, 404, 404)

TABLE = {
    "entry.read": EVERYONE,
    "entry.edit": EDITORS,
    "entry.confirm": EDITORS,
    "entry.withdraw": EDITORS,
    "entry.report": EVERYONE,
    "organization.read": EVERYONE,
    "organization.edit": EDITORS,
    "organization.add_entry": EDITORS,
    "organization.add": TOWN_EDITORS,
    "keeper.read": HIDDEN,
    "keeper.ask": HIDDEN,
    "link.use": EVERYONE,
    "change.read": HIDDEN,
    "change.decide": (403, 200, 200, 404, 404, 404, 404),
    "report.read": HIDDEN,
    "report.answer": HIDDEN,
    "list.read": TOWN_ONLY,
    "list.take_in": TOWN_ONLY,
    "list.hand_over": (403, 200, 404, 404, 404, 404, 404),
    "conflict.read": TOWN_ONLY,
    "conflict.decide": TOWN_ONLY,
    "guide.read": TOWN_ONLY,
    "guide.edit": TOWN_ONLY,
    "mapping.read": TOWN_ONLY,
    "mapping.edit": TOWN_ONLY,
    "line.read": EVERYONE,
    "line.edit": TOWN_EDITORS,
    "reading.read": TOWN_ONLY,
    "reading.correct": TOWN_ONLY,
}
WITHDRAWN = {
    "entry.read": HIDDEN,
    "entry.restore": HIDDEN,
    "entry.edit": HIDDEN,
    "entry.confirm": (403, 403, 403, 404, 404, 404, 404),
    "entry.withdraw": (403, 403, 403, 404, 404, 404, 404),
    "entry.report": (403, 403, 403, 404, 404, 404, 404),
}


def _answers(cast: Cast, rule: str, thing: Any) -> dict[str, int]:
    found = {}
    for name in PEOPLE:
        actor = cast.actor(name)
        try:
            row = access.fetch(actor, rule, pk=thing.pk)
        except NotVisible:
            found[name] = 404
        else:
            found[name] = 200 if access.may(actor, rule, row) else 403
    return found


@pytest.fixture
def things(cast: Cast) -> dict[str, Any]:
    """One row of each kind, all about one entry of oshio's organisation."""
    now = timezone.now()
    organization = cast.organization("npo-hidamari")
    entry = models.Service.objects.create(organization=organization, name="縁側（架空）", status="active")
    keeper = models.Keeper.objects.create(service=entry, email="k@example.jp")
    batch = models.ImportBatch.objects.create(kind="places", source="x", imported_at=now)
    question = models.GuideQuestion.objects.create(code="q")
    return {
        "entry": entry,
        "organization": organization,
        "keeper": keeper,
        "link": models.KeeperLink.objects.create(
            keeper=keeper, token_hash="x", made_at=now, expires_at=now + timedelta(1)
        ),
        "change": models.PendingChange.objects.create(
            service=entry, field="phone", proposed_at=now, proposed_by=cast.account("shirahama").pk
        ),
        "report": models.Report.objects.create(
            service=entry, receipt="r", idempotency_key="i", reported_at=now, due_on=now.date()
        ),
        "list": batch,
        "conflict": models.ImportConflict.objects.create(batch=batch, service=entry, field="name"),
        "guide": question,
        "mapping": models.GuideRule.objects.create(code="r"),
        "line": models.Line.objects.create(number="110", kind="crisis"),
        "reading": models.ReadingOverride.objects.create(surface="飾磨", reading="しかま", set_at=now, set_by=uuid4()),
    }


@pytest.mark.parametrize("rule", TABLE)
def test_the_table_of_who_may(cast: Cast, things: dict[str, Any], rule: str) -> None:
    assert _answers(cast, rule, things[rule.split(".")[0]]) == dict(zip(PEOPLE, TABLE[rule], strict=True))


@pytest.mark.parametrize("rule", WITHDRAWN)
def test_a_withdrawn_entry_is_gone_for_all_but_its_editors(cast: Cast, things: dict[str, Any], rule: str) -> None:
    entry = things["entry"]
    entry.withdrawn_at = timezone.now()
    entry.save()
    assert _answers(cast, rule, entry) == dict(zip(PEOPLE, WITHDRAWN[rule], strict=True))


def test_nobody_restores_what_was_not_withdrawn(cast: Cast, things: dict[str, Any]) -> None:
    assert set(_answers(cast, "entry.restore", things["entry"]).values()) == {403}
