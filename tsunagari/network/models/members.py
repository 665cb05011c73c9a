"""Who takes part, and from when to when."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from tsunagari.accounts.models import Account
from tsunagari.directory.models import Organization
from tsunagari.directory.terms import Sector


class Members(models.QuerySet["Member"]):
    def on(self, day: date) -> "Members":
        """Members that take part on this day; last days are included."""
        return self.filter(pk__in=Period.objects.on(day).values("member_id"))


class Member(models.Model):
    """An organisation that takes part in the platform, as an equal. No row: it may be listed, but never took part.

    When it takes part is told by its periods. `published`: what of it the roster may show, item by item. `reception`:
    who takes what arrives here; empty: whoever has been link worker or listener here for longest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="member")
    sector = models.CharField(max_length=16, choices=Sector, default=Sector.OTHER)
    fields = models.JSONField(default=list, blank=True)
    area = models.CharField(max_length=100, blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")
    contact_name = models.CharField(max_length=100, blank=True, default="")
    contact_mail = models.EmailField(blank=True, default="")
    published = models.JSONField(default=list, blank=True)
    reception = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = Members.as_manager()

    class Meta:
        ordering = ("organization__kana", "organization__name", "id")

    class Privacy:
        open = ("id", "organization", "sector")
        internal = ("fields", "area", "words", "published", "reception")
        personal = {
            "contact_name": "1 year after the member left",
            "contact_mail": "1 year after the member left",
        }

    def __str__(self) -> str:
        return self.organization.name


class Periods(models.QuerySet["Period"]):
    def on(self, day: date) -> "Periods":
        """Periods that hold on this day; last days are included."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Period(models.Model):
    """A member takes part from one day to another. Leaving ends a period, coming back starts a new one; none is
    ever written over, so that the roster of any day can be drawn again. No open row: it does not take part.

    `decided_on`: the day of the decision that let it in. Triggers (migration 0003) refuse periods that overlap.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="periods")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    decided_on = models.DateField()
    decided_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    objects = Periods.as_manager()

    class Meta:
        ordering = ("-since", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_period_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(until__isnull=True), name="one_open_period_per_member"
            ),
            models.UniqueConstraint(fields=["member", "since"], name="one_period_per_member_and_first_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_at__isnull=True, ended_by__isnull=True)
                | Q(until__isnull=False, ended_at__isnull=False, ended_by__isnull=False),
                name="somebody_answers_for_an_ended_period",
            ),
        ]

    class Privacy:
        open = ("id", "member", "since", "until")
        internal = ("decided_on", "decided_by", "ended_at", "ended_by")
