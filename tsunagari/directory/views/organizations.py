"""Who offers what: organisations and everything they keep in the directory."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tsunagari.directory.forms.typed import typed, whole
from tsunagari.directory.showing import organizations as showing
from tsunagari.kernel.pages import page_or_part, public, render


@public
def organizations(request: HttpRequest) -> HttpResponse:
    sector, pages = typed(request.GET.get("sector", ""), 16), whole(request.GET.get("page", ""), 1, 100) or 1
    return page_or_part(request, "directory/organizations.html", "results", showing.listed(sector, pages))


@public
def organization(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "directory/organization.html", {"page": showing.organization_page(pk)})
