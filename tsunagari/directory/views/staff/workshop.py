"""The workshop: lines, guide and readings as data that staff change and look at before others do."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tsunagari.directory.actions import workshop as making
from tsunagari.directory.actions.entries import Conflict
from tsunagari.directory.forms import workshop as forms
from tsunagari.directory.forms.typed import typed
from tsunagari.directory.models import GuideQuestion, GuideRule, Line, ReadingOverride
from tsunagari.directory.terms import Holidays
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, reads, render, writes


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _clash(request: HttpRequest, clash: Conflict, back: str) -> HttpResponse:
    """409: the page as it is now stands beside what was typed; sending again keeps what was typed."""
    fields = [(name, _flat(clash.theirs[name]), _flat(clash.yours[name])) for name in clash.theirs]
    hidden = [
        (k, v) for k in request.POST for v in request.POST.getlist(k) if k not in ("version", "csrfmiddlewaretoken")
    ]
    context = {
        "fields": [row for row in fields if row[1] != row[2]],
        "hidden": [*hidden, ("version", clash.thing.version)],
        "action": request.path,
        "back": back,
    }
    return render(request, "ui/409.html", context, status=409)


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {text}" for key, text in value.items())
    return str(value)


def _to(name: str, *args: Any) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=args) + "?done=saved")


@lists("line.edit")
def workshop(request: HttpRequest, lines: QuerySet[Line]) -> HttpResponse:
    actor = acting(request)
    context = {
        "lines": lines,
        "questions": access.visible(actor, "guide.edit").order_by("order", "code"),
        "mappings": access.visible(actor, "mapping.edit").order_by("code"),
    }
    return render(request, "directory/staff/workshop.html", context)


@reads("line.edit")
def line(request: HttpRequest, found: Line) -> HttpResponse:
    rules = found.opening if isinstance(found.opening, list) else []
    rows = [*rules, *[{} for _ in range(4)]][:4]
    context = {
        "line": found,
        "rows": rows,
        "days": forms.DAYS,
        "holidays": Holidays.choices,
        "languages": settings.LANGUAGES,
    }
    return render(request, "directory/staff/workshop_line.html", context | {"done": request.GET.get("done", "")})


@writes("line.edit")
def edit_line(request: HttpRequest, found: Line) -> HttpResponse:
    try:
        making.edit_line(found, values=forms.line(request.POST), version=_version(request), by=acting(request))
    except Conflict as clash:
        return _clash(request, clash, reverse("staff_line", args=[found.pk]))
    return _to("staff_line", found.pk)


@reads("guide.edit")
def question(request: HttpRequest, found: GuideQuestion) -> HttpResponse:
    context = {"question": found, "answers": found.answers.all(), "languages": settings.LANGUAGES}
    return render(request, "directory/staff/workshop_question.html", context | {"done": request.GET.get("done", "")})


@writes("guide.edit")
def edit_question(request: HttpRequest, found: GuideQuestion) -> HttpResponse:
    values, answers = forms.question(request.POST, [answer.code for answer in found.answers.all()])
    try:
        making.edit_question(found, values=values, answers=answers, version=_version(request), by=acting(request))
    except Conflict as clash:
        return _clash(request, clash, reverse("staff_guide_question", args=[found.pk]))
    return _to("staff_guide_question", found.pk)


@reads("mapping.edit")
def mapping(request: HttpRequest, found: GuideRule) -> HttpResponse:
    context = {"mapping": found, "languages": settings.LANGUAGES, "done": request.GET.get("done", "")}
    return render(request, "directory/staff/workshop_mapping.html", context)


@writes("mapping.edit")
def edit_mapping(request: HttpRequest, found: GuideRule) -> HttpResponse:
    try:
        making.edit_mapping(found, values=forms.mapping(request.POST), version=_version(request), by=acting(request))
    except Conflict as clash:
        return _clash(request, clash, reverse("staff_mapping", args=[found.pk]))
    return _to("staff_mapping", found.pk)


@lists("reading.correct")
def readings(request: HttpRequest, rows: QuerySet[ReadingOverride]) -> HttpResponse:
    return render(request, "directory/staff/workshop_readings.html", {"readings": rows.order_by("surface")})


@writes("reading.correct")
def correct(request: HttpRequest) -> HttpResponse:
    surface, reading = typed(request.POST.get("surface", ""), 64), typed(request.POST.get("reading", ""), 128)
    if surface and reading:
        making.correct_reading(surface=surface, reading=reading, by=acting(request))
    return _to("staff_readings")


@writes("reading.correct")
def remove(request: HttpRequest, found: ReadingOverride) -> HttpResponse:
    making.remove_reading(found, by=acting(request))
    return _to("staff_readings")
