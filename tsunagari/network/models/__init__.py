"""Who takes part, who asks to, and who acts for whom."""

from tsunagari.network.models.joining import Application, Criterion, Terms
from tsunagari.network.models.members import Member, Members, Period, Periods
from tsunagari.network.models.notices import Notice, Preference
from tsunagari.network.models.postings import Posting, Postings

__all__ = [
    "Application", "Criterion", "Member", "Members", "Notice", "Period", "Periods", "Posting", "Postings", "Preference",
    "Terms",
]  # fmt: skip
