"""Addresses of my work today and of the town at a glance."""

from django.urls import path

from tsunagari.kernel.later import later

views = later("tsunagari.home.views")

urlpatterns = [
    path("", views.work, name="work"),
    path("town/", views.whole_town, name="town"),
    path("town/referrals/<uuid:pk>/", views.referral, name="town_referral"),
    path("town/referrals/<uuid:pk>/holder/", views.referral_holder, name="town_referral_holder"),
    path("town/contacts/<uuid:pk>/", views.contact, name="town_contact"),
    path("town/contacts/<uuid:pk>/holder/", views.contact_holder, name="town_contact_holder"),
]
