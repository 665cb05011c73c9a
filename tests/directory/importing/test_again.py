"""A list that comes again changes what changed in it, keeps what staff edited, and shows where both did."""

from collections.abc import Callable

import pytest
from django.utils.timezone import now

from tests.directory.importing.conftest import EDITOR
from tsunagari.directory.importing import settling
from tsunagari.directory.models import ImportBatch, ImportConflict, Occurrence, Service, SourceRecord

pytestmark = pytest.mark.django_db

HEADER = "NO,名称,住所,電話番号,利用可能曜日,開始時間,終了時間,説明\n"
FIRST = "1,網干会館,姫路市網干区浜田1,079-000-0001,月火水,9:00,17:00,囲碁ができます\n"
SECOND = "2,飾磨会館,姫路市飾磨区恵美酒14,079-000-0002,木金,9:00,17:00,畑があります\n"
Take = Callable[..., int]


def hall(name: str = "網干会館") -> Service:
    return Service.objects.get(name=name)


def test_only_what_changed_in_the_list_changes(taken: Take) -> None:
    taken(HEADER + FIRST + SECOND)
    before = {service.name: (service.pk, service.version) for service in Service.objects.all()}
    taken(HEADER + FIRST.replace("079-000-0001", "079-000-0009") + SECOND)
    assert hall().phones.get().number == "079-000-0009"
    assert hall().version == before["網干会館"][1] + 1
    assert (hall("飾磨会館").pk, hall("飾磨会館").version) == before["飾磨会館"]
    assert ImportBatch.objects.latest("imported_at").counts["changed"] == 1


def test_what_staff_edited_stays_when_the_list_did_not_change_it(taken: Take) -> None:
    taken(HEADER + FIRST)
    Service.objects.update(description="囲碁と将棋ができます")
    taken(HEADER + FIRST.replace("17:00", "18:00"))
    assert hall().description == "囲碁と将棋ができます"
    assert hall().schedules.get().closes_at.hour == 18
    assert ImportConflict.objects.count() == 0


def test_where_both_changed_staff_decide(taken: Take) -> None:
    taken(HEADER + FIRST)
    Service.objects.update(description="囲碁と将棋ができます")
    taken(HEADER + FIRST.replace("囲碁ができます", "麻雀ができます"))
    assert hall().description == "囲碁と将棋ができます"
    conflict = ImportConflict.objects.get()
    assert (conflict.field, conflict.ours, conflict.theirs) == ("description", "囲碁と将棋ができます", "麻雀ができます")
    taken(HEADER + FIRST.replace("囲碁ができます", "麻雀ができます"))
    assert ImportConflict.objects.count() == 1
    settling.settle(conflict, take_theirs=True, by=EDITOR)
    assert hall().description == "麻雀ができます"
    settling.settle(conflict, take_theirs=False, by=EDITOR)
    assert ImportConflict.objects.get().state == "taken"


def test_a_tag_staff_added_survives_a_changed_list(taken: Take) -> None:
    from tsunagari.directory.models import Attribute, TaxonomyTerm

    taken(HEADER + FIRST)
    term = TaxonomyTerm.objects.get(code="alone_ok")
    Attribute.objects.create(link_id=hall().pk, link_entity="service", taxonomy_term=term)
    taken(HEADER + FIRST.replace("網干会館", "網干公民館"))
    codes = Attribute.objects.filter(link_id=hall("網干公民館").pk).values_list("taxonomy_term__code", flat=True)
    assert {"alone_ok", "community_center"} <= set(codes)


def test_rows_that_are_gone_stay_and_are_named(taken: Take, capsys: pytest.CaptureFixture[str]) -> None:
    taken(HEADER + FIRST + SECOND)
    taken(HEADER + FIRST)
    assert Service.objects.count() == 2
    assert "飾磨会館" in capsys.readouterr().out


def test_another_thing_under_the_same_number_is_another_thing(taken: Take) -> None:
    taken(HEADER + FIRST)
    taken(HEADER + SECOND.replace("2,", "1,", 1))
    assert {service.name for service in Service.objects.all()} == {"網干会館", "飾磨会館"}


def test_a_list_sorted_anew_finds_its_entries_by_name(taken: Take) -> None:
    taken(HEADER + FIRST + SECOND)
    taken(HEADER + SECOND.replace("2,", "1,", 1) + FIRST.replace("1,", "2,", 1))
    assert Service.objects.count() == 2
    assert hall().phones.get().number == "079-000-0001"
    assert SourceRecord.objects.count() == 2


def test_lists_of_other_sources_do_not_mix(taken: Take) -> None:
    taken(HEADER + FIRST, source="市民課")
    taken(HEADER + SECOND.replace("2,", "1,", 1), source="福祉課")
    assert Service.objects.count() == 2
    assert set(Service.objects.values_list("source", flat=True)) == {"市民課", "福祉課"}


def test_a_confirmed_date_is_not_taken_away_by_a_new_list(taken: Take) -> None:
    header = "NO,イベント名,開催日,開始時間,場所名称\n"
    taken(header + "1,体操,2026年8月5日、2026年8月12日,10:00,網干会館\n", kind="activities")
    Occurrence.objects.filter(starts_at__day=5).update(state="confirmed", confirmed_at=now())
    taken(header + "1,体操,2026年8月19日,10:00,網干会館\n", kind="activities")
    days = [one.starts_at.day for one in Occurrence.objects.order_by("starts_at")]
    assert days == [5, 19]


def test_organizations_come_once_and_keep_their_numbers(taken: Take) -> None:
    from tsunagari.directory.models import Organization

    header = "名称,電話番号,法人番号,URL\n"
    row = "あぼしの会,079-000-0001,1234567890123,https://example.jp/\n"
    assert taken(header + row, kind="organizations") == 0
    taken(header + row.replace("0001", "0002"), kind="organizations")
    body = Organization.objects.get()
    assert (body.phones.get().number, body.organization_identifiers.get().identifier) == (
        "079-000-0002",
        "1234567890123",
    )
