"""Addresses of the member zone."""

from django.urls import path

from tsunagari.network import views

urlpatterns = [
    path("", views.work, name="work"),
    path("acting-for/none/", views.no_choice, name="acting_for_all"),
    path("acting-for/<uuid:pk>/", views.choice, name="acting_for"),
    path("people/", views.people, name="people"),
    path("people/invitations/", views.invitations, name="people_invitations"),
    path("people/invitations/<uuid:pk>/withdrawal/", views.withdrawal, name="invitation_withdrawal"),
    path("people/postings/", views.postings, name="people_postings"),
    path("people/postings/<uuid:pk>/ending/", views.ending, name="posting_ending"),
    path("people/duties/<uuid:pk>/ending/", views.duty_ending, name="duty_ending"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/duties/", views.duties, name="person_duties"),
    path("people/<uuid:pk>/departure/", views.departure, name="person_departure"),
]
