"""How much each receiver has on its plate this month: numbers only, of any organisation."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tsunagari.directory.models import Organization
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting
from tsunagari.kernel.rows import for_the_house
from tsunagari.network.models import Member
from tsunagari.referrals.forms.words import sought_words
from tsunagari.referrals.models import Quota, Referral, Step
from tsunagari.referrals.terms import TAKEN_UP_STATES, State
from tsunagari.ui.dates import day_text

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Load:
    """`taken`: people of this month so far; `limit` and `left` None: it set no limit; `paused`: until that day."""

    taken: int
    limit: int | None
    left: int | None
    paused: dt.date | None

    @property
    def words(self) -> str:
        """「今月あと2人」."""
        if self.paused:
            return _("%(day)sまで、受け入れを休んでいます") % {"day": day_text(self.paused)}
        if self.left is None:
            return _("受け入れの数は決めていません")
        if self.left == 0:
            return _("今月はいっぱいです")
        return _("今月あと%(n)s人") % {"n": self.left}


def loads(organizations: Iterable[UUID]) -> dict[UUID, Load]:
    """For each of these, in two queries however many. Counted over all senders: a number, never a person.

    Protected people are in no number: it would rise by one on the day on which somebody fled.
    """
    ids = list(organizations)
    sent = Step.objects.filter(referral=OuterRef("pk"), state=State.SENT, at__date__gte=localdate().replace(day=1))
    with for_the_house():
        rows = Referral.objects.filter(Exists(sent), receiver_id__in=ids, state__in=(State.SENT, *TAKEN_UP_STATES))
        rows = rows.exclude(Referral.stays_between)
        taken = dict(rows.order_by().values_list("receiver_id").annotate(n=Count("pk")))
        quotas = {one.pk: one for one in Quota.objects.filter(pk__in=ids)}
    return {pk: _load(taken.get(pk, 0), quotas.get(pk)) for pk in ids}


def _load(taken: int, quota: Quota | None) -> Load:
    if quota is None:
        return Load(taken, None, None, None)
    paused = quota.paused_until if quota.paused_until and quota.paused_until >= localdate() else None
    left = 0 if paused else max(0, quota.per_month - taken)
    return Load(taken, quota.per_month, left, paused)


def load_page(request: HttpRequest, rows: QuerySet[Organization]) -> dict[str, Any]:
    """Members and whoever said a limit, each with its month. Fullness is sorted by name only: it is no ranking."""
    known = Member.objects.filter(organization=OuterRef("pk"))
    words = sought_words(request.GET.get("q", ""))
    found = rows.filter(Exists(known) | Q(quota__isnull=False), withdrawn_at=None).distinct()
    if words:
        found = found.filter(Q(name__icontains=words) | Q(kana__icontains=words))
    sort = "-name" if request.GET.get("sort") == "back" else "name"
    page = Paginator(found.order_by(sort, "pk"), PER_PAGE).get_page(request.GET.get("page"))
    told = loads(one.pk for one in page.object_list)
    own = set(access.visible(acting(request), "organization.set_quota").values_list("pk", flat=True))
    return {
        "page": page,
        "rows": [(one, told[one.pk], one.pk in own) for one in page.object_list],
        "q": words,
        "sort": "back" if sort == "-name" else "",
    }


def own_load(organization: Organization) -> Load:
    """Of one organisation."""
    return loads([organization.pk])[organization.pk]
