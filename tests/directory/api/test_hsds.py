"""The HSDS API keeps the promises of the specification, and keeps hidden what is hidden."""

import json
import uuid

import pytest

from tsunagari.directory import publishing
from tsunagari.directory.models import (
    Accessibility,
    Address,
    Contact,
    FinderGeneration,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
)

pytestmark = pytest.mark.django_db


def ask(client, path, **query):
    response = client.get(f"/hsds{path}", query)
    return response, json.loads(b"".join(response) if response.streaming else response.content)


def test_a_page_says_where_it_stands(client, shelf):
    _, body = ask(client, "/services", per_page=1, page=2)
    contents = body.pop("contents")
    assert len(contents) == 1
    assert body == {
        "total_items": 2, "total_pages": 2, "page_number": 2, "size": 1, "first_page": False, "last_page": True,
        "empty": False,
    }  # fmt: skip


def test_a_full_service_carries_what_hangs_on_it(client, shelf):
    _, body = ask(client, f"/services/{shelf['place'].pk}")
    assert body["organization"]["name"] == "つながりの家（架空）"
    assert body["schedules"][0]["opens_at"] == "10:00+09:00"
    assert body["service_at_locations"][0]["location"]["addresses"][0]["postal_code"] == "672-8031"
    assert body["capacities"][0]["unit"]["name"] == "人"
    assert body["attributes"][0]["taxonomy_term"]["code"] == "family"


def test_nothing_is_ever_null(client, shelf):
    for path in ("/services", "/organizations", "/service_at_locations", "/taxonomies", "/taxonomy_terms"):
        response, _ = ask(client, path, full="true")
        assert b"null" not in response.content


def test_a_hidden_address_does_not_leave_in_any_way(client, shelf):
    for path in ("/services", "/service_at_locations", "/organizations"):
        for query in ({"full": "true"}, {"full_service": "true"}, {"format": "ndjson", "full": "true"}):
            response = client.get(f"/hsds{path}", query)
            text = (b"".join(response) if response.streaming else response.content).decode()
            assert "ひみつ町" not in text
            assert "134.7," not in text
    _, near = ask(client, "/service_at_locations", postcode="670-0012", proximity=100000)
    assert near["total_items"] == 0


def test_nothing_that_leads_to_a_hidden_place_leaves(client, shelf):
    """A name of a house, the stop before it, its own telephone: each finds a shelter as well as its address."""
    place = shelf["hidden"]
    place.alternate_name, place.description, place.transportation = "あかしびる", "青い扉の三階", "北バス停前"
    place.area, place.external_identifier, place.url = "網干", "登記44", "https://door.example.jp/"
    place.save()
    at = ServiceAtLocation.objects.get(location=place)
    at.description = "入口は裏の路地"
    at.save()
    Phone.objects.create(location=place, number="079-999-0001")
    Phone.objects.create(service_at_location=at, number="079-999-0002")
    Contact.objects.create(location=place, name="管理人さん")
    Contact.objects.create(service_at_location=at, name="管理人さん")
    Accessibility.objects.create(location=place, details="坂の上の段差")
    publishing.refresh_all()
    said = "シェルター あかしびる 青い扉 北バス停 登記44 door.example 裏の路地 079-999 管理人 坂の上".split()
    for path in ("/services", "/service_at_locations", "/organizations", f"/service_at_locations/{at.pk}"):
        for query in ({}, {"full": "true"}, {"full_service": "true"}):
            text = client.get(f"/hsds{path}", query).content.decode()
            assert [word for word in said if word in text] == []
    _, body = ask(client, f"/service_at_locations/{at.pk}")
    assert body["location"] == {"id": str(place.pk), "location_type": "physical", "name": "網干"}
    assert ask(client, "/service_at_locations", search="シェルター")[1]["total_items"] == 0


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_moment_outside_the_calendar_is_explained(client, shelf, moment):
    response = client.get("/hsds/services", {"modified_after": moment})
    assert response.status_code == 400
    assert "modified_after" in response.json()["error"]


def test_filters_hold_together(client, shelf):
    _, both = ask(client, "/services", organization_id=shelf["npo"].pk, taxonomy_term_id=shelf["term"].pk)
    assert [s["id"] for s in both["contents"]] == [str(shelf["place"].pk)]
    _, none = ask(client, "/services", organization_id=shelf["city"].pk, taxonomy_id=shelf["taxonomy"].pk)
    assert none["empty"] is True
    assert none["contents"] == []
    _, late = ask(client, "/services", modified_after="2999-01-01T00:00:00Z")
    assert late["total_items"] == 0


