"""The register of what could not be met, as a page and as a file."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from tsunagari.kernel.pages import lists, page_or_part
from tsunagari.referrals.models import UnmetNeed
from tsunagari.referrals.showing import unmet as showing


@lists("unmet_need.read")
def unmet(request: HttpRequest, rows: QuerySet[UnmetNeed]) -> HttpResponse:
    return page_or_part(request, "referrals/unmet.html", "found", showing.unmet_page(request, rows))


@lists("unmet_need.read")
def sheet(request: HttpRequest, rows: QuerySet[UnmetNeed]) -> HttpResponse:
    response = HttpResponse(showing.unmet_csv(request, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="unmet.csv"'
    return response
