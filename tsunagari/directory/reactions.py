"""What the directory does when something happened: mail to keepers, the daily round of asking."""

from django.urls import reverse
from django.utils.timezone import localdate

from tsunagari.directory import finder
from tsunagari.directory.actions import keeping
from tsunagari.directory.models import KeeperLink, Report
from tsunagari.kernel import mail
from tsunagari.kernel.outbox import Event, reacts
from tsunagari.kernel.timetable import daily, every


@reacts("keeper.asked", outside=True)
def mail_the_keeper(event: Event) -> None:
    """One sentence and the link. What the entry is about stays out of the mail."""
    link = KeeperLink.objects.select_related("keeper").filter(pk=event.about_id, keeper__ended_at=None).first()
    if link is None or not link.keeper.email:
        return
    mail.send(
        link.keeper.email,
        link=reverse("keep", args=[keeping.token_of(link)]),
        key=event.key,
        subject="掲載内容の確認のお願い",
        line="掲載している内容に変わりがないか、下のリンクから一度だけ押して教えてください。1分で終わります。",
    )


@reacts("report.sent")
def ask_the_keepers(event: Event) -> None:
    """Somebody said that an entry is wrong: its keepers get a fresh link at once, whatever the round says."""
    report = Report.objects.filter(pk=event.about_id, answered_at=None).select_related("service").first()
    if report is not None:
        keeping.ask_all(report.service)


@daily("09:05")
def ask_who_is_due() -> None:
    """Entries fade after ninety days: two weeks before, their keepers are asked."""
    keeping.ask_who_is_due()


@every(minutes=2)
def encode_what_is_new() -> None:
    """Entries get their meaning a little after they were saved; until then words find them."""
    finder.encode_waiting()


@daily("03:40")
def move_the_horizon() -> None:
    """Dates of monthly rules are written some months ahead: once a week is enough."""
    if localdate().weekday() == 0:
        finder.renew()
