"""HSDS packages and HSDS JSON: whole or not at all, bad rows named, the same package again changes nothing."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.directory.importing.conftest import EDITOR
from tsunagari.directory.actions.seeding import seed_id
from tsunagari.directory.importing.command import import_file
from tsunagari.directory.models import (
    Address,
    Attribute,
    ImportConflict,
    Organization,
    Phone,
    Schedule,
    Service,
    SourceRecord,
)

pytestmark = pytest.mark.django_db
BODY, SERVICE, PLACE, AT, PHONE, TIMES = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 7))
Rows = dict[str, list[dict[str, str]]]


def rows() -> Rows:
    return {
        "organization": [{"id": BODY, "name": "あぼしの会", "description": "網干で活動"}],
        "service": [
            {"id": SERVICE, "organization_id": BODY, "name": "網干サロン", "description": "お茶", "status": "active",
             "url": "https://example.jp/"},
        ],
        "location": [{"id": PLACE, "location_type": "physical", "name": "網干会館",
                      "latitude": "34.77", "longitude": "134.6"}],
        "service_at_location": [{"id": AT, "service_id": SERVICE, "location_id": PLACE}],
        "phone": [{"id": PHONE, "service_id": SERVICE, "number": "079-000-0001", "type": "voice"}],
        "schedule": [
            {"id": TIMES, "service_id": SERVICE, "freq": "WEEKLY", "byday": "MO",
             "opens_at": "09:00+09:00", "closes_at": "17:00"},
        ],
        "attribute": [
            {"id": "00000000-0000-4000-8000-000000000009", "link_id": SERVICE, "link_entity": "service",
             "taxonomy_term_id": str(seed_id("term", "worry", "care"))},
        ],
    }  # fmt: skip


@pytest.fixture
def package(words: None, tmp_path: Path) -> Callable[[Rows], Path]:
    def write(tables: Rows, name: str = "package.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for entity, found in tables.items():
                out = io.StringIO(newline="")
                writer = csv.DictWriter(out, sorted({key for row in found for key in row}))
                writer.writeheader()
                writer.writerows(found)
                archive.writestr(f"{entity}.csv", out.getvalue())
        return path

    return write


Write = Callable[[Rows], Path]


def test_a_package_brings_everything_it_holds(package: Write) -> None:
    assert import_file("hsds", package(rows())) == 0
    service = Service.objects.get()
    assert (service.pk, service.name, service.organization.name) == (UUID(SERVICE), "網干サロン", "あぼしの会")
    assert service.service_at_locations.get().location.latitude == 34.77
    assert service.schedules.get().opens_at.hour == 9
    assert Attribute.objects.get().taxonomy_term.code == "care"
    assert service.confirmed_at is not None
    assert service.source == "package"


def test_the_same_package_again_changes_nothing(package: Write) -> None:
    import_file("hsds", package(rows()))
    before = Service.objects.values_list("version", "last_modified").get()
    assert import_file("hsds", package(rows())) == 0
    assert Service.objects.values_list("version", "last_modified").get() == before
    assert SourceRecord.objects.count() == 2


def test_a_later_package_changes_what_changed_and_keeps_what_staff_edited(package: Write) -> None:
    import_file("hsds", package(rows()))
    Service.objects.update(description="お茶とお菓子")
    later = rows()
    later["service"][0]["name"] = "網干ひろば"
    later["phone"][0]["number"] = "079-000-0002"
    del later["schedule"]
    assert import_file("hsds", package(later)) == 0
    service = Service.objects.get()
    assert (service.name, service.description) == ("網干ひろば", "お茶とお菓子")
    assert Phone.objects.get().number == "079-000-0002"


def test_where_both_changed_staff_decide(package: Write) -> None:
    import_file("hsds", package(rows()))
    Service.objects.update(description="お茶とお菓子")
    later = rows()
    later["service"][0]["description"] = "お茶と囲碁"
    import_file("hsds", package(later))
    assert Service.objects.get().description == "お茶とお菓子"
    conflict = ImportConflict.objects.get()
    assert (conflict.field, conflict.theirs) == ("description", "お茶と囲碁")
    from tsunagari.directory.importing.settling import settle

    settle(conflict, take_theirs=True, by=EDITOR)
    assert Service.objects.get().description == "お茶と囲碁"


def test_a_row_that_left_the_package_leaves_unless_staff_changed_it(package: Write) -> None:
    first = rows()
    first["phone"].append({"id": BODY[:-1] + "8", "service_id": SERVICE, "number": "079-000-0008", "type": "fax"})
    import_file("hsds", package(first))
    Phone.objects.filter(number="079-000-0001").update(description="代表")
    later = rows()
    later["phone"] = [{"id": BODY[:-1] + "7", "service_id": SERVICE, "number": "079-000-0007", "type": "voice"}]
    import_file("hsds", package(later))
    assert sorted(Phone.objects.values_list("number", flat=True)) == ["079-000-0001", "079-000-0007"]


@pytest.mark.parametrize(
    "entity,field,value,reason",
    [
        ("service", "status", "nonsense", "status"),
        ("service", "id", "12", "UUID"),
        ("service", "url", "javascript:alert(1)", "url"),
        ("service", "organization_id", AT, "organization"),
        ("schedule", "opens_at", "25:99", "opens_at"),
        ("location", "latitude", "1e9", "latitude"),
        ("phone", "number", "1" * 500, "number"),
        ("attribute", "taxonomy_term_id", AT, "taxonomy_term"),
        ("attribute", "link_id", AT, "link_id"),
    ],
)
def test_a_bad_row_is_named_and_takes_only_what_hangs_on_it_along(
    package: Write, tmp_path: Path, entity: str, field: str, value: str, reason: str
) -> None:
    broken = rows()
    broken[entity][0][field] = value
    path = package(broken)
    assert import_file("hsds", path) == 1
    said = Path(f"{path}.rejected.csv").read_text(encoding="utf-8-sig")
    assert reason in said.splitlines()[1]
    assert Organization.objects.count() == 1
    assert Service.objects.count() == (0 if entity == "service" else 1)


def test_the_same_id_twice_is_taken_once(package: Write) -> None:
    twice = rows()
    twice["phone"].append(dict(twice["phone"][0]))
    assert import_file("hsds", package(twice)) == 1
    assert Phone.objects.count() == 1


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no", b"{", b"[]", b'{"services": 3}', b"\xff\xfe", b'[{"id": "x"}]']
)
def test_what_is_no_package_changes_nothing(words: None, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(data)
    assert import_file("hsds", path) in (1, 2)
    assert not Service.objects.exists()


def test_deep_json_and_packed_bombs_are_refused(words: None, tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"services":' + "[" * 100_000 + "]" * 100_000 + "}", encoding="utf-8")
    assert import_file("hsds", path) == 2
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("service.csv", b"id\n" + b"0" * 80_000_000)
    assert import_file("hsds", bomb) == 2


def test_a_package_without_a_needed_column_is_refused_with_its_name(
    package: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = rows()
    del broken["service"][0]["organization_id"]
    assert import_file("hsds", package(broken)) == 2
    assert "organization_id" in capsys.readouterr().err


def test_nested_json_as_other_servers_answer_is_taken(words: None, tmp_path: Path) -> None:
    service: dict[str, Any] = {
        "id": SERVICE,
        "name": "網干サロン",
        "status": "active",
        "organization": {"id": BODY, "name": "あぼしの会", "description": "網干"},
        "phones": [{"id": PHONE, "number": "079-000-0001", "type": "voice"}],
        "schedules": [{"id": TIMES, "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00Z", "closes_at": "17:00"}],
        "service_at_locations": [
            {
                "id": AT,
                "location": {
                    "id": PLACE,
                    "location_type": "physical",
                    "addresses": [
                        {"id": BODY[:-1] + "7", "address_1": "浜田1", "city": "姫路市", "state_province": "兵庫県",
                         "postal_code": "671-1242", "country": "JP", "address_type": "physical"},
                    ],
                },
            }
        ],
    }  # fmt: skip
    for shape in ([service], {"contents": [service], "total_items": 1}, {"services": [service]}, service):
        path = tmp_path / "services.json"
        path.write_text(json.dumps(shape), encoding="utf-8")
        assert import_file("hsds", path) == 0
    assert Phone.objects.get().service_id == UUID(SERVICE)
    assert Schedule.objects.get().service_id == UUID(SERVICE)
    assert Address.objects.get().location_id == UUID(PLACE)


def test_an_error_in_the_middle_leaves_nothing(package: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    from tsunagari.directory import publishing

    def broken(*_args: object) -> None:
        raise DatabaseError("full")

    monkeypatch.setattr(publishing, "refresh", broken)
    assert import_file("hsds", package(rows())) == 2
    assert not Service.objects.exists()
    assert not Organization.objects.exists()
