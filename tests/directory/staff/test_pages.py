"""The pages on which entries are looked after: who gets in, what is kept, what is explained."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.actions import keeping, reporting
from tsunagari.directory.actions.seeding import seed
from tsunagari.directory.models import (
    GuideQuestion,
    GuideRule,
    ImportBatch,
    Keeper,
    KeeperLink,
    Line,
    ReadingOverride,
    Service,
)
from tsunagari.kernel.access import PUBLIC

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "takamatsu"


@pytest.fixture
def entry(cast):
    seed()
    entry = Service.objects.create(
        organization=cast.organization("npo-hidamari"), name="ひだまりの茶の間（架空）", description="お茶をのむ"
    )
    publishing.refresh([entry.pk])
    return entry


def form_of(entry, **changes):
    return {
        "name": entry.name, "kana": entry.kana, "kind": entry.kind, "description": entry.description, "room": "unknown",
        "status": "active", "version": entry.version, **changes,
    }  # fmt: skip


LISTS = ["staff_entries", "staff_new_entry", "staff_reports", "staff_changes"]
TOWN = ["staff_conflicts", "staff_lists", "staff_workshop", "staff_readings", "staff_export"]


@pytest.mark.parametrize("name", LISTS + TOWN)
def test_every_page_sends_the_public_to_sign_in(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize("name", LISTS + TOWN)
def test_editors_reach_every_page(cast, entry, name):
    assert cast.client("shirahama").get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("shirahama", 200), ("miki", 200), ("oshio", 200), ("tonomura", 403), ("aga", 403)]
)
def test_who_opens_an_entry_in_the_workshop(cast, entry, who, status):
    assert cast.client(who).get(reverse("staff_entry", args=[entry.pk])).status_code == status


def test_an_absent_entry_is_absent_for_everybody(cast, entry):
    assert cast.client("shirahama").get(reverse("staff_entry", args=[uuid.uuid4()])).status_code == 404


def test_the_outsider_sees_no_entry_on_the_board(cast, entry):
    assert entry.name not in cast.client("tonomura").get(reverse("staff_entries")).content.decode()
    assert entry.name in cast.client("oshio").get(reverse("staff_entries")).content.decode()


def test_an_edit_is_saved_and_seen_by_the_public(cast, entry):
    response = cast.client("oshio").post(
        reverse("staff_edit", args=[entry.pk]), form_of(entry, description="お茶をのんで、話す 𠮷髙")
    )
    assert response.status_code == 302
    assert "𠮷髙" in cast.client("hanako").get(reverse("place", args=[entry.pk])).content.decode()


def test_two_editors_both_keep_their_words(cast, entry):
    cast.client("oshio").post(reverse("staff_edit", args=[entry.pk]), form_of(entry, description="ひとつめの文"))
    second = cast.client("shirahama").post(
        reverse("staff_edit", args=[entry.pk]), form_of(entry, description="ふたつめの文")
    )
    assert second.status_code == 409
    assert "ひとつめの文" in second.content.decode()
    assert "ふたつめの文" in second.content.decode()


def test_a_mistake_is_explained_and_nothing_typed_is_lost(cast, entry):
    response = cast.client("oshio").post(
        reverse("staff_edit", args=[entry.pk]), form_of(entry, name="", description="長く書いた文")
    )
    assert response.status_code == 422
    assert "長く書いた文" in response.content.decode()


@pytest.mark.parametrize(
    "text",
    ["\x00", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "𠮷" * 9000, "<script>", "葛󠄀城"],
)
def test_any_text_is_taken_or_refused_but_never_breaks(cast, entry, text):
    response = cast.client("oshio").post(reverse("staff_edit", args=[entry.pk]), form_of(entry, name=text))
    assert response.status_code in (302, 400, 422)


def test_pasted_dates_are_shown_first_and_taken_second(cast, entry):
    client, where = cast.client("oshio"), reverse("staff_new_dates", args=[entry.pk])
    day = (now() + dt.timedelta(days=10)).date()
    text = f"{day.month}月{day.day}日 13:30〜15:00\nまだ決まっていません"
    shown = client.post(where, {"text": text})
    assert "読みとれなかった行" in shown.content.decode()
    assert entry.occurrences.count() == 0
    client.post(where, {"text": text, "sure": text})
    assert entry.occurrences.get().starts_at.astimezone().date() == day


def test_a_place_with_a_wrong_postcode_is_explained(cast, entry):
    data = {"name": "会館", "postal_code": "12", "city": "姫路市", "state_province": "兵庫県", "address_1": "1-1"}
    response = cast.client("oshio").post(reverse("staff_place", args=[entry.pk]), data)
    assert response.status_code == 422
    assert "7けたの数字" in response.content.decode()
    good = data | {"postal_code": "６７０−００１２", "latitude": "34.83", "longitude": "134.69"}
    assert cast.client("oshio").post(reverse("staff_place", args=[entry.pk]), good).status_code == 302
    assert entry.service_at_locations.get().location.addresses.get().postal_code == "670-0012"


def test_phones_tags_and_texts_are_edited_part_by_part(cast, entry):
    client = cast.client("oshio")
    client.post(reverse("staff_phones", args=[entry.pk]), {"number": ["079-000-1111", ""], "description": ["受付", ""]})
    term = str(_term("category", "talk_partner"))
    client.post(reverse("staff_tags", args=[entry.pk]), {"term": [term, "no-uuid"]})
    client.post(reverse("staff_text", args=[entry.pk]), {"language": "vi", "name": "Phòng trà", "description": "Trà"})
    entry.refresh_from_db()
    assert entry.phones.get().number == "079-000-1111"
    assert entry.texts.get(language="vi").name == "Phòng trà"
    page = cast.client("hanako").get(f"/vi/places/{entry.pk}/").content.decode()
    assert "Phòng trà" in page


def _term(taxonomy, code):
    from tsunagari.directory.actions.seeding import seed_id

    return seed_id("term", taxonomy, code)


def test_reports_are_answered_where_they_are_read(cast, entry):
    report, code = reporting.send(entry, kind="hours", text="もう夕方はやっていない", key="k" * 20, by=PUBLIC)
    page = cast.client("oshio").get(reverse("staff_reports")).content.decode()
    assert "もう夕方はやっていない" in page
    cast.client("oshio").post(reverse("staff_answer", args=[report.pk]), {"answer": "直しました。ありがとう。"})
    assert reporting.of_code(code).answer == "直しました。ありがとう。"


@pytest.mark.parametrize("name", ["staff_acceptance", "staff_refusal"])
def test_a_waiting_change_is_decided_on_its_page(cast, entry, name):
    keeper = Keeper.objects.create(service=entry, email="k@example.jp")
    link = keeping.ask(keeper, by=cast.actor("oshio"))
    (change,) = keeping.propose_changes(link, values={"url": "https://example.jp/neu"}, by=PUBLIC)
    assert "https://example.jp/neu" in cast.client("miki").get(reverse("staff_changes")).content.decode()
    cast.client("miki").post(reverse(name, args=[change.pk]))
    entry.refresh_from_db()
    assert (entry.url == "https://example.jp/neu") == (name == "staff_acceptance")


def test_a_keepers_page_needs_no_sign_in_and_leaves_no_cookie(cast, client, entry):
    keeper = Keeper.objects.create(service=entry, email="k@example.jp")
    token = keeping.token_of(keeping.ask(keeper, by=cast.actor("oshio")))
    page = client.get(reverse("keep", args=[token]))
    assert entry.name in page.content.decode()
    assert not page.cookies
    assert page.headers["Referrer-Policy"] == "same-origin", "so that the form says where it comes from"
    assert page.headers["Cache-Control"] == "no-store"
    done = client.post(reverse("keep_confirmation", args=[token]), {"room": "few"})
    assert done.status_code == 302
    entry.refresh_from_db()
    assert entry.room == "few"


def test_a_keeper_cannot_propose_an_address_that_is_no_page(cast, client, entry):
    keeper = Keeper.objects.create(service=entry, email="k@example.jp")
    where = reverse("keep_proposal", args=[keeping.token_of(keeping.ask(keeper, by=cast.actor("oshio")))])
    for bad in ("javascript:alert(1)", "data:text/html,x", "JavaScript://x.jp/%0aalert(1)", "http:", "//x.jp"):
        client.post(where, {"url": bad})
        assert not entry.pending_changes.exists(), bad
    client.post(where, {"url": "example.jp/neu"})
    assert entry.pending_changes.get().new_value == "https://example.jp/neu"


def test_many_reports_do_not_flood_a_keeper_with_mail(cast, client, entry):
    Keeper.objects.create(service=entry, email="k@example.jp")
    for _ in range(20):
        keeping.ask_all(entry)
    assert KeeperLink.objects.filter(keeper__service=entry).count() == keeping.MOST_AN_HOUR


def test_pages_of_somebody_signed_in_are_kept_nowhere(cast, entry):
    assert "no-store" in cast.client("shirahama").get(reverse("staff_entries")).headers["Cache-Control"]


def test_another_site_cannot_press_the_keepers_button(cast, client, entry):
    keeper = Keeper.objects.create(service=entry, email="k@example.jp")
    token = keeping.token_of(keeping.ask(keeper, by=cast.actor("oshio")))
    where = reverse("keep_confirmation", args=[token])
    assert client.post(where, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(where, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


CSV = """名称,住所,電話番号,緯度,経度
あさひ会館,姫路市飾磨区1-1,079-000-0001,34.79,134.67
,名前なし,,,
ゆうひ会館,姫路市網干区2-2,079-000-0002,34.77,134.59
"""


def test_a_list_is_looked_at_before_it_is_taken_in(cast, entry):
    client = cast.client("shirahama")
    sent = {"file": SimpleUploadedFile("halls.csv", CSV.encode("cp932")), "kind": "places", "source": "試しの一覧"}
    before = Service.objects.count()
    page = client.post(reverse("staff_preview"), sent)
    html = page.content.decode()
    assert page.status_code == 200
    assert "あさひ会館" in html
    assert "3行目" in html
    assert Service.objects.count() == before
    word = html.split('name="word" value="')[1].split('"')[0]
    data = {"word": word, "kind": "places", "source": "試しの一覧", "name": "halls.csv"}
    done = client.post(reverse("staff_take_in"), data)
    assert done.status_code == 302
    assert Service.objects.count() == before + 2
    again = client.post(reverse("staff_take_in"), data)
    assert again["Location"] == done["Location"], "sent twice is taken in once"
    assert ImportBatch.objects.count() == 1
    assert client.get(done["Location"]).status_code == 200
    assert ImportBatch.objects.get().counts["rejected"] == 1


def test_a_file_that_is_no_list_is_explained(cast, entry):
    sent = {"file": SimpleUploadedFile("x.xlsx", b"\x00\x01nonsense"), "kind": "places"}
    response = cast.client("shirahama").post(reverse("staff_preview"), sent)
    assert response.status_code == 422


def test_a_waiting_file_is_found_by_its_owner_only(cast, entry):
    sent = {"file": SimpleUploadedFile("halls.csv", CSV.encode()), "kind": "places"}
    html = cast.client("shirahama").post(reverse("staff_preview"), sent).content.decode()
    word = html.split('name="word" value="')[1].split('"')[0]
    taken = cast.client("miki").post(reverse("staff_take_in"), {"word": word, "kind": "places"})
    assert taken.status_code == 422
    assert (
        cast.client("shirahama").post(reverse("staff_take_in"), {"word": "../../etc", "kind": "places"}).status_code
        == 422
    )


@pytest.mark.parametrize("form", ["csv", "cp932", "xlsx"])
def test_lists_go_out_again(cast, entry, form):
    response = cast.client("shirahama").get(reverse("staff_export"), {"kind": "services", "form": form})
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")


def test_only_the_towns_editors_take_lists_in(cast, entry):
    sent = {"file": SimpleUploadedFile("halls.csv", CSV.encode()), "kind": "places"}
    assert cast.client("oshio").post(reverse("staff_preview"), sent).status_code == 403
    assert cast.client("oshio").get(reverse("staff_export")).status_code == 403


def test_lines_guide_and_readings_are_data(cast, entry):
    client = cast.client("shirahama")
    line, question, rule = Line.objects.first(), GuideQuestion.objects.first(), GuideRule.objects.first()
    for name, thing in (("staff_line", line), ("staff_guide_question", question), ("staff_mapping", rule)):
        assert client.get(reverse(name, args=[thing.pk])).status_code == 200
    sent = {"version": line.version, "number": "0120-000-000", "names-ja": "試しの窓口", "opening": "always"}
    assert client.post(reverse("staff_edit_line", args=[line.pk]), sent).status_code == 302
    assert "0120-000-000" in cast.client("hanako").get(reverse("lines")).content.decode()
    assert client.post(reverse("staff_edit_line", args=[line.pk]), sent).status_code == 409
    texts = {"version": question.version, "texts-ja": "いま、どんな気持ちですか（試し）"}
    assert client.post(reverse("staff_edit_question", args=[question.pk]), texts).status_code == 302
    sent = {"version": rule.version, "any": "a, b", "suggests": "talk_partner = 3\nnonsense", "whys-ja": "試し"}
    assert client.post(reverse("staff_edit_mapping", args=[rule.pk]), sent).status_code == 302
    rule.refresh_from_db()
    assert rule.suggests == {"talk_partner": 3}


def test_a_corrected_reading_stands_on_the_next_page(cast, entry):
    client = cast.client("shirahama")
    client.post(reverse("staff_correct"), {"surface": "架空", "reading": "かくうー"})
    page = cast.client("hanako").get(reverse("place", args=[entry.pk]), {"furi": "1"}).content.decode()
    assert "かくうー" in page
    client.post(reverse("staff_remove_reading", args=[ReadingOverride.objects.get().pk]))
    assert not ReadingOverride.objects.exists()


def test_the_outsider_cannot_change_lines(cast, entry):
    line = Line.objects.first()
    assert cast.client("tonomura").post(reverse("staff_edit_line", args=[line.pk]), {"version": 1}).status_code == 403
