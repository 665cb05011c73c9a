"""Taxonomies and their terms for the API: few rows, composed when asked."""

import unicodedata
from typing import Any
from uuid import UUID

from tsunagari.directory.api.asking import Asked
from tsunagari.directory.documents.rows import all_terms
from tsunagari.directory.documents.shapes import FIELDS, shown
from tsunagari.directory.models import Taxonomy


def _all(entity: str) -> list[dict[str, Any]]:
    if entity == "taxonomy":
        return [shown("taxonomy", row) for row in Taxonomy.objects.order_by("code").values(*FIELDS["taxonomy"])]
    return sorted(all_terms().values(), key=lambda term: (term["taxonomy_id"], term.get("code", ""), term["id"]))


def find(entity: str, want: Asked) -> list[dict[str, Any]]:
    """Every taxonomy (or term) that fulfils all that was asked."""
    found = _all(entity)
    if want.taxonomy_id:
        found = [d for d in found if d.get("taxonomy_id", d["id"]) == str(want.taxonomy_id)]
    if want.parent_id:
        found = [d for d in found if d.get("parent_id") == str(want.parent_id)]
    if want.top_only:
        found = [d for d in found if "parent_id" not in d]
    for word in unicodedata.normalize("NFKC", want.search).casefold().split():
        found = [d for d in found if word in f"{d['name']} {d['description']}".casefold()]
    return found


def one(entity: str, pk: UUID) -> dict[str, Any] | None:
    """This taxonomy or term, or None."""
    return next((d for d in _all(entity) if d["id"] == str(pk)), None)
