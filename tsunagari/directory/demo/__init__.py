"""A made-up town in the outline of Himeji, so that every page has something true to life to show.

Area names are real; every organisation, place and entry is invented and says so (架空); telephone numbers use the
exchange 000, which is never given out, and all addresses of mail and web end in example.jp. The texts stand in
./data: ``entries-*.json`` were written one by one, ``families-*.json`` hold what a town has many of: a sentence of its
own for each row among the building blocks of its family. ``texts-*.json`` are the translations, ``when.json`` the days
and hours in seven languages; the short notation of the rules is explained in ``rules``.

Worries, audiences and categories are all covered; what is missing on purpose is listed in ``gaps`` (for example no
night place in the northern valleys, nothing for older people with same-sex partners, no Japanese class in the west).
Some entries are faded (not confirmed for over 90 days), some have left the finder (over 180), three nobody ever
confirmed, one is closed for repairs, one has a hidden address.

Ids are made from names (``ids.uid``), so they are the same in every database; everything else depends on the day that
is given to ``load`` and on nothing else.
"""

from tsunagari.directory.demo.loading import load
from tsunagari.directory.demo.tellings import tellings
from tsunagari.directory.demo.waiting import receipts

__all__ = ["load", "receipts", "tellings"]
