"""Addresses of my work today."""

from django.urls import path

from tsunagari.kernel.later import later

views = later("tsunagari.home.views")

urlpatterns = [
    path("", views.work, name="work"),
]
