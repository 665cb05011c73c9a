"""The sender's pages for receivers without an account."""

from django.urls import path

from tsunagari.kernel.later import later

links = later("tsunagari.referrals.views.links")
paper = later("tsunagari.referrals.views.paper")

urlpatterns = [
    path("paper/", paper.typing, name="paper"),
    path("paper/answers/", paper.answers, name="paper_answers"),
    path("referrals/<uuid:pk>/paper/", paper.sheet, name="referral_paper"),
    path("referrals/<uuid:pk>/papers/", paper.papers, name="referral_papers"),
    path("referrals/<uuid:pk>/link/", links.made, name="referral_link"),
    path("referrals/<uuid:pk>/links/", links.links, name="referral_links"),
]
