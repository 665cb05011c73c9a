"""What is on today and this week."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tsunagari.directory.forms.days import MOST_PAGES, Days
from tsunagari.directory.showing import dates
from tsunagari.directory.showing.areas import areas
from tsunagari.kernel.pages import page_or_part, public


@public
def activities(request: HttpRequest) -> HttpResponse:
    days = Days.read(request.GET.dict())
    rows = dates.narrowed(dates.coming(days.first, days.last), area=days.area, free=days.free)
    found, total = dates.happenings(rows, days.pages * dates.PAGE), rows.count()
    context = {
        "shown": len(found),
        "total": total,
        "next_page": days.pages + 1 if total > len(found) and days.pages < MOST_PAGES else None,
        "days": days,
        "by_day": dates.by_day(found),
        "areas": [("", _("どこでも")), *((name, name) for name in areas())],
        "feed": reverse("feed_activities"),
    }
    return page_or_part(request, "directory/activities.html", "results", context)
