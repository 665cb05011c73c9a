"""The board: what waits for me about the entries I look after, and the entries themselves."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from tsunagari.directory.forms.typed import typed
from tsunagari.directory.models import Service
from tsunagari.directory.terms import ChangeState, ConflictState
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, page_or_part

PER_PAGE = 30
SORTS = {"confirmed": "confirmed_at", "name": "kana", "changed": "-last_modified"}


def waiting(request: HttpRequest) -> dict[str, int]:
    """How much waits for this actor, each counted through the rule that also guards the rows."""
    actor = acting(request)
    return {
        "reports": access.visible(actor, "report.read").filter(answered_at=None).count(),
        "changes": access.visible(actor, "change.decide").filter(state=ChangeState.WAITING).count(),
        "conflicts": access.visible(actor, "conflict.read").filter(state=ConflictState.OPEN).count(),
    }


def _narrowed(rows: QuerySet[Service], request: HttpRequest) -> QuerySet[Service]:
    words, state = typed(request.GET.get("q", ""), 60), request.GET.get("state", "")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(kana__icontains=word) | Q(organization__name__icontains=word))
    fading = now() - timedelta(days=settings.ENTRY_FADES_AFTER_DAYS)
    if state == "fading":
        rows = rows.filter(Q(confirmed_at=None) | Q(confirmed_at__lt=fading), withdrawn_at=None)
    elif state == "withdrawn":
        rows = rows.filter(withdrawn_at__isnull=False)
    return rows.order_by(SORTS.get(request.GET.get("sort", ""), "confirmed_at"), "pk")


@lists("entry.edit")
def board(request: HttpRequest, rows: QuerySet[Service]) -> HttpResponse:
    fading = now() - timedelta(days=settings.ENTRY_FADES_AFTER_DAYS)
    found = _narrowed(rows.select_related("organization"), request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "waiting": waiting(request),
        "fading": rows.filter(Q(confirmed_at=None) | Q(confirmed_at__lt=fading), withdrawn_at=None).count(),
        "faded_before": fading,
        "q": typed(request.GET.get("q", ""), 60),
        "state": request.GET.get("state", ""),
        "sort": request.GET.get("sort", "confirmed"),
    }
    return page_or_part(request, "directory/staff/board.html", "entries", context)
