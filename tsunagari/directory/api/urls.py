"""/hsds/: the addresses the specification names."""

from django.urls import path

from tsunagari.kernel.later import later

views = later("tsunagari.directory.api.views")

_ENTITIES = {"services": "service", "organizations": "organization", "service_at_locations": "service_at_location"}
_WORDS = {"taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term"}

urlpatterns = [
    path("", views.root, name="hsds"),
    path("profile", views.profile, name="hsds_profile"),
    path("openapi.json", views.description, name="hsds_openapi"),
]
for _name, _entity in _ENTITIES.items():
    urlpatterns += [
        path(_name, views.listing, {"entity": _entity}, name=f"hsds_{_name}"),
        path(f"{_name}/<uuid:pk>", views.record, {"entity": _entity}, name=f"hsds_{_entity}"),
    ]
for _name, _entity in _WORDS.items():
    urlpatterns += [
        path(_name, views.taxonomy_listing, {"entity": _entity}, name=f"hsds_{_name}"),
        path(f"{_name}/<uuid:pk>", views.taxonomy_record, {"entity": _entity}, name=f"hsds_{_entity}"),
    ]
