"""Many rows at once say the same as one by one."""

import gc
from uuid import uuid4

import pytest
from django.utils.timezone import now

from tsunagari.directory import bulk
from tsunagari.directory.models import HsdsDocument, Organization, SourceRecord

pytestmark = pytest.mark.django_db
COUNTS = [3, bulk.FEW + 50]


@pytest.mark.parametrize("count", COUNTS)
def test_rows_stored_twice_are_there_once_with_the_later_values(count: int) -> None:
    ids = [uuid4() for _ in range(count)]

    def documents(text: str) -> list[HsdsDocument]:
        return [
            HsdsDocument(
                entity="service", object_id=pk, summary=text, full="\\ \t\n'\"𠮷", latitude=34.5,
                modified_at=now(), etag=text,
            )
            for pk in ids
        ]  # fmt: skip

    for text in ("first", "later"):
        bulk.store(HsdsDocument, documents(text), unique=["entity", "object_id"], update=["summary", "etag"])
    assert HsdsDocument.objects.count() == count
    one = HsdsDocument.objects.get(object_id=ids[-1])
    assert (one.summary, one.full, one.latitude) == ("later", "\\ \t\n'\"𠮷", 34.5)


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
