"""The other side's pages: hello, and the same documents fetched by the driver with nothing around them."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

_PAGE = "SELECT \"full\" FROM directory_hsdsdocument WHERE entity = 'service' ORDER BY id LIMIT 20 OFFSET %s"


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>hello</title><p>hello")


def documents(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, [(int(request.GET.get("page", "1")) - 1) * 20])
        bodies = [row[0] for row in cursor.fetchall()]
    return HttpResponse(f"[{','.join(bodies)}]", content_type="application/json")


urlpatterns = [path("", hello), path("documents", documents)]
