"""Who sees the members and their people, and who changes something there: one rule, one Q, one sentence."""

from tsunagari.network.policies import joining, members, notices, postings

__all__ = ["joining", "members", "notices", "postings"]
