"""Every field says what it tells about people; every time somebody answers for names her; no migration is missing."""

import io
from typing import Any

from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from tests.rules import checks
from tsunagari.kernel import privacy

# Times a machine writes, or that an account or a mail address beside them answers for.
NOBODY_ANSWERS = {
    "accounts.Account.made_at": "she made it herself, by an invitation that names who invited her",
    "accounts.Invitation.expires_at": "a clock",
    "directory.HsdsDocument.modified_at": "written by the machine with the entry's own change",
    "directory.Keeper.asked_at": "the daily round asks",
    "directory.KeeperLink.expires_at": "a clock",
    "directory.KeeperLink.last_used_at": "the keeper, who has no account",
    "directory.KeeperLink.made_at": "the daily round makes it",
    "directory.Occurrence.ends_at": "a clock",
    "directory.Occurrence.starts_at": "a clock",
    "directory.Report.reported_at": "anybody, unnamed",
    "kernel.DataKey.made_at": "the machine",
    "kernel.DataKey.retired_at": "the audit line of the rotation names her",
    "network.Application.applied_at": "anybody who applies for an organisation, without an account",
    "kernel.Delivery.done_at": "the worker",
    "kernel.Delivery.gave_up_at": "the worker",
    "kernel.Delivery.next_at": "a clock",
    "kernel.Slot.next_at": "a clock",
    "referrals.ReceiverLink.closed_at": "whoever made the next link, which stands beside it",
    "referrals.ReceiverLink.expires_at": "a clock",
    "referrals.ReceiverLink.opened_at": "somebody at the receiver, who has no account",
    "referrals.Wipe.asked_at": "the audit line names who took it back, or the person herself",
    "network.Notice.read_at": "she whose notice it is",
    "network.Notice.told_at": "the worker",
}


def test_every_field_has_privacy() -> None:
    assert privacy.faults() == []


def test_every_time_somebody_answers_for_names_her() -> None:
    found = checks.times_nobody_answers_for(privacy.own_models())
    assert [one for one in found if one not in NOBODY_ANSWERS] == []
    assert [one for one in NOBODY_ANSWERS if one not in found] == [], "these are gone: take them off the list"


def test_no_migration_is_missing(db: Any) -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())


@isolate_apps("tests.rules")
def test_a_time_without_a_name_would_be_found() -> None:
    class Case(models.Model):
        closed_at = models.DateTimeField(null=True)
        opened_at = models.DateTimeField(null=True)
        opened_by = models.UUIDField(null=True)

        class Meta:
            app_label = "tests"

    assert checks.times_nobody_answers_for([Case]) == ["tests.Case.closed_at"]
