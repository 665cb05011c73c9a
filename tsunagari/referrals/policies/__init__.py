"""Who may, in the warm handover: the two sides, the town's coordinator from outside, the person with her receipt."""

from tsunagari.referrals.policies import receiving, referrals, slips
from tsunagari.referrals.policies.sides import handles, is_coordinator

__all__ = ["handles", "is_coordinator", "receiving", "referrals", "slips"]
