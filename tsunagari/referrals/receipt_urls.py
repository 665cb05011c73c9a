"""Pages without an account: the person's own, and those of receivers with a link."""

from django.urls import path

from tsunagari.kernel.later import later

links = later("tsunagari.referrals.views.links")
receipt = later("tsunagari.referrals.views.receipt")

urlpatterns = [
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/page/", receipt.page, name="receipt_page"),
    path("receipt/switches/withdrawal/", receipt.switch_withdrawal, name="receipt_switch_withdrawal"),
    path("receipt/referrals/withdrawal/", receipt.referral_withdrawal, name="receipt_referral_withdrawal"),
    path("receipt/answers/", receipt.answer, name="receipt_answer"),
    path("receipt/consent/", receipt.consent, name="receipt_consent"),
    path("link/<str:token>/", links.link, name="receiver_link"),
    path("link/<str:token>/opening/", links.opening, name="receiver_link_opening"),
    path("link/<str:token>/answers/", links.answers, name="receiver_link_answers"),
]
