"""What the network remembers of people goes when its time is over; what happened stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tsunagari.kernel import retention
from tsunagari.network.actions import joining, membership
from tsunagari.network.models import Application

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def test_who_wrote_an_application_is_forgotten_a_year_after_the_decision(application: Application, cast: Cast) -> None:
    today = timezone.localdate()
    joining.refuse(application, decided_on=today, reason="市外のため", by=cast.actor("miki"))
    waiting = "people in applications decided a year ago"
    assert retention.purge(today + YEAR, really=False)[waiting] == 1
    assert retention.purge(today + YEAR, really=True)[waiting] == 1
    assert retention.purge(today + YEAR, really=True)[waiting] == 0
    application.refresh_from_db()
    assert (application.contact_name, application.contact_mail, application.reason) == ("", "", "")
    assert (application.name, application.decided_on) == ("なぎさの縁台（架空）", today)


def test_contacts_of_a_member_go_a_year_after_it_left_and_its_periods_stay(cast: Cast) -> None:
    member, today = cast.members["npo-hidamari"], timezone.localdate()
    member.contact_name, member.contact_mail = "妻鹿（架空）", "mega@example.jp"
    member.save()
    membership.leave(member, on=today, by=cast.actor("miki"))
    retention.purge(today + timedelta(300), really=True)
    member.refresh_from_db()
    assert member.contact_name
    retention.purge(today + YEAR, really=True)
    member.refresh_from_db()
    assert (member.contact_name, member.contact_mail, member.periods.count()) == ("", "", 1)
    other = cast.members["minsei"]
    assert other.contact_mail
