"""Every field says what it tells about people; every time somebody answers for names her; no migration is missing."""

import io
from typing import Any

from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from tests.rules import checks
from tsunagari.kernel import privacy

# Times a machine writes, or that an account or a mail address beside them answers for.
NOBODY_ANSWERS: dict[str, str] = {}


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
