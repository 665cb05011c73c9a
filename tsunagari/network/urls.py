"""Addresses of the member zone."""

from django.urls import path

from tsunagari.kernel.later import later

applications = later("tsunagari.network.views.applications")
members = later("tsunagari.network.views.members")
notices = later("tsunagari.network.views.notices")
people = later("tsunagari.network.views.people")
work = later("tsunagari.network.views.work")

urlpatterns = [
    path("acting-for/none/", work.no_choice, name="acting_for_all"),
    path("acting-for/<uuid:pk>/", work.choice, name="acting_for"),
    path("notices/", notices.notices, name="notices"),
    path("notices/reading/", notices.reading, name="notices_reading"),
    path("notices/people/<uuid:pk>/", notices.choice, name="notices_choice"),
    path("notices/members/<uuid:pk>/", notices.our_choice, name="notices_our_choice"),
    path("people/", people.people, name="people"),
    path("people/invitations/", people.invitations, name="people_invitations"),
    path("people/invitations/<uuid:pk>/withdrawal/", people.withdrawal, name="invitation_withdrawal"),
    path("people/postings/", people.postings, name="people_postings"),
    path("people/postings/<uuid:pk>/ending/", people.ending, name="posting_ending"),
    path("people/postings/<uuid:pk>/substitute/", people.substitute, name="posting_substitute"),
    path("people/duties/<uuid:pk>/ending/", people.duty_ending, name="duty_ending"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/duties/", people.duties, name="person_duties"),
    path("people/<uuid:pk>/leaving/", people.leaving, name="person_leaving"),
    path("people/<uuid:pk>/departure/", people.departure, name="person_departure"),
    path("members/", members.members, name="net_members"),
    path("members/additions/", members.additions, name="net_member_additions"),
    path("members/<uuid:pk>/", members.member, name="net_member"),
    path("members/<uuid:pk>/change/", members.change, name="net_member_change"),
    path("members/<uuid:pk>/leaving/", members.leaving, name="net_member_leaving"),
    path("members/<uuid:pk>/return/", members.coming_back, name="net_member_return"),
    path("applications/", applications.applications, name="net_applications"),
    path("applications/admissions/", applications.admissions, name="net_admissions"),
    path("applications/refusals/", applications.refusals, name="net_refusals"),
    path("applications/<uuid:pk>/", applications.application, name="net_application"),
    path("applications/<uuid:pk>/question/", applications.question, name="net_application_question"),
    path("applications/<uuid:pk>/admission/", applications.admission, name="net_application_admission"),
    path("applications/<uuid:pk>/refusal/", applications.refusal, name="net_application_refusal"),
    path("joining/", applications.rules, name="net_joining_rules"),
    path("joining/criteria/", applications.criteria, name="net_criteria"),
    path("joining/terms/", applications.terms, name="net_terms"),
]
