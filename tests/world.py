"""One row of every table that an address names by its key, all of them belonging to others than the outsider.

The rows of the referral world come from the real actions; the others are filled field by field. A table that an
address names and that is not here fails `tests/rules/test_access_table.py`, so the world grows with the site.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.directory.models import Organization
from tsunagari.network.models import Posting

# Fields that may be empty in themselves, but not all of them at once.
ALSO = {"directory.ImportConflict": {"service"}}

_WORDS = {"ja": "ことば（架空）"}
GIVEN = {
    "directory.ImportBatch.counts": {"new": 1, "changed": 0, "unchanged": 0, "rejected": 0, "conflicts": 0},
    "directory.Line.names": _WORDS,
    "directory.Line.descriptions": _WORDS,
    "directory.GuideQuestion.texts": _WORDS,
    "directory.GuideRule.whys": _WORDS,
    "directory.GuideRule.says": _WORDS,
}


class World:
    """`world.row(model)`: the one row of that table; made when first asked for."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._rows: dict[type[models.Model], models.Model] = {
            Account: cast.account("oshio"),
            Organization: cast.organization("npo-hidamari"),
            Posting: Posting.objects.get(account=cast.account("oshio")),
            DutyTerm: DutyTerm.objects.filter(account=cast.account("oshio")).earliest("since"),
        }
        for row in Story(cast).everything():
            self._rows[type(row)] = row

    def row(self, model: type[models.Model]) -> models.Model:
        if model not in self._rows:
            found = model._default_manager.first()
            self._rows[model] = found if found is not None else self._made(model)
        return self._rows[model]

    def _made(self, model: type[models.Model]) -> models.Model:
        also = ALSO.get(model._meta.label, set())
        values = {
            field.attname if field.is_relation else field.name: self._value(field)
            for field in model._meta.concrete_fields
            if _label(field) in GIVEN or field.name in also or _must_be_filled(field)
        }
        return model._default_manager.create(**values)

    def _value(self, field: Any) -> Any:
        if _label(field) in GIVEN:
            return GIVEN[_label(field)]
        if field.is_relation:
            return self.row(field.related_model).pk
        kinds: tuple[tuple[type, Any], ...] = (
            (models.UUIDField, uuid.uuid4),
            (models.DateTimeField, timezone.now),
            (models.DateField, timezone.localdate),
            (models.TimeField, lambda: dt.time(10)),
            (models.EmailField, lambda: "world@example.jp"),
            (models.URLField, lambda: "https://example.jp/"),
            (models.JSONField, dict),
            (models.BinaryField, bytes),
            (models.BooleanField, bool),
            (models.FloatField, float),
            (models.IntegerField, lambda: 1),
            (models.Field, lambda: field.choices[0][0] if field.choices else uuid.uuid4().hex[:8]),
        )
        return next(make for kind, make in kinds if isinstance(field, kind))()


def _label(field: Any) -> str:
    return f"{field.model._meta.label}.{field.name}"


def _must_be_filled(field: Any) -> bool:
    by_itself = field.has_default() or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return not (by_itself or field.null or field.auto_created)
