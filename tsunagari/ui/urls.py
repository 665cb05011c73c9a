"""Pages about the site itself."""

from django.urls import path

from tsunagari.kernel.later import later

views = later("tsunagari.ui.views")

urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
