"""The event list of Takamatsu, as messy as real life, goes in whole; dates only where they are certain."""

from datetime import date

import pytest
from django.utils.timezone import localtime

from tests.directory.importing.conftest import TAKAMATSU
from tsunagari.directory.importing.command import import_file
from tsunagari.directory.models import Attribute, Occurrence, Service

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not TAKAMATSU.exists(), reason="the lists of Takamatsu are not on this machine"),
]


@pytest.fixture
def events(words: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tsunagari.directory.importing.when.localdate", lambda: date(2026, 8, 5))
    assert import_file("activities", TAKAMATSU / "events.xlsx") == 0


def test_every_event_is_there_and_nine_of_ten_have_dates(events: None) -> None:
    entries = Service.objects.filter(kind="activity")
    assert entries.count() == 51
    assert entries.filter(occurrences__isnull=False).distinct().count() >= 46
    assert entries.filter(when_text="").count() == 0


def test_the_words_of_the_list_stand_beside_the_dates(events: None) -> None:
    panel = Service.objects.get(name__contains="出張！パネル展示")
    assert "8月5日（水）～8月16日（日）\n※10日（月）以外" in panel.when_text
    days = [localtime(one.starts_at).date() for one in panel.occurrences.all()]
    assert days[0] == date(2026, 8, 5)
    assert date(2026, 8, 10) not in days
    assert days[-1] == date(2026, 8, 16)
    ends = {localtime(one.starts_at).date(): localtime(one.ends_at).hour for one in panel.occurrences.all()}
    assert ends[date(2026, 8, 5)] == 22
    assert ends[date(2026, 8, 16)] == 17


def test_two_slots_on_one_day_are_two_dates(events: None) -> None:
    workshop = Service.objects.get(name__contains="加藤綾子")
    assert [(localtime(one.starts_at).strftime("%H:%M"), one.label) for one in workshop.occurrences.all()] == [
        ("14:00", "②"),
        ("18:30", "③"),
    ]


def test_an_appointment_by_agreement_gets_no_date_and_keeps_its_words(events: None) -> None:
    talk = Service.objects.get(name="市政出前ふれあいトーク")
    assert talk.occurrences.count() == 0
    assert "随時（要調整）" in talk.when_text


def test_phones_prices_places_and_booking_are_those_of_the_list(events: None) -> None:
    grief = Service.objects.get(name__contains="身近な喪失に気づく")
    assert [phone.number for phone in grief.phones.order_by("pk")] == ["087-833-2282", "087-839-2292"]
    assert grief.fees_description.startswith("1,000円")
    assert grief.cost_options.count() == 0
    assert grief.organization.name == "男女共同参画センター"
    assert grief.contacts.get().name == "男女共同参画センター（人権・男女共同参画推進課）"
    place = grief.service_at_locations.get().location
    assert (place.name, place.latitude) == ("男女共同参画センター 学習研修室3", 34.3400131)
    garden = Service.objects.get(name__contains="こだわりの野菜作り塾")
    assert garden.cost_options.get().amount == 500
    assert "申し込み期間：8月5日（水）" in garden.application_process


def test_what_is_free_is_tagged_free_and_what_is_not_said_is_not(events: None) -> None:
    free = set(Attribute.objects.filter(taxonomy_term__code="free").values_list("link_id", flat=True))
    assert Service.objects.get(name__contains="芸術士とあそぼう").pk in free
    assert Service.objects.get(name__contains="溝渕珠能展トーク").pk not in free


def test_nothing_is_said_to_be_confirmed_before_somebody_confirmed_it(events: None) -> None:
    assert set(Occurrence.objects.values_list("state", flat=True)) == {"planned"}


def test_importing_it_again_changes_nothing(events: None) -> None:
    before = list(Service.objects.order_by("pk").values_list("pk", "version", "last_modified"))
    assert import_file("activities", TAKAMATSU / "events.xlsx") == 0
    assert list(Service.objects.order_by("pk").values_list("pk", "version", "last_modified")) == before
