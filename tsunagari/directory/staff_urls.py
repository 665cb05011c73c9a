"""Addresses of the member zone in which the directory is looked after, under /net/."""

from django.urls import path

from tsunagari.kernel.later import later

board = later("tsunagari.directory.views.staff.board")
entry = later("tsunagari.directory.views.staff.entry")
lists = later("tsunagari.directory.views.staff.lists")
organizations = later("tsunagari.directory.views.staff.organizations")
parts = later("tsunagari.directory.views.staff.parts")
waiting = later("tsunagari.directory.views.staff.waiting")
workshop = later("tsunagari.directory.views.staff.workshop")

urlpatterns = [
    path("entries/", board.board, name="staff_entries"),
    path("entries/new/", entry.new_entry, name="staff_new_entry"),
    path("entries/additions/", entry.new_entries, name="staff_new_entries"),
    path("entries/<uuid:pk>/", entry.entry, name="staff_entry"),
    path("entries/<uuid:pk>/edit/", entry.edit, name="staff_edit"),
    path("entries/<uuid:pk>/visit/", entry.visit, name="staff_visit"),
    path("entries/<uuid:pk>/confirmation/", entry.confirmation, name="staff_confirmation"),
    path("entries/<uuid:pk>/withdrawal/", entry.withdrawal, name="staff_withdrawal"),
    path("entries/<uuid:pk>/restoration/", entry.restoration, name="staff_restoration"),
    path("entries/<uuid:pk>/keepers/", entry.keepers, name="staff_keepers"),
    path("entries/<uuid:pk>/dates/", parts.date_states, name="staff_dates"),
    path("entries/<uuid:pk>/dates/additions/", parts.new_dates, name="staff_new_dates"),
    path("entries/<uuid:pk>/phones/", parts.phones, name="staff_phones"),
    path("entries/<uuid:pk>/places/", parts.place, name="staff_place"),
    path("entries/<uuid:pk>/tags/", parts.tags, name="staff_tags"),
    path("entries/<uuid:pk>/texts/", parts.text, name="staff_text"),
    path("keepers/<uuid:pk>/question/", entry.question, name="staff_question"),
    path("keepers/<uuid:pk>/ending/", entry.ending, name="staff_ending"),
    path("organizations/", organizations.organizations, name="staff_organizations"),
    path("organizations/new/", organizations.new_organization, name="staff_new_organization"),
    path("organizations/additions/", organizations.new_organizations, name="staff_new_organizations"),
    path("organizations/<uuid:pk>/", organizations.organization, name="staff_organization"),
    path("organizations/<uuid:pk>/edit/", organizations.edit, name="staff_edit_organization"),
    path("organizations/<uuid:pk>/phones/", organizations.phones, name="staff_organization_phones"),
    path("organizations/<uuid:pk>/places/", organizations.place, name="staff_organization_place"),
    path("reports/", waiting.reports, name="staff_reports"),
    path("reports/<uuid:pk>/answer/", waiting.answer, name="staff_answer"),
    path("changes/", waiting.changes, name="staff_changes"),
    path("changes/<uuid:pk>/acceptance/", waiting.acceptance, name="staff_acceptance"),
    path("changes/<uuid:pk>/refusal/", waiting.refusal, name="staff_refusal"),
    path("conflicts/", waiting.conflicts, name="staff_conflicts"),
    path("conflicts/<uuid:pk>/decision/", waiting.decision, name="staff_decision"),
    path("lists/", lists.lists_page, name="staff_lists"),
    path("lists/preview/", lists.preview, name="staff_preview"),
    path("lists/take-in/", lists.take_in, name="staff_take_in"),
    path("lists/<uuid:pk>/", lists.batch, name="staff_batch"),
    path("lists/export/", lists.export, name="staff_export"),
    path("lists/moving/", lists.moving, name="staff_moving"),
    path("workshop/", workshop.workshop, name="staff_workshop"),
    path("workshop/lines/<uuid:pk>/", workshop.line, name="staff_line"),
    path("workshop/lines/<uuid:pk>/edit/", workshop.edit_line, name="staff_edit_line"),
    path("workshop/guide/<int:pk>/", workshop.question, name="staff_guide_question"),
    path("workshop/guide/<int:pk>/edit/", workshop.edit_question, name="staff_edit_question"),
    path("workshop/mappings/<int:pk>/", workshop.mapping, name="staff_mapping"),
    path("workshop/mappings/<int:pk>/edit/", workshop.edit_mapping, name="staff_edit_mapping"),
    path("workshop/readings/", workshop.readings, name="staff_readings"),
    path("workshop/readings/additions/", workshop.correct, name="staff_correct"),
    path("workshop/readings/<int:pk>/removal/", workshop.remove, name="staff_remove_reading"),
]
