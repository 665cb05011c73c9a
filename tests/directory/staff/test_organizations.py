"""Organisations in the hands of staff: found, added, edited, never overwritten unseen, a hidden place kept hidden."""

import pytest
from django.urls import reverse

from tsunagari.directory import publishing
from tsunagari.directory.actions import organizations as acts
from tsunagari.directory.models import HsdsDocument, Metadata, Organization, Service
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import AuditLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(cast):
    body = cast.organization("npo-hidamari")
    body.name, body.kana = "NPOひだまり（架空）", "ひだまり"
    body.save()
    publishing.refresh(organizations=[body.pk])
    return body


def form_of(body, **changes):
    return {"name": body.name, "kana": body.kana, "sector": body.sector, "version": body.version, **changes}


def hsds(client, body):
    return client.get(f"/hsds/organizations/{body.pk}").json()


PAGES = ["staff_organizations", "staff_new_organization"]
PLACE = {
    "name": "事務所", "postal_code": "670-0012", "city": "姫路市", "state_province": "兵庫県", "address_1": "本町68",
    "latitude": "34.83", "longitude": "134.69",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_organisations_send_the_public_to_sign_in(client, name):
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("shirahama", 200), ("miki", 200), ("oshio", 403), ("tonomura", 403)])
def test_only_the_towns_editors_begin_an_organisation(cast, who, status):
    assert cast.client(who).get(reverse("staff_new_organization")).status_code == status
    sent = {"name": "潮の会（架空）", "sector": "community", "version": 0, "key": "k" * 12}
    assert cast.client(who).post(reverse("staff_new_organizations"), sent).status_code == (
        302 if status == 200 else 403
    )
    assert Organization.objects.filter(name="潮の会（架空）").exists() == (status == 200)


@pytest.mark.parametrize(("who", "status"), [("shirahama", 200), ("oshio", 200), ("aga", 403), ("tonomura", 403)])
def test_who_opens_an_organisation_in_the_workshop(cast, body, who, status):
    assert cast.client(who).get(reverse("staff_organization", args=[body.pk])).status_code == status


def test_organisations_are_found_by_name_and_reading_and_sorted(cast, body):
    client, where = cast.client("shirahama"), reverse("staff_organizations")
    for word in ("ひだまり", "NPOひだ"):
        assert body.name in client.get(where, {"q": word}).content.decode()
    other = cast.organization("minsei")
    other.kana, other.name = "あ", "民生の会（架空）"
    other.save()
    Service.objects.create(organization=body, name="茶の間")
    page = client.get(where, {"sort": "name"}).content.decode()
    assert page.index(other.name) < page.index(body.name)
    page = client.get(where, {"sort": "entries"}).content.decode()
    assert page.index(body.name) < page.index(other.name)
    none = client.get(where, {"q": "どこにもない名前"}).content.decode()
    assert "あてはまる団体はありません" in none
    part = client.get(where, {"q": "ひだまり"}, headers={"HX-Request": "true"}).content.decode()
    assert body.name in part
    assert "<html" not in part


def test_a_member_sees_only_its_own_organisation_in_the_list(cast, body):
    page = cast.client("oshio").get(reverse("staff_organizations")).content.decode()
    assert body.name in page
    assert cast.organization("minsei").name not in page
    assert body.name not in cast.client("tonomura").get(reverse("staff_organizations")).content.decode()


def test_a_new_organisation_is_public_at_once_and_a_double_click_makes_one(cast, client):
    sent = {"name": "潮の会（架空）", "kana": "うしおのかい", "sector": "community", "website": "example.jp/ushio",
            "corporate_number": "１２３４５-６７８９０１２３", "version": 0, "key": "k" * 12}  # fmt: skip
    editor = cast.client("shirahama")
    first = editor.post(reverse("staff_new_organizations"), sent)
    assert editor.post(reverse("staff_new_organizations"), sent)["Location"] == first["Location"]
    made = Organization.objects.get(name="潮の会（架空）")
    assert hsds(client, made)["organization_identifiers"][0]["identifier"] == "1234567890123"
    assert made.name in client.get(reverse("organization", args=[made.pk])).content.decode()
    assert AuditLine.objects.filter(event="organization.added").count() == 1
    with pytest.raises(Forbidden):
        acts.add(values=sent, key="", by=cast.actor("oshio"))


