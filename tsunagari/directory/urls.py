"""Public pages of the directory, one address per noun."""

from django.urls import path, re_path

from tsunagari.kernel.later import later

activities = later("tsunagari.directory.views.activities")
elsewhere = later("tsunagari.directory.views.elsewhere")
find = later("tsunagari.directory.views.find")
front = later("tsunagari.directory.views.front")
guide = later("tsunagari.directory.views.guide")
keep = later("tsunagari.directory.views.keep")
lines = later("tsunagari.directory.views.lines")
organizations = later("tsunagari.directory.views.organizations")
places = later("tsunagari.directory.views.places")
reports = later("tsunagari.directory.views.reports")

urlpatterns = [
    path("", front.front, name="front"),
    path("find/", find.find, name="find"),
    path("guide/", guide.guide, name="guide"),
    path("lines/", lines.lines, name="lines"),
    path("consult/", lines.consult, name="consult"),
    path("activities/", activities.activities, name="activities"),
    path("places/<uuid:pk>/", places.place, name="place"),
    path("places/<uuid:pk>/slip/", places.slip, name="place_slip"),
    path("places/<uuid:pk>/report/", reports.report_form, name="place_report"),
    path("places/<uuid:pk>/reports/", reports.reports, name="place_reports"),
    path("reports/<str:code>/", reports.report, name="report"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/<uuid:pk>/", organizations.organization, name="organization"),
    path("keep/<str:token>/", keep.keep, name="keep"),
    path("keep/<str:token>/confirmation/", keep.confirmation, name="keep_confirmation"),
    path("keep/<str:token>/dates/", keep.date_confirmation, name="keep_dates"),
    path("keep/<str:token>/proposal/", keep.proposal, name="keep_proposal"),
    re_path(r"^(?P<code>[A-Za-z]{2,4}(?:[-_][A-Za-z]{2,8})?)/(?P<rest>.*)$", elsewhere.other_language),
]
