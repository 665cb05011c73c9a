"""What waits for an answer: voices that an entry is wrong, changes for a second pair of eyes, disagreeing lists."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tsunagari.directory.actions import keeping, reporting
from tsunagari.directory.forms.typed import typed
from tsunagari.directory.importing.labels import label
from tsunagari.directory.importing.settling import settle
from tsunagari.directory.models import ImportConflict, PendingChange, Report
from tsunagari.directory.terms import ChangeState, ConflictState
from tsunagari.kernel.pages import acting, lists, render, writes

SHOWN = 100


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name))


@lists("report.read")
def reports(request: HttpRequest, rows: QuerySet[Report]) -> HttpResponse:
    rows = rows.select_related("service", "service__organization")
    context = {
        "open": rows.filter(answered_at=None)[:SHOWN],
        "answered": rows.exclude(answered_at=None).order_by("-answered_at")[:20],
    }
    return render(request, "directory/staff/reports.html", context)


@writes("report.answer")
def answer(request: HttpRequest, report: Report) -> HttpResponse:
    words = typed(request.POST.get("answer", ""), 2000)
    if words:
        reporting.answer(report, text=words, by=acting(request))
    return _to("staff_reports")


@lists("change.read")
def changes(request: HttpRequest, rows: QuerySet[PendingChange]) -> HttpResponse:
    waiting = rows.filter(state=ChangeState.WAITING).select_related("service", "service__organization")
    return render(request, "directory/staff/changes.html", {"changes": waiting[:SHOWN]})


@writes("change.decide")
def acceptance(request: HttpRequest, change: PendingChange) -> HttpResponse:
    keeping.accept_change(change, by=acting(request))
    return _to("staff_changes")


@writes("change.decide")
def refusal(request: HttpRequest, change: PendingChange) -> HttpResponse:
    keeping.decline_change(change, by=acting(request))
    return _to("staff_changes")


@lists("conflict.read")
def conflicts(request: HttpRequest, rows: QuerySet[ImportConflict]) -> HttpResponse:
    waiting = rows.filter(state=ConflictState.OPEN).select_related("service", "organization", "batch")
    shown = [{"row": one, "label": label(one.field)} for one in waiting[:SHOWN]]
    return render(request, "directory/staff/conflicts.html", {"conflicts": shown})


@writes("conflict.decide")
def decision(request: HttpRequest, conflict: ImportConflict) -> HttpResponse:
    take = request.POST.get("keep") == "theirs"
    settle(conflict, take_theirs=take, by=acting(request))
    return _to("staff_conflicts")
