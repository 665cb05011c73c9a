"""HSDS 3.1 over HTTP: documents leave as they were stored, wrapped in the paging envelope."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from tsunagari.directory.api import openapi, selecting, taxonomies
from tsunagari.directory.api.asking import Asked, BadRequest, asked
from tsunagari.directory.documents import dumps
from tsunagari.directory.models import HsdsDocument
from tsunagari.kernel.pages import public_query

VERSION = "3.1"


def hsds(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What every answer of the API has in common: open to all sites, mistakes explained as JSON."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except BadRequest as mistake:
            response = _json(dumps({"error": str(mistake)}), status=400)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        return response

    return public_query(answer)


def _json(body: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(body, content_type="application/json", status=status)


def _absent() -> HttpResponse:
    return _json('{"error":"not found"}', status=404)


@hsds
def root(request: HttpRequest) -> HttpResponse:
    base = request.build_absolute_uri("/hsds/")
    return _json(dumps({"version": VERSION, "profile": f"{base}profile", "openapi_url": f"{base}openapi.json"}))


@hsds
def profile(request: HttpRequest) -> HttpResponse:
    return _json(dumps(openapi.PROFILE))


@hsds
def description(request: HttpRequest) -> HttpResponse:
    return _json(dumps(openapi.document(request.build_absolute_uri("/hsds"))))


@hsds
def listing(request: HttpRequest, entity: str) -> HttpResponseBase:
    want = asked(request.GET)
    rows = selecting.documents(entity, want)
    if want.ndjson:
        lines = (f"{body}\n" for body in _bodies(entity, want, rows.iterator(chunk_size=500)))
        return StreamingHttpResponse(lines, content_type="application/x-ndjson")
    total = selecting.total(entity, want, rows)
    start = (want.page - 1) * want.per_page
    page = rows if want.minimal else rows[start : start + want.per_page]
    bodies = list(_bodies(entity, want, page))
    if want.minimal:
        return _json(envelope(bodies, total, 1, max(total, 1)))
    return _json(envelope(bodies, total, want.page, want.per_page))


def _bodies(entity: str, want: Asked, rows: Any) -> Iterator[str]:
    if want.minimal:
        for row in rows.values_list("object_id", "modified_at") if hasattr(rows, "values_list") else rows:
            yield dumps({"id": str(row[0]), "modified_date": row[1].isoformat()})
        return
    column = "full" if want.full or want.full_service else "summary"
    if entity == "organization" and want.full_service:
        for row in rows:
            yield _with_services(row.full, row.object_id)
    elif hasattr(rows, "values_list"):
        yield from rows.values_list(column, flat=True)
    else:
        yield from (getattr(row, column) for row in rows)


def _with_services(full: str, pk: UUID) -> str:
    services = HsdsDocument.objects.filter(entity="service", organization_id=pk).order_by("id")
    inner = ",".join(services.values_list("full", flat=True))
    return f'{full[:-1]},"services":[{inner}]}}' if inner else full


def envelope(bodies: list[str], total: int, page: int, per_page: int) -> str:
    """The Page object of HSDS around ready-made JSON texts."""
    pages = -(-total // per_page)
    head = dumps(
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": page,
            "size": len(bodies),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not bodies,
        }
    )
    return f'{head[:-1]},"contents":[{",".join(bodies)}]}}'


@hsds
def record(request: HttpRequest, entity: str, pk: UUID) -> HttpResponse:
    found = selecting.record(entity, pk)
    if found is None:
        return _absent()
    full, etag, changed = found
    wants_services = entity == "organization" and asked(request.GET).full_service
    response = _json(_with_services(full, pk) if wants_services else full)
    if not wants_services:
        response.headers["ETag"] = f'"{etag}"'
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


@hsds
def taxonomy_listing(request: HttpRequest, entity: str) -> HttpResponse:
    want = asked(request.GET)
    found = taxonomies.find(entity, want)
    start = (want.page - 1) * want.per_page
    return _json(
        envelope([dumps(d) for d in found[start : start + want.per_page]], len(found), want.page, want.per_page)
    )


@hsds
def taxonomy_record(request: HttpRequest, entity: str, pk: UUID) -> HttpResponse:
    found = taxonomies.one(entity, pk)
    return _json(dumps(found)) if found else _absent()
