"""What the person takes back is gone at the receiver's next request, whichever way she takes it back."""

from collections.abc import Callable

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.referrals.conftest import WORDS
from tests.referrals.proofs.clock import Clock
from tsunagari.kernel.access import PUBLIC
from tsunagari.referrals.actions import consents, referring, slips
from tsunagari.referrals.models import Referral
from tsunagari.referrals.terms import Item

pytestmark = pytest.mark.django_db


def _page(cast: Cast, referral: Referral, part: str = "sheet/") -> str:
    answer = cast.client("oshio").get(f"/net/referrals/{referral.pk}/{part}")
    return answer.content.decode() if answer.status_code == 200 else f"({answer.status_code})"


@pytest.mark.parametrize("item", sorted(WORDS))
def test_one_switch_taken_back_is_gone_at_the_next_request(cast: Cast, accepted: Referral, item: str) -> None:
    assert WORDS[Item(item)] in _page(cast, accepted)
    switches = accepted.slip.switches.filter(item=item).values_list("pk", flat=True)
    consents.withdraw_with_receipt(accepted.slip, switches=switches, by=PUBLIC)
    for part in ("sheet/", ""):
        assert WORDS[Item(item)] not in _page(cast, accepted, part)


def test_what_ran_out_overnight_is_gone(cast: Cast, accepted: Referral, clock: Clock) -> None:
    accepted.slip.switches.update(until=localdate())
    assert WORDS[Item.WISH] in _page(cast, accepted)
    clock.go(days=1)
    assert not any(text in _page(cast, accepted) for text in WORDS.values())


@pytest.mark.parametrize("way", [referring.withdraw, referring.withdraw_with_receipt])
def test_the_window_closes_with_the_referral(cast: Cast, accepted: Referral, way: Callable[..., Referral]) -> None:
    way(accepted, by=PUBLIC if way is referring.withdraw_with_receipt else cast.actor("miki"))
    assert not any(text in _page(cast, accepted) for text in WORDS.values())


def test_protection_leaves_the_window_of_who_takes_care_and_of_nobody_else(cast: Cast, accepted: Referral) -> None:
    slips.protect(accepted.slip, by=cast.actor("miki"))
    assert WORDS[Item.WISH] in _page(cast, accepted)
    assert cast.client("yumesaki").get(f"/net/referrals/{accepted.pk}/sheet/").status_code == 404
