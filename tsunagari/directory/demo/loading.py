"""Fills an empty database with the town."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from tsunagari.directory import publishing
from tsunagari.directory.actions import seeding
from tsunagari.directory.demo import bodies, dates, entries, families, parts, places, tags, waiting
from tsunagari.directory.demo.ids import uid
from tsunagari.directory.models import Occurrence, Organization, Unit

UNITS = {"people": "人", "families": "家族", "rooms": "室", "bags": "袋"}


def town() -> list[dict[str, Any]]:
    """Every entry of the town, written and composed, in a lasting order."""
    return sorted([*parts.written_entries(), *families.composed()], key=lambda entry: str(entry["id"]))


def _all_rows(written: list[entries.Written]) -> Iterable[models.Model]:
    yield from (Unit(id=uid("unit", code), name=name) for code, name in UNITS.items())
    yield from bodies.rows()
    yield from places.rows(bodies.owners())
    known = {row["id"]: row for row in parts.locations()}
    answers = {row["id"]: row["answers"] for row in parts.organizations()}
    for one in written:
        yield from entries.rows(one, known, answers[one.entry["org"]])


def _store(rows: Iterable[models.Model]) -> None:
    """Write the rows, model by model in the order in which each model first appears."""
    by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    for model, found in by_model.items():
        model._default_manager.bulk_create(found, batch_size=500)


def _add_dates(written: list[entries.Written], today: date) -> bool:
    """Add the dates that are not there yet; whether there were any."""
    before = Occurrence.objects.count()
    Occurrence.objects.bulk_create(
        (
            row
            for one in written
            if one.entry["kind"] == "activity"
            for row in dates.occurrences(one.entry, one.rules, one.shuts, today)
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    return Occurrence.objects.count() > before


@transaction.atomic
def load(today: date | None = None) -> None:
    """Fill the directory with the demo town around `today`. On a town that stands already, only new dates are added:
    what staff changed since stays theirs."""
    today = today or timezone.localdate()
    seeding.seed()
    tags.learn()
    written = [entries.Written(entry, index, today) for index, entry in enumerate(town())]
    new = not Organization.objects.filter(pk=uid("organization", "shakyo")).exists()
    if new:
        _store(_all_rows(written))
        _store(waiting.rows(today))
    if _add_dates(written, today) or new:
        publishing.refresh_all()
