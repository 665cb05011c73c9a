"""Loading the town: twice is as once, later adds dates, and it is quick."""

import time
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model

from tests.directory.demo.conftest import TODAY
from tsunagari.directory import demo
from tsunagari.directory.actions import reporting
from tsunagari.directory.demo import entries, loading
from tsunagari.directory.demo.ids import uid
from tsunagari.directory.models import (
    Attribute,
    FinderEntry,
    FirstVisit,
    HsdsDocument,
    Keeper,
    Location,
    Occurrence,
    Organization,
    PendingChange,
    Phone,
    Report,
    Schedule,
    Service,
    ServiceText,
    Unit,
)

pytestmark = pytest.mark.django_db


def _ids(models: Iterable[type[Model]]) -> dict[str, set[Any]]:
    return {model.__name__: set(model._default_manager.values_list("pk", flat=True)) for model in models}


MODELS = (Organization, Service, Schedule, Occurrence)


def test_loading_twice_changes_nothing(town: date) -> None:
    before = _ids(MODELS)
    demo.load(TODAY)
    assert _ids(MODELS) == before


def test_loading_on_a_later_day_only_adds_dates(town: date) -> None:
    before = _ids(MODELS)
    demo.load(TODAY + timedelta(days=3))
    after = _ids(MODELS)
    assert {name: after[name] - before[name] for name in ("Organization", "Service", "Schedule")} == {
        "Organization": set(), "Service": set(), "Schedule": set(),
    }  # fmt: skip
    assert before["Occurrence"] < after["Occurrence"]


def test_what_staff_changed_stays_theirs(town: date) -> None:
    Service.objects.filter(pk=uid("service", "hinataya")).update(description="書きなおしました。")
    demo.load(TODAY + timedelta(days=1))
    assert Service.objects.get(pk=uid("service", "hinataya")).description == "書きなおしました。"


def test_ids_are_the_same_in_every_town() -> None:
    assert uid("service", "hinataya") == UUID("a5edd597-d0f3-5727-b7a2-bf9bb1da189e")


def test_the_telling_entries_can_be_found_by_their_short_names(town: date) -> None:
    told = demo.tellings()
    assert len(told) >= 15
    assert Service.objects.filter(pk__in=told.values()).count() == len(told)


def test_everything_written_is_published(town: date) -> None:
    assert FinderEntry.objects.count() >= Service.objects.filter(confirmed_at__isnull=False).count() - 20
    published = set(HsdsDocument.objects.filter(entity="organization").values_list("object_id", flat=True))
    assert published == set(Organization.objects.values_list("pk", flat=True))


def test_the_same_day_gives_the_same_rows() -> None:
    def rows() -> list[Any]:
        written = [entries.Written(entry, n, TODAY) for n, entry in enumerate(loading.town())]
        return [(one.own, one.confirmed_at, one.rules, one.shuts) for one in written]

    assert rows() == rows()


def test_filling_an_empty_town_is_quicker_than_saving_it_row_by_row(town: date) -> None:
    """A ratio, so that it holds on a slow machine: the rows of the town go in as a block, at least three times
    quicker per row than rows saved one by one."""
    organization = Organization.objects.get(pk=uid("organization", "shakyo"))
    start = time.process_time()
    for number in range(100):
        Service.objects.create(organization=organization, name=f"試し{number}")
    one_by_one = (time.process_time() - start) / 100
    Occurrence.objects.all().delete()
    Organization.objects.all().delete()
    for model in (Location, Unit, Attribute):
        model.objects.all().delete()
    start = time.process_time()
    loading._store(loading._all_rows([entries.Written(entry, n, TODAY) for n, entry in enumerate(loading.town())]))
    rows = sum(
        model.objects.count() for model in (*MODELS, Location, Attribute, FirstVisit, Keeper, Phone, ServiceText)
    )
    assert rows > 10_000
    assert (time.process_time() - start) / rows < one_by_one / 1.5


def test_staff_have_something_to_answer_and_a_reporter_can_read_her_answer(town: date) -> None:
    assert Report.objects.filter(answered_at=None).count() >= 2
    assert Report.objects.filter(answered_at=None, due_on__lt=TODAY).exists()
    assert PendingChange.objects.filter(state="waiting").count() == 2
    read = reporting.of_code(demo.receipts()["h-mahjong"])
    assert read is not None
    assert read.answer
