"""Many rows at once say the same as one by one."""

import gc
from uuid import uuid4

import pytest
from django.utils.timezone import now

from tsunagari.directory import bulk
from tsunagari.directory.models import HsdsDocument, Organization, SourceRecord

pytestmark = pytest.mark.django_db


def test_rows_stored_twice_are_there_once_with_the_later_values() -> None:
    ids = [uuid4() for _ in range(50)]
    names = ["entity", "object_id", "summary", "full", "latitude", "modified_at", "etag"]
    for text in ("first", "later"):
        rows = [["service", pk, text, "\\ \t\n'\"𠮷", 34.5, now(), text] for pk in ids]
        there = set(HsdsDocument.objects.values_list("entity", "object_id"))
        bulk.store(HsdsDocument, names, rows, unique=["entity", "object_id"], there=there)
    assert HsdsDocument.objects.count() == 50
    one = HsdsDocument.objects.get(object_id=ids[-1])
    assert (one.summary, one.full, one.latitude) == ("later", "\\ \t\n'\"𠮷", 34.5)


def test_what_hangs_on_some_of_many_ids_is_found_and_nothing_else() -> None:
    ids = [uuid4() for _ in range(5)]
    bulk.insert(Organization, ["id", "name", "last_modified"], [[pk, "あぼしの会", now()] for pk in ids])
    some = Organization.objects.filter(bulk.Among("id", [*ids[:2], uuid4()]))
    assert set(some.values_list("pk", flat=True)) == set(ids[:2])
    assert not Organization.objects.filter(bulk.Among("id", [])).exists()


def test_columns_that_are_not_given_get_their_defaults() -> None:
    ids = [uuid4() for _ in range(5)]
    bulk.insert(Organization, ["id", "name", "last_modified"], [[pk, "あぼしの会", now()] for pk in ids])
    assert set(Organization.objects.values_list("sector", "withdrawn_at", "kana")) == {("other", None, "")}
    rows = [["list", str(pk), "places", pk, {"名": [1, None]}] for pk in ids]
    bulk.insert(SourceRecord, ["source", "row_key", "kind", "object_id", "values"], rows)
    assert SourceRecord.objects.get(object_id=ids[0]).values == {"名": [1, None]}


def test_the_collector_runs_again_after_the_work_even_when_it_failed() -> None:
    with pytest.raises(ZeroDivisionError), bulk.steady():
        assert not gc.isenabled()
        _ = 1 / 0
    assert gc.isenabled()
