"""The demo town shows a referral at each place it can stand, and loading it again changes nothing."""

import pytest

from tsunagari.cli.looking import load_demo
from tsunagari.kernel.models import AuditLine
from tsunagari.referrals import demo
from tsunagari.referrals.actions import slips
from tsunagari.referrals.models import Referral, Slip


@pytest.mark.slow
def test_the_demo_town_tells_its_stories_once(db: None) -> None:
    load_demo()
    states = set(Referral.objects.values_list("state", flat=True))
    assert states == {"asked", "sent", "accepted", "came_again", "declined"}
    assert Slip.objects.filter(protected_at__isnull=False).count() == 1
    lines = AuditLine.objects.count()
    load_demo()
    assert Slip.objects.count() == len(demo.STORIES)
    assert AuditLine.objects.filter(event="slip.begun").count() == len(demo.STORIES)
    assert AuditLine.objects.count() - lines <= 1, "only the quota is said again"
    for name, code in demo.receipts().items():
        slip = slips.of_receipt(code)
        assert slip is not None
        assert slip.idempotency_key == f"demo-{name}"
