"""How full each receiver is this month, and saying one's own limit."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tsunagari.directory.models import Organization
from tsunagari.kernel.pages import acting, lists, page_or_part, reads, render, writes
from tsunagari.referrals.actions.quotas import set_quota
from tsunagari.referrals.forms.quotas import QuotaForm
from tsunagari.referrals.models import Quota
from tsunagari.referrals.showing.load import load_page, own_load


@lists("organization.read_load")
def load(request: HttpRequest, rows: QuerySet[Organization]) -> HttpResponse:
    return page_or_part(request, "referrals/load.html", "found", load_page(request, rows))


def _own(request: HttpRequest, organization: Organization, form: QuotaForm, status: int = 200) -> HttpResponse:
    context = {
        "organization": organization,
        "load": own_load(organization),
        "form": form,
        "done": request.GET.get("done", ""),
    }
    return render(request, "referrals/load_own.html", context, status=status)


@reads("organization.set_quota")
def own(request: HttpRequest, organization: Organization) -> HttpResponse:
    said = Quota.objects.filter(pk=organization.pk).values("per_month", "paused_until").first()
    return _own(request, organization, QuotaForm(initial=dict(said or {})))


@writes("organization.set_quota")
def quota(request: HttpRequest, organization: Organization) -> HttpResponse:
    form = QuotaForm(request.POST)
    if not form.is_valid():
        return _own(request, organization, form, status=422)
    set_quota(organization, **form.cleaned_data, by=acting(request))
    return HttpResponseRedirect(f"{reverse('load_own', args=[organization.pk])}?done=saved")
