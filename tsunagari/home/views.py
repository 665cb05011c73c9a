"""My work today, and the whole town at a glance for who untangles what got stuck."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from tsunagari.home.showing.work import work_page
from tsunagari.kernel.pages import lists, render
from tsunagari.referrals.models import Slip


@lists("slip.read")
def work(request: HttpRequest, slips: QuerySet[Slip]) -> HttpResponse:
    return render(request, "home/work.html", work_page(request, slips))
