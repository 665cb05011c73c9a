"""How long a person's words are kept, as `Privacy` of the tables says."""

from datetime import date, timedelta

from tsunagari.kernel.retention import clears
from tsunagari.referrals.models import Slip, UnmetNeed

_YEAR = timedelta(days=365)


@clears("slips closed a year ago, with everything that hangs on them")
def old_slips(as_of: date, really: bool) -> int:
    """What could not be met stays in the register, where nobody is in it; so does the record of acts, by ids."""
    rows = Slip.objects.filter(closed_at__date__lt=as_of - _YEAR)
    count = rows.count()
    if really:
        rows.delete()
    return count


@clears("unmet needs of five years ago")
def old_unmet_needs(as_of: date, really: bool) -> int:
    """Five years show whether a gap was closed; older ones say nothing about the town of today."""
    rows = UnmetNeed.objects.filter(month__lt=as_of - 5 * _YEAR)
    return rows.delete()[0] if really else rows.count()
