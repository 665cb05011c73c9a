"""The town in numbers. Every query is limited and runs along an index, so that it takes as long in a big town.

What is many is said as "200 or more": nobody works off two hundred rows before the next look.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from tsunagari.accounts.models import Account
from tsunagari.kernel import access
from tsunagari.kernel.access import Actor
from tsunagari.kernel.promises import Climb
from tsunagari.network import standing
from tsunagari.referrals.models import Referral, Slip, UnmetNeed, Wipe
from tsunagari.referrals.terms import OPEN_STATES, SlipState, State

MANY = 200
REFUSED_DAYS, UNMET_MONTHS = 30, 3
TABLES = ("town.read_contacts", "town.read", "town.read_wipes")
_OPEN: dict[type[Any], dict[str, Any]] = {
    Slip: {"state__in": (SlipState.OPEN, SlipState.WATCHING)},
    Referral: {"state__in": OPEN_STATES},
    Wipe: {"answer": ""},
}


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number that is not counted to its end: `n`, and whether there are more."""

    n: int
    more: bool

    @classmethod
    def of(cls, *rows: QuerySet[Any]) -> "Bounded":
        """Each list is counted up to MANY, along the index of its order."""
        found = sum(one[: MANY + 1].count() for one in rows)
        return cls(min(found, MANY), found > MANY)


@dataclass(frozen=True, slots=True)
class Late:
    """How late an organisation is: how many of the town's latest steps are its own, and the day of the oldest."""

    organization_id: UUID | None
    count: int
    oldest: date


def tables(actor: Actor) -> list[QuerySet[Any]]:
    """Contacts, referrals and deletions as the coordinator sees them: protected people are in none."""
    return [access.visible(actor, rule) for rule in TABLES]


def late(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Whose promised day has passed, the latest first."""
    return rows.filter(promised_on__lt=timezone.localdate()).order_by("promised_on")


def at_the_town(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What climbed to the coordinator, the oldest first."""
    return rows.filter(climbed=Climb.COORDINATOR, promised_on__isnull=False).order_by("promised_on")


def refused(actor: Actor) -> QuerySet[Referral]:
    """Offers that were declined in the last thirty days, the newest first."""
    since = timezone.now() - timedelta(days=REFUSED_DAYS)
    rows: QuerySet[Referral] = access.visible(actor, "town.read")
    return rows.filter(steps__state=State.DECLINED, steps__at__gte=since).order_by("-steps__at")


def open_contacts(actor: Actor) -> QuerySet[Slip]:
    """Contacts that wait for something, the oldest promise first."""
    rows: QuerySet[Slip] = access.visible(actor, "town.read_contacts").filter(promised_on__isnull=False)
    return rows.order_by("promised_on")


def without_a_holder(actor: Actor) -> int:
    """Open and held by nobody, or by somebody who may hold nothing today. The database and the clock keep it at 0."""
    unable = list(Account.objects.exclude(pk__in=standing.able()).values_list("pk", flat=True))
    found = 0
    for rows in tables(actor):
        running = rows.filter(**_OPEN[rows.model]).order_by()
        found += running.filter(holder=None)[:MANY].count() + running.filter(holder_id__in=unable)[:MANY].count()
    return found


def late_by_organization(actor: Actor) -> list[Late]:
    """The organisations behind the town's latest steps (up to MANY of each table), the latest first."""
    found: dict[UUID | None, Late] = {}
    for rows in tables(actor):
        latest = late(rows).values("pk")[:MANY]
        for where, count, oldest in (
            rows.model._default_manager.filter(pk__in=latest)
            .order_by()
            .values_list("held_for")
            .annotate(Count("pk"), Min("promised_on"))
        ):
            before = found.get(where)
            if before:
                count, oldest = count + before.count, min(oldest, before.oldest)
            found[where] = Late(where, count, oldest)
    return sorted(found.values(), key=lambda one: (one.oldest, -one.count))


def unmet(actor: Actor) -> list[Any]:
    """What was wished lately and could not be met: kind, area, how often."""
    first = (timezone.localdate() - timedelta(days=31 * (UNMET_MONTHS - 1))).replace(day=1)
    recent = access.visible(actor, "unmet_need.read").filter(month__gte=first).order_by("-month").values("pk")[:MANY]
    rows = UnmetNeed.objects.filter(pk__in=recent).order_by().values("category", "worry", "area")
    return list(rows.annotate(times=Count("pk")).order_by("-times", "category", "area")[:12])
