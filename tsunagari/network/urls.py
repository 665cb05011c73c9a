"""Addresses of the member zone."""

from django.urls import path

from tsunagari.kernel.later import later

people = later("tsunagari.network.views.people")
work = later("tsunagari.network.views.work")

urlpatterns = [
    path("", work.work, name="work"),
    path("acting-for/none/", work.no_choice, name="acting_for_all"),
    path("acting-for/<uuid:pk>/", work.choice, name="acting_for"),
    path("people/", people.people, name="people"),
    path("people/invitations/", people.invitations, name="people_invitations"),
    path("people/invitations/<uuid:pk>/withdrawal/", people.withdrawal, name="invitation_withdrawal"),
    path("people/postings/", people.postings, name="people_postings"),
    path("people/postings/<uuid:pk>/ending/", people.ending, name="posting_ending"),
    path("people/duties/<uuid:pk>/ending/", people.duty_ending, name="duty_ending"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/duties/", people.duties, name="person_duties"),
    path("people/<uuid:pk>/departure/", people.departure, name="person_departure"),
]
