"""「情報がちがう」: without a name, once, and with an answer."""

import datetime as dt
import re
from typing import Any

from django.test import Client
from django.utils.timezone import now

from tsunagari.directory.actions.reporting import ANSWERED_WITHIN
from tsunagari.directory.models import Report
from tsunagari.kernel.models import AuditLine
from tsunagari.kernel.workdays import working_days_after

KEY = "0123456789abcdef0123"


def send(client: Client, town: dict[str, Any], **more: str) -> Any:
    data = {"kind": "phone", "text": "番号が変わりました", "key": KEY, **more}
    return client.post(f"/places/{town['place'].pk}/reports/", data)


def test_a_report_reaches_us_once_however_often_it_is_sent(client: Client, town: dict[str, Any]) -> None:
    first, second = send(client, town), send(client, town)
    assert first.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    report = Report.objects.get()
    assert (report.kind, report.text) == ("phone", "番号が変わりました")
    assert report.due_on > now().date()
    assert AuditLine.objects.filter(event="report.sent").count() == 1
    assert not first.cookies


def test_the_code_shows_the_answer_and_only_its_hash_is_stored(client: Client, town: dict[str, Any]) -> None:
    address = send(client, town).headers["Location"]
    code = re.search(r"/reports/([^/]+)/", address)
    assert code is not None
    report = Report.objects.get()
    assert code[1] not in report.receipt
    assert "受けつけました" in client.get(address).content.decode()
    report.answer, report.answered_at = "直しました。ありがとうございます。", now()
    report.save()
    response = client.get(address)
    assert "直しました。" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_a_mistake_is_explained_and_nothing_typed_is_lost(client: Client, town: dict[str, Any]) -> None:
    response = send(client, town, kind="", text="おかしいです")
    assert response.status_code == 422
    assert "おかしいです" in response.content.decode()
    assert KEY in response.content.decode()
    assert not Report.objects.exists()


def test_any_unicode_may_be_told(client: Client, town: dict[str, Any]) -> None:
    assert send(client, town, text="𠮷野家の髙橋さん👍\x00\x1b" + "あ" * 5000).status_code == 302
    assert Report.objects.get().text.startswith("𠮷野家の髙橋さん👍")


def test_another_site_cannot_send_it(client: Client, town: dict[str, Any]) -> None:
    path = f"/places/{town['place'].pk}/reports/"
    response = client.post(path, {"kind": "phone", "key": KEY}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not Report.objects.exists()


def test_answers_are_due_within_working_days() -> None:
    friday = dt.date(2026, 11, 20)
    assert working_days_after(friday, ANSWERED_WITHIN) == dt.date(2026, 11, 26), (
        "the weekend and 勤労感謝の日 do not count"
    )
