"""Every write of the network, one function per verb."""

from tsunagari.network.actions.postings import end_all, end_posting, invite, post, post_the_invited

__all__ = ["end_all", "end_posting", "invite", "post", "post_the_invited"]
