"""How long the directory keeps what it knows about people, as its `Privacy` says."""

from datetime import date, timedelta

from tsunagari.directory.models import Keeper, Report
from tsunagari.kernel.retention import clears

_YEAR = timedelta(days=365)


@clears("reports answered a year ago lose what was written")
def old_reports(as_of: date, really: bool) -> int:
    """That there was a report, and of what kind, stays; the words of whoever sent it go."""
    rows = Report.objects.filter(answered_at__date__lt=as_of - _YEAR).exclude(text="")
    return rows.update(text="") if really else rows.count()


@clears("keepers who ended a year ago lose name and address")
def old_keepers(as_of: date, really: bool) -> int:
    """Who kept an entry is no longer known; that somebody did stays."""
    rows = Keeper.objects.filter(ended_at__date__lt=as_of - _YEAR).exclude(name="", email="")
    return rows.update(name="", email="") if really else rows.count()
