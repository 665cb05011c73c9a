"""Tables of the warm handover."""

from tsunagari.referrals.models.receiving import Quota, ReceiverLink, UnmetNeed
from tsunagari.referrals.models.referrals import Attempt, FollowUp, Handover, Referral, Step, Wipe
from tsunagari.referrals.models.slips import Slip, Switch, Unprotecting

__all__ = [
    "Attempt", "FollowUp", "Handover", "Quota", "ReceiverLink", "Referral", "Slip", "Step", "Switch", "UnmetNeed",
    "Unprotecting", "Wipe",
]  # fmt: skip
