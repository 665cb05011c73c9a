"""Words and addresses of people go when their time is over, and not a day before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tsunagari.directory.models import Keeper, Organization, Report, Service
from tsunagari.kernel import retention

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("days,gone", [(365, False), (367, True)])
def test_reports_and_keepers_are_forgotten_after_a_year(days: int, gone: bool) -> None:
    then, today = timezone.now() - timedelta(days=days), timezone.localdate()
    entry = Service.objects.create(organization=Organization.objects.create(name="x"), name="縁側（架空）")
    keeper = Keeper.objects.create(service=entry, name="架空", email="k@example.jp", ended_at=then)
    report = Report.objects.create(
        service=entry,
        text="電話がちがう",
        receipt="r",
        idempotency_key="i",
        reported_at=then,
        due_on=then.date(),
        answered_at=then,
    )
    waiting = Report.objects.create(
        service=entry, text="まだ", receipt="r2", idempotency_key="i2", reported_at=then, due_on=then.date()
    )
    counted = retention.purge(today, really=False)
    assert Keeper.objects.get(pk=keeper.pk).email == "k@example.jp"
    assert retention.purge(today, really=True) == counted
    assert (Keeper.objects.get(pk=keeper.pk).email == "") is gone
    assert (Report.objects.get(pk=report.pk).text == "") is gone
    assert Report.objects.get(pk=waiting.pk).text == "まだ"