def test_a_changed_name_is_said_by_every_entry_at_once(cast, client, body):
    entry = Service.objects.create(organization=body, name="ひだまりの茶の間（架空）", description="お茶")
    publishing.refresh([entry.pk])
    done = cast.client("oshio").post(
        reverse("staff_edit_organization", args=[body.pk]), form_of(body, name="陽だまりの会 𠮷髙（架空）")
    )
    assert done.status_code == 302
    assert client.get(f"/hsds/services/{entry.pk}").json()["organization"]["name"] == "陽だまりの会 𠮷髙（架空）"
    assert hsds(client, body)["name"] == "陽だまりの会 𠮷髙（架空）"
    line = Metadata.objects.get(resource_id=body.pk, field_name="name")
    assert (line.resource_type, line.replacement_value) == ("organization", "陽だまりの会 𠮷髙（架空）")
    assert AuditLine.objects.filter(event="organization.edited", about_id=str(body.pk)).exists()


def test_two_editors_of_an_organisation_both_keep_their_words(cast, body):
    where = reverse("staff_edit_organization", args=[body.pk])
    cast.client("oshio").post(where, form_of(body, description="ひとつめの文"))
    second = cast.client("shirahama").post(where, form_of(body, description="ふたつめの文"))
    assert second.status_code == 409
    html = second.content.decode()
    assert "ひとつめの文" in html
    assert "ふたつめの文" in html
    version = html.split('name="version" value="')[1].split('"')[0]
    again = cast.client("shirahama").post(where, form_of(body, description="ふたつめの文", version=version))
    assert again.status_code == 302
    body.refresh_from_db()
    assert body.description == "ふたつめの文"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("corporate_number", "123"),
        ("website", "javascript:alert(1)"),
        ("email", "nobody"),
        ("sector", "x"),
    ],
)
def test_a_mistake_in_an_organisation_is_explained_and_nothing_typed_is_lost(cast, body, field, value):
    sent = form_of(body, description="長く書いた文") | {field: value}
    response = cast.client("oshio").post(reverse("staff_edit_organization", args=[body.pk]), sent)
    assert response.status_code == 422
    assert "長く書いた文" in response.content.decode()


def test_phones_and_places_of_an_organisation_reach_the_api(cast, client, body):
    staff = cast.client("oshio")
    sent = {"number": ["079-000-1111", ""], "description": ["事務局", ""]}
    staff.post(reverse("staff_organization_phones", args=[body.pk]), sent)
    where = reverse("staff_organization_place", args=[body.pk])
    assert staff.post(where, PLACE | {"postal_code": "12"}).status_code == 422
    assert staff.post(where, PLACE).status_code == 302
    found = hsds(client, body)
    assert found["phones"][0]["number"] == "079-000-1111"
    assert found["locations"][0]["addresses"][0]["address_1"] == "本町68"
    assert "本町68" in staff.get(reverse("staff_organization", args=[body.pk])).content.decode()


def test_a_hidden_place_of_an_organisation_stays_hidden(cast, client, body):
    staff, where = cast.client("oshio"), reverse("staff_organization_place", args=[body.pk])
    staff.post(where, PLACE | {"address_hidden": "1"})
    assert body.locations.get().address_hidden
    assert "locations" not in hsds(client, body)
    assert "本町68" not in client.get(reverse("organization", args=[body.pk])).content.decode()
    assert not Metadata.objects.filter(replacement_value__contains="事務所").exists()
    assert not HsdsDocument.objects.filter(full__icontains="本町68").exists()


def test_a_place_of_another_organisation_is_not_moved(cast, body):
    acts.set_place(body, location=None, values=_values(), by=cast.actor("oshio"))
    place = body.locations.get()
    other = cast.organization("minsei")
    acts.set_place(other, location=place.pk, values=_values(name="よその家"), by=cast.actor("shirahama"))
    place.refresh_from_db()
    assert place.name == "事務所"
    assert other.locations.get().name == "よその家"


def test_nothing_changed_is_nothing_written(cast, body):
    before = Metadata.objects.count(), AuditLine.objects.count()
    acts.edit(body, values=acts.standing(body), version=0, by=cast.actor("oshio"))
    acts.set_phones(body, phones=[], by=cast.actor("oshio"))
    assert (Metadata.objects.count(), AuditLine.objects.count()) == before


def _values(**more):
    from tsunagari.directory.forms.places import PlaceTyped

    return PlaceTyped.read(PLACE | more).values
