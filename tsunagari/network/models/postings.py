"""Who acts for whom."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from tsunagari.accounts.models import Account
from tsunagari.network.models.members import Member, Period


class Postings(models.QuerySet["Posting"]):
    def on(self, day: date) -> "Postings":
        """Postings that hold on this day, of members that take part on it; last days are included."""
        taking_part = Period.objects.on(day).values("member_id")
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day, member__in=taking_part)


class Posting(models.Model):
    """A person acts for a member from one day to another (担当). No row for today: she acts for nobody.

    `substitute`: who steps in when she does not answer; empty: a colleague there in a fixed order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="postings")
    duty = models.CharField(max_length=100, blank=True, default="")
    substitute = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    posted_at = models.DateTimeField()
    posted_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    objects = Postings.as_manager()

    class Meta:
        ordering = ("-since", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_posting_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["account", "member"], condition=Q(until__isnull=True), name="one_open_posting_per_member"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="somebody_answers_for_an_ended_posting",
            ),
        ]

    class Privacy:
        internal = (
            "id", "account", "member", "duty", "substitute", "since", "until",
            "posted_at", "posted_by", "ended_at", "ended_by",
        )  # fmt: skip
