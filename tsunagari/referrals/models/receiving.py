"""Receivers: how many they take a month, and how those without an account answer; and what nobody could meet."""

import uuid

from django.db import models

from tsunagari.directory.models import Organization
from tsunagari.referrals.models.referrals import Referral
from tsunagari.referrals.terms import AgeBand, Daypart, Unmet


class Quota(models.Model):
    """How many people an organisation can take up in a month, as it said itself. No row: it set no limit."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, primary_key=True, related_name="quota")
    per_month = models.PositiveSmallIntegerField()
    paused_until = models.DateField(null=True, blank=True)
    said_at = models.DateTimeField()
    said_by = models.UUIDField()

    class Privacy:
        internal = ("organization", "per_month", "paused_until", "said_at", "said_by")


class ReceiverLink(models.Model):
    """A link by which a receiver without an account sees one slip. It is opened once, by one browser, and runs out.

    Only hashes are stored. `opened_at` set: from here only the browser that holds the second secret gets in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    browser_hash = models.CharField(max_length=64, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    opened_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "id")

    class Privacy:
        internal = (
            "id", "referral", "token_hash", "browser_hash", "made_at", "made_by", "opened_at", "expires_at",
            "closed_at",
        )  # fmt: skip


class UnmetNeed(models.Model):
    """Something was wished and could not be met. No person, no organisation, no day: a kind, an area, a month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worry = models.CharField(max_length=32, blank=True, default="")
    category = models.CharField(max_length=32, blank=True, default="")
    area = models.CharField(max_length=64, blank=True, default="")
    age_band = models.CharField(max_length=16, choices=AgeBand)
    daypart = models.CharField(max_length=16, choices=Daypart)
    why = models.CharField(max_length=16, choices=Unmet)
    reason = models.CharField(max_length=24, blank=True, default="")
    month = models.DateField()

    class Meta:
        ordering = ("-month", "category", "area", "id")
        indexes = [models.Index(fields=["month"])]

    class Privacy:
        internal = ("id", "worry", "category", "area", "age_band", "daypart", "why", "reason", "month")
