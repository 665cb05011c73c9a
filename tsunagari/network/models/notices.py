"""That something is new: for whom, and how she wants to hear of it."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from tsunagari.accounts.models import Account
from tsunagari.network.models.members import Member
from tsunagari.network.terms import NoticeKind, Rhythm

_ONE_ADDRESSEE = Q(account__isnull=False, member__isnull=True) | Q(account__isnull=True, member__isnull=False)


def _quiet_from() -> dt.time:
    return dt.time.fromisoformat(settings.NOTICES["quiet"][0])


def _quiet_until() -> dt.time:
    return dt.time.fromisoformat(settings.NOTICES["quiet"][1])


class Notice(models.Model):
    """Something new waits for a person, or for the common mail box of a member. No name, no content, no address of it:
    what it is she sees on her own page of work, through its rules.

    `key`: the event it came from, so that one event is told once. `told_at` empty: no mail has said so yet;
    `read_at` set: she saw it, and no mail needs to say so any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16, choices=NoticeKind)
    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "id")
        indexes = [
            models.Index(fields=["account", "read_at"]),
            models.Index(fields=["at"], condition=Q(told_at__isnull=True, read_at__isnull=True), name="notices_untold"),
        ]
        constraints = [
            models.CheckConstraint(condition=_ONE_ADDRESSEE, name="a_notice_has_one_addressee"),
            models.UniqueConstraint(fields=["account", "key"], name="one_notice_per_person_and_event"),
            models.UniqueConstraint(fields=["member", "key"], name="one_notice_per_mail_box_and_event"),
        ]

    class Privacy:
        internal = ("id", "account", "member", "kind", "key", "at", "told_at", "read_at")


class Preference(models.Model):
    """How a person wants to hear that something is new; or what a member's people get who said nothing themselves.

    No row: the town's own setting holds. Between `quiet_from` and `quiet_until` no mail goes out (alike: no such
    time). `mailbox`: a member's common mail box, which is told too; a person's row has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="notice_preference"
    )
    member = models.OneToOneField(
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="notice_preference"
    )
    rhythm = models.CharField(max_length=16, choices=Rhythm, default=Rhythm.AT_ONCE)
    quiet_from = models.TimeField(default=_quiet_from)
    quiet_until = models.TimeField(default=_quiet_until)
    language = models.CharField(max_length=8, default="ja")
    mailbox = models.EmailField(blank=True, default="")
    set_at = models.DateTimeField()
    set_by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_ONE_ADDRESSEE, name="a_preference_belongs_to_one"),
            models.CheckConstraint(
                condition=Q(account__isnull=True) | Q(mailbox=""), name="only_a_member_has_a_common_mail_box"
            ),
        ]

    class Privacy:
        internal = ("id", "account", "member", "rhythm", "quiet_from", "quiet_until", "language", "set_at", "set_by")
        personal = {"mailbox": "until the member leaves"}