def test_search_wants_every_word(client, shelf):
    assert ask(client, "/services", search="居場所 だれでも")[1]["total_items"] == 1
    assert ask(client, "/services", search="居場所 zqxj")[1]["total_items"] == 0


def test_near_a_postcode_means_within_metres(client, shelf):
    assert ask(client, "/service_at_locations", postcode="6728031", proximity=500)[1]["total_items"] == 1
    assert ask(client, "/service_at_locations", postcode="〒６７２-８０３１", proximity="500m")[1]["total_items"] == 1


def test_minimal_gives_all_ids_at_once(client, shelf):
    _, body = ask(client, "/services", minimal="true")
    assert {tuple(sorted(row)) for row in body["contents"]} == {("id", "modified_date")}
    assert body["size"] == 2


def test_ndjson_streams_one_record_a_line(client, shelf):
    response = client.get("/hsds/services", {"format": "ndjson"})
    lines = b"".join(response).decode().splitlines()
    assert len(lines) == 2
    assert all(json.loads(line)["id"] for line in lines)


@pytest.mark.parametrize(
    "query",
    [{"page": "0"}, {"page": "x"}, {"per_page": "-1"}, {"organization_id": "x"}, {"modified_after": "gestern"},
     {"modified_after": "2026-13-45"}, {"full": "perhaps"}, {"format": "xml"}, {"postcode": "abc"}, {"page": "９" * 5}],
)  # fmt: skip
def test_a_mistake_is_explained(client, shelf, query):
    response, body = ask(client, "/service_at_locations", **query)
    assert response.status_code == 400
    assert body["error"]


def test_an_unknown_id_is_404(client, shelf):
    for path in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        assert client.get(f"/hsds/{path}/{uuid.uuid4()}").status_code == 404


def test_every_answer_is_open_to_all_sites_and_sets_no_cookie(client, shelf):
    for path in ("/", "/services", "/taxonomies", f"/services/{uuid.uuid4()}", "/openapi.json", "/services?page=x"):
        response = client.get(f"/hsds{path}")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies


def test_an_unchanged_record_is_not_sent_twice(client, shelf):
    path = f"/hsds/services/{shelf['place'].pk}"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert first.headers["Last-Modified"]


def test_a_withdrawn_entry_leaves_the_api(client, shelf):
    Service.objects.filter(pk=shelf["place"].pk).update(withdrawn_at="2026-01-01T00:00:00Z")
    publishing.refresh([shelf["place"].pk])
    assert client.get(f"/hsds/services/{shelf['place'].pk}").status_code == 404
    assert ask(client, "/services")[1]["total_items"] == 1
    assert client.get(f"/hsds/service_at_locations/{shelf['sal'].pk}").status_code == 404


def test_a_renamed_organization_is_renamed_in_its_services(client, shelf):
    Organization.objects.filter(pk=shelf["npo"].pk).update(name="あたらしい名")
    publishing.refresh(organizations=[shelf["npo"].pk])
    assert ask(client, f"/services/{shelf['place'].pk}")[1]["organization"]["name"] == "あたらしい名"


@pytest.mark.parametrize("path", ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"])
def test_queries_do_not_grow_with_results(client, shelf, path, django_assert_max_num_queries):
    client.get(f"/hsds/{path}")
    with django_assert_max_num_queries(3):
        client.get(f"/hsds/{path}", {"full": "true"})


def test_posting_a_question_answers_like_getting_it(client, shelf):
    assert client.post("/hsds/services?per_page=1").json() == client.get("/hsds/services?per_page=1").json()


def test_an_address_without_a_postcode_is_said_in_words(client, shelf):
    Address.objects.filter(location__name="飾磨の家").update(postal_code="")
    publishing.refresh([shelf["place"].pk])
    _, body = ask(client, f"/services/{shelf['place'].pk}")
    location = body["service_at_locations"][0]["location"]
    assert "addresses" not in location
    assert "飾磨区1-1" in location["description"]


def test_an_organization_without_entries_is_counted_at_once(client, shelf):
    before = ask(client, "/organizations")[1]["total_items"]
    new = Organization.objects.create(name="まだ何もない会")
    publishing.refresh(organizations=[new.pk])
    assert ask(client, "/organizations")[1]["total_items"] == before + 1


def test_the_number_of_a_change_is_never_used_twice(shelf):
    assert FinderGeneration.objects.get().number > 10**15


def test_the_description_stands_where_the_contract_says(client, db):
    body = client.get("/api/openapi.json").json()
    assert body["openapi"].startswith("3.1")
    assert "/services" in body["paths"]
