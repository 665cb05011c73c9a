"""Every list of Takamatsu goes in whole, and rows checked by hand say what the list says."""

from datetime import time

import pytest

from tests.directory.importing.conftest import TAKAMATSU
from tsunagari.directory.importing.command import import_file
from tsunagari.directory.models import Address, Closure, Schedule, Service, SourceRecord

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not TAKAMATSU.exists(), reason="the lists of Takamatsu are not on this machine"),
]
LISTS = {
    "childrens_hall.xlsx": 8, "childrens_hall.cp932.csv": 8, "community_center.xlsx": 52,
    "elderly_welfare_facility.csv": 47, "elderly_welfare_facility.xlsx": 47, "group_home.xlsx": 49, "library.xlsx": 5,
    "regional_comprehensive_support_center.xlsx": 7, "regional_comprehensive_support_center.cp932.csv": 7,
    "regional_exchange_center.xlsx": 7,
}  # fmt: skip


@pytest.mark.parametrize("name,rows", LISTS.items())
def test_every_row_of_every_list_becomes_an_entry(words: None, name: str, rows: int) -> None:
    assert import_file("places", TAKAMATSU / name) == 0
    assert Service.objects.filter(kind="place").count() == rows
    assert Address.objects.exclude(postal_code="").count() == rows
    assert Service.objects.exclude(service_at_locations__location__latitude=None).count() == rows


def test_the_same_list_as_workbook_and_as_shift_jis_is_the_same_list(words: None) -> None:
    assert import_file("places", TAKAMATSU / "childrens_hall.xlsx") == 0
    assert import_file("places", TAKAMATSU / "childrens_hall.cp932.csv") == 0
    assert Service.objects.count() == 8
    assert SourceRecord.objects.count() == 8


def test_a_childrens_hall_checked_by_hand(words: None) -> None:
    import_file("places", TAKAMATSU / "childrens_hall.xlsx")
    hall = Service.objects.get(name="浅野児童館")
    place = hall.service_at_locations.get().location
    assert (place.latitude, place.longitude) == (34.25646556, 134.03564917)
    assert place.municipality_code == "372013"
    address = place.addresses.get()
    assert (address.state_province, address.city, address.address_1) == ("香川県", "高松市", "香川町浅野826-8")
    assert address.postal_code == "761-1703"
    assert [(phone.number, phone.type) for phone in hall.phones.all()] == [("087-888-2746", "voice")]
    assert hall.url.endswith("/shisetsu/jidoukan/index.html")
    rule = Schedule.objects.get(service=hall)
    assert (rule.freq, rule.byday) == ("WEEKLY", "MO,TU,WE,TH,FR,SA")
    assert (rule.opens_at, rule.closes_at, rule.holidays) == (time(9, 30), time(18), "closed")
    assert [(closure.kind, closure.rule) for closure in hall.closures.all()] == [("yearly", "12-29/01-03")]
    assert "祝日、12/29～1/3は終日利用不可" in hall.when_text


def test_the_hall_whose_name_says_nothing_is_filed_with_the_others(words: None) -> None:
    import_file("places", TAKAMATSU / "childrens_hall.xlsx")
    from tsunagari.directory.models import Attribute

    hall = Service.objects.get(name="ししまる館")
    codes = set(Attribute.objects.filter(link_id=hall.pk).values_list("taxonomy_term__code", flat=True))
    assert "childrens_hall" in codes


def test_a_support_center_is_closed_on_holidays_and_over_new_year(words: None) -> None:
    import_file("services", TAKAMATSU / "regional_comprehensive_support_center.xlsx")
    center = Service.objects.get(name__contains="サブセンター山田")
    assert center.kind == "service"
    rule = Schedule.objects.get(service=center)
    assert (rule.byday, rule.opens_at, rule.closes_at) == ("MO,TU,WE,TH,FR", time(8, 30), time(17))
    assert rule.holidays == "closed"
    assert Closure.objects.filter(service=center, kind="yearly", rule="12-29/01-03").exists()


def test_a_library_keeps_the_words_that_are_no_rule(words: None) -> None:
    import_file("places", TAKAMATSU / "library.xlsx")
    library = Service.objects.get(name="高松市中央図書館")
    assert "資料特別整理期間（9月中の7日間程度）休館" in library.when_text
    assert "MO" not in Schedule.objects.filter(service=library).first().byday
    assert Closure.objects.filter(service=library, kind="monthly", rule="-1").exists()


def test_a_home_that_is_always_open_and_what_it_is(words: None) -> None:
    import_file("services", TAKAMATSU / "elderly_welfare_facility.csv")
    home = Service.objects.get(name__contains="シオンの丘ホーム")
    assert "介護老人福祉施設" in home.description
    assert "定員：70" in home.description
    assert home.phones.get().number == "087-881-4531"
