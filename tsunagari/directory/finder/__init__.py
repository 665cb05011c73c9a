"""The finder: entries go in through `refresh`, people's questions come out as `search`.

One index in each process answers, whatever the database (decision 0005); the database keeps its rows and a number
that tells every process when its snapshot is old."""

from tsunagari.directory.finder.asked import Query
from tsunagari.directory.finder.encoding import encode_waiting
from tsunagari.directory.finder.nearest import nearest
from tsunagari.directory.finder.saying import reason_text, reason_texts
from tsunagari.directory.finder.searching import Hit, Results, search, warm
from tsunagari.directory.finder.writing import next_generation, refresh, refreshing, renew

__all__ = [
    "Hit", "Query", "Results", "encode_waiting", "nearest", "next_generation", "reason_text", "reason_texts", "refresh",
    "refreshing", "renew", "search", "warm",
]  # fmt: skip
