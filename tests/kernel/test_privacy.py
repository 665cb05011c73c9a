"""Every field says what it tells about people; what is not said is treated as the worst."""

from django.db import models
from django.test.utils import isolate_apps
from django.utils import timezone

from tsunagari.kernel import privacy
from tsunagari.kernel.models import Slot
from tsunagari.kernel.privacy import HIDDEN, Level


@isolate_apps("tests.kernel")
def test_a_missing_a_doubled_an_unknown_and_an_endless_field_are_found() -> None:
    class Careless(models.Model):
        name = models.TextField()
        phone = models.TextField()
        note = models.TextField()

        class Meta:
            app_label = "tests"

        class Privacy:
            open = ("id", "name", "colour")
            internal = ("name",)
            personal = {"phone": ""}

    found = "\n".join(privacy.faults([Careless]))
    for slip in ("note: no level", "name: two levels", "colour: no such field", "phone: no retention"):
        assert slip in found
    assert privacy.level_of(Careless, "note") is Level.CONFIDENTIAL


@isolate_apps("tests.kernel")
def test_a_masked_row_shows_only_what_its_reader_may_see() -> None:
    class Person(models.Model):
        name = models.TextField()
        colour = models.TextField()
        empty = models.TextField(default="")

        class Meta:
            app_label = "tests"

        class Privacy:
            open = ("id", "colour")
            personal = {"name": "1 year", "empty": "1 year"}

    row = Person(id=1, name="花子", colour="あお")
    assert privacy.masked(row) == {"id": 1, "name": HIDDEN, "colour": "あお", "empty": ""}
    assert privacy.masked(row, up_to=Level.PERSONAL)["name"] == "花子"


def test_internal_rows_pass_unmasked() -> None:
    now = timezone.now()
    assert privacy.masked(Slot(name="x", next_at=now)) == {"name": "x", "next_at": now}


def test_the_register_names_what_is_kept_about_people_and_how_long() -> None:
    text = privacy.register()
    assert "| accounts.Account | email | personal | 2 years after the account is closed |" in text
    assert "AuditLine" not in text
