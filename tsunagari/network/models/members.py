"""Who takes part."""

import uuid

from django.db import models
from django.db.models import F, Q

from tsunagari.accounts.models import Account
from tsunagari.directory.models import Organization
from tsunagari.directory.terms import Sector


class Member(models.Model):
    """An organisation that takes part in the platform, as an equal. No row: it may be listed, but takes no part.

    `reception`: who takes what arrives here; empty: whoever has been link worker or listener here for longest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="member")
    sector = models.CharField(max_length=16, choices=Sector, default=Sector.OTHER)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reception = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("organization__kana", "organization__name", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_member_leaves_after_it_came"
            )
        ]

    class Privacy:
        open = ("id", "organization", "sector", "since", "until")
        internal = ("reception",)

    def __str__(self) -> str:
        return self.organization.name
