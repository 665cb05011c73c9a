"""A hidden address leaves by one door only, and whoever takes it is written down first."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import Cast
from tests.directory.conftest import tag
from tsunagari.directory import publishing
from tsunagari.directory.actions.handing_over import hand_over
from tsunagari.directory.exporting.command import export_file
from tsunagari.directory.importing.command import import_file
from tsunagari.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    Location,
    Occurrence,
    Phone,
    Service,
    ServiceAtLocation,
    SourceRecord,
)
from tsunagari.kernel import audit
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import AuditLine

pytestmark = pytest.mark.django_db
# Everything that would lead somebody to the door of the shelter.
SECRETS = (
    "ひみつの建物", "ひみつのたてもの", "秘密停留所", "網干1-2-3", "34.788", "134.607", "079-999-9999", "079-888-8888",
    "裏口の階段", "橋の手前", "秘密の窓口", "https://example.jp/himitsu", "28201",
)  # fmt: skip


@pytest.fixture
def shelter(town: dict[str, Any]) -> Service:
    """The hidden shelter of the town, with every kind of row that could tell where it is."""
    shelter: Service = town["shelter"]
    place = shelter.service_at_locations.get().location
    place.kana, place.transportation, place.url = "ひみつのたてもの", "秘密停留所から歩く", "https://example.jp/himitsu"
    place.municipality_code = "282014"
    place.save()
    shelter.service_at_locations.update(description="橋の手前を入る")
    Accessibility.objects.create(location=place, description="裏口の階段")
    desk = Contact.objects.create(location=place, name="秘密の窓口")
    Phone.objects.create(contact=desk, number="079-888-8888")
    tag(shelter, "feature:phone_ok")
    publishing.refresh_all()
    return shelter


def everything(data: bytes) -> str:
    """All text of a file, whatever its form."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "datapackage.json" in archive.namelist():
            return "".join(archive.read(name).decode() for name in archive.namelist())
    cells = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in cells for cell in row)


@pytest.mark.parametrize("form", ["csv", "cp932", "xlsx", "zip"])
def test_what_leaves_by_the_usual_door_says_no_more_than_the_api(cast: Cast, shelter: Service, form: str) -> None:
    kind = "hsds" if form == "zip" else "services"
    client = cast.client("miki")
    data = client.get(reverse("staff_export"), {"kind": kind, "form": form}).content
    text = data.decode("cp932") if form == "cp932" else everything(data)
    assert shelter.name in text
    assert "網干" in text
    assert [secret for secret in SECRETS if secret in text] == []
    public = client.get(f"/hsds/services/{shelter.pk}").content.decode()
    assert [secret for secret in SECRETS if secret in public] == []


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_the_command_leaves_hidden_addresses_out_unless_asked(shelter: Service, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert export_file("services", path) == 0
    assert "網干1-2-3" not in everything(path.read_bytes())
    assert export_file("services", path, hidden=True) == 0
    assert "網干1-2-3" in everything(path.read_bytes())
    assert AuditLine.objects.filter(event="list.hand_over").count() == 1


def test_only_the_secretariat_takes_addresses_along_and_it_is_written_down(cast: Cast, shelter: Service) -> None:
    where, sent = reverse("staff_moving"), {"kind": "services", "form": "csv"}
    for who in ("shirahama", "oshio", "tonomura"):
        assert cast.client(who).post(where, sent).status_code == 403
        assert "引っ越し用" not in cast.client(who).get(reverse("staff_lists")).content.decode()
        with pytest.raises(Forbidden):
            hand_over(kind="services", form="csv", by=cast.actor(who))
    assert cast.client("hanako").post(where, sent).status_code == 302
    assert not AuditLine.objects.filter(event="list.hand_over").exists()
    secretariat = cast.client("miki")
    assert "引っ越し用（住所をふくむ）" in secretariat.get(reverse("staff_lists")).content.decode()
    assert secretariat.get(where).status_code == 405, "a link or a prefetch must not take anything along"
    taken = secretariat.post(where, sent)
    assert "網干1-2-3" in taken.content.decode()
    assert "moving" in taken["Content-Disposition"]
    line = AuditLine.objects.get(event="list.hand_over")
    assert line.actor_id == cast.actor("miki").account_id


def test_without_the_line_no_address_leaves(cast: Cast, shelter: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_more: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(audit, "record", full)
    response = cast.client("miki").post(reverse("staff_moving"), {"kind": "hsds", "form": ""})
    assert response.status_code == 503
    assert "網干" not in response.content.decode("utf-8", "replace")


@pytest.mark.parametrize(("kind", "name"), [("services", "a.csv"), ("services", "a.xlsx"), ("hsds", "a.zip")])
def test_the_moving_export_makes_the_round_trip(shelter: Service, tmp_path: Path, kind: str, name: str) -> None:
    first, second = tmp_path / name, tmp_path / f"second-{name}"
    export_file(kind, first, hidden=True)
    for table in (SourceRecord, Attribute, Occurrence, Service, Location):
        table.objects.all().delete()
    assert import_file(kind, first) == 0
    place = ServiceAtLocation.objects.get(service=shelter.pk).location
    assert (place.name, place.address_hidden) == ("ひみつの建物", True)
    assert place.addresses.get().address_1 == "網干1-2-3"
    export_file(kind, second, hidden=True)
    assert everything(first.read_bytes()) == everything(second.read_bytes())


@pytest.mark.parametrize(("kind", "name"), [("services", "a.csv"), ("hsds", "a.zip")])
@pytest.mark.parametrize("moved_before", [False, True])
def test_a_list_without_the_address_takes_no_address_away(
    shelter: Service, tmp_path: Path, kind: str, name: str, moved_before: bool
) -> None:
    before = _whereabouts()
    if moved_before:  # the same source said the address last time
        export_file(kind, tmp_path / name, hidden=True)
        assert import_file(kind, tmp_path / name) == 0
    export_file(kind, tmp_path / name)
    assert import_file(kind, tmp_path / name) == 0
    assert _whereabouts() == before


def _whereabouts() -> list[Any]:
    found: list[Any] = list(Location.objects.order_by("pk").values_list("pk", "name", "kana", "latitude", "url"))
    found += Address.objects.order_by("pk").values_list("pk", "address_1", "city", "postal_code")
    found += Phone.objects.order_by("pk").values_list("number", "location_id", "contact_id")
    found += Contact.objects.order_by("pk").values_list("pk", "name")
    return found + list(ServiceAtLocation.objects.order_by("pk").values_list("pk", "description"))
