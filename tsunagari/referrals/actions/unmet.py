"""The register of what was wished and could not be met: it fills by itself, and nobody is in it."""

from django.utils.timezone import localdate

from tsunagari.kernel import outbox
from tsunagari.kernel.promises import CLOCK
from tsunagari.referrals.models import Slip, UnmetNeed
from tsunagari.referrals.terms import Unmet


def note_unmet(slip: Slip, why: Unmet, reason: str = "") -> None:
    """Write down what was sought, where and when, by month only. A protected person leaves no trace here either."""
    if slip.protected_at is not None:
        return
    need = UnmetNeed.objects.create(
        worry=slip.worry,
        category=slip.category,
        area=slip.area,
        age_band=slip.age_band,
        daypart=slip.daypart,
        why=why,
        reason=reason,
        month=localdate().replace(day=1),
    )
    outbox.announce("unmet_need.noted", by=CLOCK, about=need)
