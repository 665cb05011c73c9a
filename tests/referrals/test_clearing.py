"""A person's words go a year after her contact was closed; open contacts never go."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.referrals.story import Story
from tsunagari.kernel import retention
from tsunagari.referrals.actions import slips
from tsunagari.referrals.models import Slip, UnmetNeed
from tsunagari.referrals.terms import SlipEnding

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def test_words_go_a_year_after_the_contact_was_closed(cast: Cast) -> None:
    story, today = Story(cast), timezone.localdate()
    open_one, closed = story.slip(), story.slip()
    slips.close(closed, ending=SlipEnding.NOT_MET, by=story.miki)
    retention.purge(today + YEAR, really=True)
    assert Slip.objects.count() == 2
    retention.purge(today + YEAR + timedelta(days=2), really=True)
    assert list(Slip.objects.all()) == [open_one]
    assert UnmetNeed.objects.count() == 1, "nobody is in it"


def test_unmet_needs_go_after_five_years(cast: Cast) -> None:
    story, today = Story(cast), timezone.localdate()
    slips.close(story.slip(), ending=SlipEnding.NOT_MET, by=story.miki)
    UnmetNeed.objects.update(month=today - 6 * YEAR)
    assert retention.purge(today, really=False)["unmet needs of five years ago"] == 1
    retention.purge(today, really=True)
    assert not UnmetNeed.objects.exists()
