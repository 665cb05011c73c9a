"""Every write of the network, one function per verb."""

from tsunagari.network.actions.leaving import end_all, end_duty, end_posting, leave_on, let_go, name_substitute
from tsunagari.network.actions.postings import invite, post, post_the_invited

__all__ = [
    "end_all", "end_duty", "end_posting", "invite", "leave_on", "let_go", "name_substitute", "post", "post_the_invited",
]  # fmt: skip
