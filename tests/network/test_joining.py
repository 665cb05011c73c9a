"""An organisation asks to take part on the web: kindly, once, and without an account."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.cast import Cast
from tests.network.conftest import KEY, applied, typed
from tsunagari.kernel.access import PUBLIC, Forbidden
from tsunagari.kernel.models import AuditLine, Message
from tsunagari.kernel.worker import TownWorker
from tsunagari.network.actions import joining
from tsunagari.network.models import Application, Criterion, Terms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_others(cast: Cast) -> None:
    Application.objects.all().delete()


def test_the_call_says_why_in_the_members_own_words_and_only_of_those_who_allow_it(cast: Cast) -> None:
    member = cast.members["npo-hidamari"]
    assert member.words
    page = Client().get("/join/").content.decode()
    assert all(word in page for word in ("つながる", "知る", "知らせる", member.words, "無理なく"))
    member.published = ["name"]
    member.save()
    assert member.words not in Client().get("/join/").content.decode()


def test_the_call_and_its_form_take_no_cookie_and_stay_within_their_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    visitor = Client()
    for path, most in (("/join/", 6), ("/join/application/", 5)):
        visitor.get(path)
        with django_assert_max_num_queries(most):
            answer = visitor.get(path)
        assert answer.status_code == 200
        assert not answer.cookies
    assert "<svg" in visitor.get("/join/").content.decode()


def test_who_applies_gets_a_receipt_and_reads_there_what_happens_next() -> None:
    answer = Client().post("/join/applications/", typed())
    assert answer.status_code == 302
    code = answer["Location"].split("/")[-2]
    page = Client().get(answer["Location"])
    assert "受けつけました" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    application = Application.objects.get()
    assert code not in str(list(Application.objects.values()))
    assert application.agreed == list(Criterion.objects.values_list("sentence", flat=True))
    assert application.terms == Terms.objects.get()
    assert AuditLine.objects.filter(event="application.sent").count() == 1
    assert Message.objects.filter(event="application.sent").count() == 1


def test_a_double_click_is_one_application_and_one_receipt() -> None:
    first, second = (Client().post("/join/applications/", typed())["Location"] for _ in range(2))
    assert first == second
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", " ", "団体の名前を書いてください"),
        ("kana", "", "ひらがなで書いてください"),
        ("sector", "king", "ひとつ選んでください"),
        ("contact_mail", "mega", "もう一度たしかめてください"),
        ("criteria", [], "すべてに印をつけてください"),
        ("terms", "00000000-0000-4000-8000-000000000009", "規約が新しくなりました"),
        ("key", "short", "もう一度「申しこむ」を押してください"),
        ("published", ["king"], "king"),
    ],
)
def test_every_mistake_says_what_to_do_next_and_nothing_typed_is_lost(field: str, value: Any, says: str) -> None:
    answer = Client().post("/join/applications/", typed(**{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "座る場所があります。" in page
    assert not Application.objects.exists()


def test_what_cannot_be_seen_is_not_kept() -> None:
    Client().post("/join/applications/", typed(name="なぎさ\u202eの\x00縁台"))
    assert Application.objects.get().name == "なぎさ の 縁台"


def test_without_terms_nobody_can_apply_and_the_page_says_whom_to_call(cast: Cast) -> None:
    form = typed()
    Terms.objects.all().delete()
    assert "規約を準備しています" in Client().get("/join/application/").content.decode()
    assert Client().post("/join/applications/", form).status_code == 409


def test_a_flood_is_held_back(monkeypatch: Any) -> None:
    monkeypatch.setattr(joining, "MOST_IN_AN_HOUR", 1)
    applied()
    assert applied().idempotency_key == KEY
    assert Client().post("/join/applications/", typed(key="another-form-000001")).status_code == 429


def test_a_guessed_code_looks_like_none() -> None:
    absent = Client().get("/join/received/aaaa-bbbb-cccc-dddd/")
    assert absent.status_code == 404
    assert absent.content == Client().get("/nowhere/").content
    assert Client().post("/join/received/aaaa/reply/", {"text": "x"}).status_code == 404


def test_nobody_applies_under_terms_that_are_not_in_force_yet(cast: Cast) -> None:
    from datetime import timedelta

    from django.utils import timezone

    tomorrow = timezone.localdate() + timedelta(1)
    terms = joining.publish_terms(text="新しい規約", in_force_from=tomorrow, by=cast.actor("miki"))
    assert joining.terms_in_force() != terms
    assert joining.terms_in_force(tomorrow) == terms
    with pytest.raises(Forbidden):
        joining.apply(terms, answers={}, key=KEY, by=PUBLIC)


@pytest.mark.django_db(transaction=True)
def test_the_secretariat_asks_back_and_the_applicant_answers_with_her_code(
    application: Application, cast: Cast
) -> None:
    joining.ask(application, question="何人くらい座れますか。", by=cast.actor("miki"))
    TownWorker(interval=0, batch=True)._worker.run()
    letter = next(one for one in mail.outbox if one.to == ["mega@example.jp"])
    path = "/join/received/" + str(letter.body).split("/join/received/")[1].split()[0]
    assert "何人" not in str(letter.body)
    assert "何人くらい座れますか。" in Client().get(path).content.decode()
    assert Client().post(f"{path}reply/", {"text": " "}).status_code == 422
    assert Client().post(f"{path}reply/", {"text": "八人です。"}).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.reply) == ("waiting", "八人です。")
    assert Client().post(f"{path}reply/", {"text": "もう一度"}).status_code == 403
    with pytest.raises(Forbidden):
        joining.reply(application, text="x", by=PUBLIC)
