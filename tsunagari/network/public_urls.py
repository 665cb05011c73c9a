"""Public pages of the network: the call for members, the application, the roster."""

from django.urls import path

from tsunagari.kernel.later import later

joining = later("tsunagari.network.views.joining")
roster = later("tsunagari.network.views.roster")

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/application/", joining.join_form, name="join_form"),
    path("join/applications/", joining.applications, name="join_applications"),
    path("join/received/<str:code>/", joining.receipt, name="join_receipt"),
    path("join/received/<str:code>/reply/", joining.reply, name="join_reply"),
    path("members/", roster.members, name="members"),
    path("members/roster.csv", roster.members_csv, name="members_csv"),
    path("members/roster.pdf", roster.members_pdf, name="members_pdf"),
]
