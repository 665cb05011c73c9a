"""Who takes part, and who acts for whom."""

from tsunagari.network.models.members import Member
from tsunagari.network.models.postings import Posting, Postings

__all__ = ["Member", "Posting", "Postings"]
