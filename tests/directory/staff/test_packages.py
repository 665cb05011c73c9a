"""An HSDS package in the browser is looked at before it is taken in; where organisations disagree, people decide."""

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tsunagari.directory.actions.seeding import seed
from tsunagari.directory.importing import settling
from tsunagari.directory.importing.command import import_file
from tsunagari.directory.models import ImportBatch, ImportConflict, Organization, Phone, Service

pytestmark = pytest.mark.django_db
BODY, SERVICE, PHONE, CLUB = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 5))


def rows(**changes):
    found = {
        "organization": [{"id": BODY, "name": "あぼしの会", "description": "網干で活動"}],
        "service": [
            {"id": SERVICE, "organization_id": BODY, "name": "網干サロン", "description": "お茶", "status": "active"},
            {"id": CLUB, "organization_id": BODY, "name": "囲碁の会", "description": "囲碁", "status": "nonsense"},
        ],
        "phone": [{"id": PHONE, "organization_id": BODY, "number": "079-000-0001", "type": "voice"}],
    }
    for entity, values in changes.items():
        found[entity][0] |= values
    return found


def packed(tables):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for entity, found in tables.items():
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, list(found[0]))
            writer.writeheader()
            writer.writerows(found)
            archive.writestr(f"{entity}.csv", text.getvalue())
    return out.getvalue()


@pytest.fixture
def editor(cast):
    seed()
    return cast.client("shirahama")


def preview(client, data):
    file = SimpleUploadedFile("town.zip", data, content_type="application/zip")
    return client.post(reverse("staff_preview"), {"file": file, "kind": "hsds", "source": "となりの町"})


def take(client, page):
    word = page.content.decode().split('name="word" value="')[1].split('"')[0]
    sent = {"word": word, "kind": "hsds", "source": "となりの町", "name": "town.zip"}
    return client.post(reverse("staff_take_in"), sent)


def test_a_package_is_looked_at_before_it_is_taken_in(editor):
    page = preview(editor, packed(rows()))
    html = page.content.decode()
    assert page.status_code == 200
    for said in ("まだ何も変わっていません", "網干サロン", "あぼしの会", "となりの町", "掲載 3行目"):
        assert said in html
    assert not Service.objects.exists()
    assert not Organization.objects.filter(pk=BODY).exists()
    assert not ImportBatch.objects.exists()
    done = take(editor, page)
    assert done.status_code == 302
    assert Service.objects.get().name == "網干サロン"
    batch = ImportBatch.objects.get()
    assert (batch.file_name, batch.source, batch.counts["new"], batch.counts["rejected"]) == (
        "town.zip", "となりの町", 3, 1,
    )  # fmt: skip
    assert take(editor, page)["Location"] == done["Location"], "sent twice is taken in once"
    assert ImportBatch.objects.count() == 1
    assert "囲碁" not in editor.get(done["Location"]).content.decode()
    assert "status" in editor.get(done["Location"]).content.decode()


def test_the_preview_counts_each_table_and_shows_what_staff_had_changed(editor):
    take(editor, preview(editor, packed(rows())))
    Organization.objects.filter(pk=BODY).update(description="こちらで直した文")
    changed = rows(organization={"description": "むこうで直した文"}, phone={"number": "079-000-0002"})
    page = preview(editor, packed(changed))
    html = page.content.decode()
    for said in ("こちらで直した文", "むこうで直した文", "くいちがい", "表ごとの数"):
        assert said in html
    cells = html.split("表ごとの数")[1].split("</table>")[0]
    phone = cells.split("電話")[1].split("</tr>")[0]
    assert [int(cell.split("<span>")[1].split("<")[0]) for cell in phone.split("<td")[1:]] == [0, 1, 0, 0, 0, 0]
    assert Organization.objects.get(pk=BODY).description == "こちらで直した文"
    assert Phone.objects.get(pk=PHONE).number == "079-000-0001"


@pytest.mark.parametrize("data", [b"PK\x03\x04nonsense", b"not a package", b"{}"])
def test_what_is_no_package_is_explained(editor, data):
    response = preview(editor, data)
    assert response.status_code == 422
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("keep", ["ours", "theirs"])
@pytest.mark.parametrize("form", ["hsds", "list"])
def test_a_conflict_about_an_organisation_waits_on_the_same_screen(editor, tmp_path, form, keep):
    def taken(description):
        if form == "hsds":
            return take(editor, preview(editor, packed(rows(organization={"description": description}))))
        path = tmp_path / "list.csv"
        path.write_text(f"名称,電話番号,説明\nあぼしの会,079-000-0001,{description}\n")
        return import_file("organizations", path)

    taken("網干で活動")
    body = Organization.objects.get(name="あぼしの会")
    Organization.objects.filter(pk=body.pk).update(description="こちらで直した文")
    taken("むこうで直した文")
    body.refresh_from_db()
    assert body.description == "こちらで直した文"
    conflict = ImportConflict.objects.get()
    assert (conflict.organization_id, conflict.service_id, conflict.field) == (body.pk, None, "description")
    html = editor.get(reverse("staff_conflicts")).content.decode()
    for said in ("あぼしの会", "こちらで直した文", "むこうで直した文"):
        assert said in html
    assert editor.post(reverse("staff_decision", args=[conflict.pk]), {"keep": keep}).status_code == 302
    body.refresh_from_db()
    assert body.description == ("むこうで直した文" if keep == "theirs" else "こちらで直した文")
    said = editor.get(f"/hsds/organizations/{body.pk}").json()["description"]
    assert (said == "むこうで直した文") == (keep == "theirs")
    taken("むこうで直した文")
    assert ImportConflict.objects.count() == 1, "decided once is decided"


def test_a_telephone_that_both_changed_waits_too(editor, cast):
    take(editor, preview(editor, packed(rows())))
    Phone.objects.filter(pk=PHONE).update(number="079-111-1111")
    take(editor, preview(editor, packed(rows(phone={"number": "079-222-2222"}))))
    conflict = ImportConflict.objects.get()
    assert (str(conflict.organization_id), conflict.field) == (BODY, "phone.number")
    settling.settle(conflict, take_theirs=True, by=cast.actor("shirahama"))
    assert Phone.objects.get(pk=PHONE).number == "079-222-2222"


def test_who_has_the_form_open_hears_of_the_list_before_saving_over_it(editor, cast):
    take(editor, preview(editor, packed(rows())))
    body = Organization.objects.get(pk=BODY)
    take(editor, preview(editor, packed(rows(organization={"description": "新しい説明"}))))
    sent = {"name": "あぼしの会", "sector": "other", "description": "私の説明", "version": body.version}
    answer = editor.post(reverse("staff_edit_organization", args=[BODY]), sent)
    assert answer.status_code == 409
