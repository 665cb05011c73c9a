"""How many people an organisation takes up in a month, said by itself."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now

from tsunagari.directory.models import Organization
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor
from tsunagari.referrals.models import Quota


@transaction.atomic
def set_quota(organization: Organization, *, per_month: int, paused_until: date | None = None, by: Actor) -> Quota:
    """Say how many we take up in a month, or that we pause: nobody is sent who cannot be taken up."""
    access.require(by, "organization.set_quota", organization)
    said = Quota.objects.filter(pk=organization.pk, per_month=per_month, paused_until=paused_until).first()
    if said:
        return said
    quota, _ = Quota.objects.update_or_create(
        organization=organization,
        defaults={"per_month": per_month, "paused_until": paused_until, "said_at": now(), "said_by": by.who},
    )
    audit.record("quota.set", by=by, about=organization, per_month=per_month, paused_until=paused_until)
    return quota
