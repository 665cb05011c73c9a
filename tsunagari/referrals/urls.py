"""Addresses of the warm handover in the member zone, under /net/."""

from django.urls import path

from tsunagari.kernel.later import later

consents = later("tsunagari.referrals.views.consents")
load = later("tsunagari.referrals.views.load")
protection = later("tsunagari.referrals.views.protection")
referrals = later("tsunagari.referrals.views.referrals")
slips = later("tsunagari.referrals.views.slips")
unmet = later("tsunagari.referrals.views.unmet")

urlpatterns = [
    path("slips/", slips.slips_list, name="slips"),
    path("slips/new/", slips.new, name="slip_new"),
    path("slips/additions/", slips.additions, name="slip_additions"),
    path("slips/<uuid:pk>/", slips.slip, name="slip"),
    path("slips/<uuid:pk>/receipt/", slips.receipt, name="slip_receipt"),
    path("slips/<uuid:pk>/words/", slips.words, name="slip_words"),
    path("slips/<uuid:pk>/edit/", slips.edit, name="slip_edit"),
    path("slips/<uuid:pk>/naming/", slips.naming, name="slip_naming"),
    path("slips/<uuid:pk>/watch/", slips.watch, name="slip_watch"),
    path("slips/<uuid:pk>/resumption/", slips.resumption, name="slip_resumption"),
    path("slips/<uuid:pk>/closure/", slips.closure, name="slip_closure"),
    path("slips/<uuid:pk>/protection/", protection.protection, name="slip_protection"),
    path("slips/<uuid:pk>/unprotectings/", protection.unprotectings, name="slip_unprotecting"),
    path("slips/<uuid:pk>/places/", referrals.places, name="slip_places"),
    path("slips/<uuid:pk>/referrals/", referrals.additions, name="slip_referrals"),
    path("slips/<uuid:pk>/consents/<uuid:recipient>/", consents.matrix, name="consents"),
    path("slips/<uuid:pk>/consents/<uuid:recipient>/answers/", consents.answers, name="consent_answers"),
    path("slips/<uuid:pk>/consents/<uuid:recipient>/withdrawal/", consents.withdrawal, name="consent_withdrawal"),
    path("unprotectings/<uuid:pk>/", protection.unprotecting, name="unprotecting"),
    path("unprotectings/<uuid:pk>/lifting/", protection.lifting, name="unprotecting_lifting"),
    path("unprotectings/<uuid:pk>/objection/", protection.objection, name="unprotecting_objection"),
    path("contacts/<uuid:pk>/", slips.contact, name="contact"),
    path("contacts/<uuid:pk>/handover/", slips.handover, name="contact_handover"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:pk>/", referrals.referral, name="referral"),
    path("referrals/<uuid:pk>/sheet/", referrals.sheet, name="referral_sheet"),
    path("referrals/<uuid:pk>/room-question/", referrals.room_question, name="referral_room_question"),
    path("referrals/<uuid:pk>/room/", referrals.room, name="referral_room"),
    path("referrals/<uuid:pk>/sending/", referrals.sending, name="referral_sending"),
    path("referrals/<uuid:pk>/acceptance/", referrals.acceptance, name="referral_acceptance"),
    path("referrals/<uuid:pk>/refusal/", referrals.refusal, name="referral_refusal"),
    path("referrals/<uuid:pk>/withdrawal/", referrals.withdrawal, name="referral_withdrawal"),
    path("referrals/<uuid:pk>/meetings/", referrals.meetings, name="referral_meetings"),
    path("referrals/<uuid:pk>/arrival/", referrals.arrival, name="referral_arrival"),
    path("referrals/<uuid:pk>/return/", referrals.visit_again, name="referral_return"),
    path("referrals/<uuid:pk>/attempts/", referrals.attempts, name="referral_attempts"),
    path("referrals/<uuid:pk>/follow-ups/", referrals.follow_ups, name="referral_follow_ups"),
    path("referrals/<uuid:pk>/ending/", referrals.ending, name="referral_ending"),
    path("referrals/<uuid:pk>/handover/", referrals.handover, name="referral_handover"),
    path("meetings/<uuid:pk>/", referrals.meeting, name="meeting"),
    path("meetings/<uuid:pk>/telling/", referrals.telling, name="meeting_telling"),
    path("wipes/<uuid:pk>/answers/", referrals.wipe_answers, name="wipe_answers"),
    path("load/", load.load, name="load"),
    path("load/<uuid:pk>/", load.own, name="load_own"),
    path("load/<uuid:pk>/quota/", load.quota, name="load_quota"),
    path("unmet/", unmet.unmet, name="unmet"),
    path("unmet/list.csv", unmet.sheet, name="unmet_csv"),
]
