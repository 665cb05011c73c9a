"""「情報がちがう」: say so without a name, and read the answer with a code."""

import secrets
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tsunagari.directory.actions import reporting
from tsunagari.directory.forms.reporting import ReportForm
from tsunagari.directory.models import Service
from tsunagari.directory.showing.entry import find_entry
from tsunagari.directory.terms import ReportKind
from tsunagari.directory.views.quiet import quiet
from tsunagari.kernel.pages import acting, not_found, public, render, writes


@public
@quiet
def report_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form. It carries a key of its own, so that sending twice is sending once; no cookie."""
    return _form(request, find_entry(pk), ReportForm("", "", secrets.token_urlsafe(24)))


def _form(request: HttpRequest, service: Service, form: ReportForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"service": service, "form": form, "kinds": ReportKind.choices}
    response = render(request, "directory/report.html", context, status=status)
    # With "no-referrer" older browsers send this form with `Origin: null`, which our own door would refuse.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@writes("entry.report")
@quiet
def reports(request: HttpRequest, service: Service) -> HttpResponse:
    form = ReportForm.read({name: request.POST.get(name, "") for name in ("kind", "text", "key")})
    if form.errors:
        return _form(request, service, form.with_key(secrets.token_urlsafe(24)), status=422)
    try:
        _report, code = reporting.send(service, kind=form.kind, text=form.text, key=form.key, by=acting(request))
    except reporting.Flooded:
        return render(request, "directory/report_flooded.html", {"service": service}, status=429)
    return HttpResponseRedirect(reverse("report", args=[code]))


@public
@quiet
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The answer, for whoever holds the code."""
    found = reporting.of_code(code)
    if found is None:
        return not_found(request)
    return render(request, "directory/report_answer.html", {"report": found, "code": code})
