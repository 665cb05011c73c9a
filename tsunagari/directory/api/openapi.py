"""The OpenAPI description of the HSDS API, generated from the same table of fields that makes the documents."""

from typing import Any

from tsunagari.directory.documents.shapes import FIELDS

PROFILE = {
    "name": "Tsunagari",
    "version": "3.1",
    "description": "HSDS 3.1 without extensions. Empty fields are left out, never null. Hidden addresses do not leave.",
}
_PATHS = {
    "services": "service", "organizations": "organization", "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term",
}  # fmt: skip
_STRING, _NUMBER, _FLAG = {"type": "string"}, {"type": "integer", "minimum": 1}, {"type": "boolean"}
_UUID = {"type": "string", "format": "uuid"}
_PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "search": (_STRING, "Words that must all stand in the name, the description or the organisation's name."),
    "page": (_NUMBER, "Which page, from 1."),
    "per_page": ({**_NUMBER, "maximum": 500}, "Records on a page (20; at most 500)."),
    "format": ({"type": "string", "enum": ["json", "ndjson"]}, "ndjson streams every record, one a line."),
    "taxonomy_term_id": (_UUID, "Tagged with this term."),
    "taxonomy_id": (_UUID, "Tagged with any term of this taxonomy."),
    "organization_id": (_UUID, "Offered by this organisation."),
    "modified_after": ({"type": "string", "format": "date-time"}, "Changed at or after this moment."),
    "minimal": (_FLAG, "Only id and modified_date, all in one answer."),
    "full": (_FLAG, "Records with everything nested."),
    "full_service": (_FLAG, "Organisations with their services in full."),
    "postcode": (_STRING, "Seven digits: serving this postcode, or near it with `proximity`."),
    "proximity": (_STRING, "Metres around the middle of the postcode."),
    "top_only": (_FLAG, "Only terms without a parent."),
    "parent_id": (_UUID, "Terms under this one."),
}
_COMMON = ("search", "page", "per_page", "format")
_ASKS = {
    "services": (
        *_COMMON, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "minimal", "full",
    ),
    "organizations": (*_COMMON, "full_service", "full", "taxonomy_term_id", "taxonomy_id"),
    "service_at_locations": (
        *_COMMON, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full",
        "postcode", "proximity",
    ),
    "taxonomies": _COMMON,
    "taxonomy_terms": (*_COMMON, "taxonomy_id", "top_only", "parent_id"),
}  # fmt: skip
_NUMBERS = {
    "latitude", "longitude", "minimum_age", "maximum_age", "year_incorporated", "available", "maximum", "amount",
    "extension", "timezone", "count", "interval",
}  # fmt: skip


def _schema(entity: str) -> dict[str, Any]:
    fields = {name: {"type": "number" if name in _NUMBERS else "string"} for name in FIELDS[entity]}
    return {"type": "object", "required": ["id"], "properties": fields}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    mistake = {"type": "object", "properties": {"error": {"type": "string"}}}
    return {
        "200": {"description": "OK", "content": {"application/json": {"schema": schema}}},
        "400": {"description": "Explained", "content": {"application/json": {"schema": mistake}}},
    }


def _page(entity: str) -> dict[str, Any]:
    numbers = {name: {"type": "integer"} for name in ("total_items", "total_pages", "page_number", "size")}
    flags = {name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")}
    contents = {"type": "array", "items": {"$ref": f"#/components/schemas/{entity}"}}
    return {"type": "object", "properties": {**numbers, **flags, "contents": contents}}


def document(base: str) -> dict[str, Any]:
    """OpenAPI 3.1 for the API that answers at `base`."""
    paths: dict[str, Any] = {}
    for name, entity in _PATHS.items():
        asks = [
            {"name": p, "in": "query", "required": False, "schema": _PARAMETERS[p][0], "description": _PARAMETERS[p][1]}
            for p in _ASKS[name]
        ]
        ndjson = {"application/x-ndjson": {"schema": {"type": "string"}}}
        listing = _answer(_page(entity))
        listing["200"]["content"] |= ndjson if name not in ("taxonomies", "taxonomy_terms") else {}
        paths[f"/{name}"] = {
            verb: {"operationId": f"{verb}_{name}", "parameters": asks, "responses": listing}
            for verb in ("get", "post")
        }
        pk = {"name": "id", "in": "path", "required": True, "schema": _UUID}
        one = _answer({"$ref": f"#/components/schemas/{entity}"}) | {"404": {"description": "Not here"}}
        paths[f"/{name}/{{id}}"] = {"get": {"operationId": f"get_{entity}", "parameters": [pk], "responses": one}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tsunagari HSDS API", "version": "3.1", "description": PROFILE["description"]},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": {entity: _schema(entity) for entity in FIELDS}},
    }
