"""What the pages of members show to those who act here."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from tsunagari.accounts.models import Account
from tsunagari.directory.terms import Sector
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting
from tsunagari.network import standing
from tsunagari.network.forms.joining import TakeInForm
from tsunagari.network.forms.words import DayForm, MemberForm, field_names
from tsunagari.network.models import Application, Member, Period, Posting
from tsunagari.network.terms import UNDECIDED


def members_page(request: HttpRequest, rows: QuerySet[Member]) -> dict[str, Any]:
    """Who takes part today, or (`past`) who did; how many people act for each. Four queries, however many."""
    today, actor = timezone.localdate(), acting(request)
    there = Q(pk__in=Period.objects.on(today).values("member_id"))
    past, sector = request.GET.get("past") == "1", request.GET.get("sector", "")
    rows = rows.filter(~there if past else there)
    if sector in Sector.values:
        rows = rows.filter(sector=sector)
    acting_today = Posting.objects.on(today).values("pk")
    people = Count("postings", filter=Q(postings__in=acting_today), distinct=True)
    counted = rows.select_related("organization").prefetch_related("periods").annotate(people=people)
    return {
        "members": counted.order_by("organization__kana", "organization__name", "pk"),
        "past": past,
        "sector": sector,
        "sectors": Sector.choices,
        "take_in_form": TakeInForm() if access.may_any(actor, "member.take_in") else None,
        "waiting": Application.objects.filter(state__in=UNDECIDED).count(),
    }


def member_page(request: HttpRequest, member: Member) -> dict[str, Any]:
    """One member: its periods, its people, and what may be changed."""
    actor, today = acting(request), timezone.localdate()
    postings = access.visible(actor, "posting.read").filter(
        member=member, pk__in=Posting.objects.on(today).values("pk")
    )
    words = field_names(get_language() or "ja")
    language = get_language() or "ja"
    return {
        "member": member,
        "periods": member.periods.all(),
        "fields": "、".join(words[code] for code in member.fields if code in words),
        "postings": postings.select_related("account", "substitute"),
        "form": MemberForm.of(member, language=language, people=colleagues(member)),
        "today": today,
        "wrong": "",
        "leave_form": DayForm(auto_id="leave_%s"),
        "can": access.Can(actor, "member", member),
    }


def colleagues(member: Member) -> QuerySet[Account]:
    """Who may hold a person's matter there today."""
    return Account.objects.filter(pk__in=standing.holders(member.organization_id))
