"""Addresses without a language, for machines: watchers, crawlers, calendars, other directories."""

from django.urls import include, path

from tsunagari.kernel.later import later

hsds = later("tsunagari.directory.api.views")
feeds = later("tsunagari.directory.views.feeds")
health = later("tsunagari.directory.views.health")

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("feeds/activities.ics", feeds.activities, name="feed_activities"),
    path("feeds/<uuid:pk>.ics", feeds.entry, name="feed_entry"),
    path("api/openapi.json", hsds.description, name="openapi"),
    path("hsds/", include("tsunagari.directory.api.urls")),
]
