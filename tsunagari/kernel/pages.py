"""Pages: the four marks a view can wear, the actor of a request, and how a page or a part of it is rendered."""

import functools
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template import loader
from django.template.backends.utils import csrf_input_lazy
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from tsunagari.kernel import access, audit, rows
from tsunagari.kernel.access import PUBLIC, Actor

View = Callable[..., HttpResponseBase]
Mark = Literal["public", "lists", "reads", "writes", "sign_in"]


class ActorMiddleware:
    """Builds `request.actor` once; a public page without a session cookie never asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.build: Callable[[HttpRequest], Actor] = import_string(settings.ACTOR_BUILDER)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        request.actor = self.build(request) if has_session else PUBLIC  # type: ignore[attr-defined]
        with rows.seen_by(acting(request)):
            response = self.get_response(request)
        if has_session:
            # Attack: the next person at a shared computer presses "back" after somebody has signed out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, access.NotVisible):
            return not_found(request)
        if isinstance(error, access.Forbidden):
            return refused(request)
        if isinstance(error, audit.Unavailable):
            return broken(request, status=503)
        return None


def acting(request: HttpRequest) -> Actor:
    """The actor of this request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def render(
    request: HttpRequest, name: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render `app/page.html`, or only one block of it: `app/page.html#block` (what a swap replaces)."""
    file, _, block = name.partition("#")
    template = loader.get_template(file)
    if not block:
        return HttpResponse(template.render(context or {}, request), status=status)
    engine = import_string(settings.PAGE_CONTEXT)
    values = {**engine(request), "csrf_input": csrf_input_lazy(request), **(context or {}), "request": request}
    inner = template.template  # type: ignore[attr-defined]
    part = inner.new_context(values)
    return HttpResponse("".join(inner.blocks[block](part)), status=status)


def page_or_part(
    request: HttpRequest, name: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page for a browser, the one block for htmx: the same template either way."""
    wants_part = (
        request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"
    )
    response = render(request, f"{name}#{part}" if wants_part else name, context, status=status)
    response.headers["Vary"] = "HX-Request"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One page for hidden and absent alike, byte for byte; it helps the person on."""
    return render(request, "ui/404.html", status=404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read; the page helps on all the same."""
    return render(request, "ui/404.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person sees the thing but may not do this; the page says whom to ask."""
    return render(request, "ui/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form went stale (signed out in another tab, cookies off): say so, keep nothing."""
    return render(request, "ui/stale.html", status=403)


def broken(request: HttpRequest, *, status: int = 500) -> HttpResponse:
    """500, or 503 when a look could not be written down: no context is trusted here; the lines to call stand in it."""
    return HttpResponse(loader.get_template("ui/500.html").render({}), status=status)


def _marked(view: View, mark: Mark, rule: str | None) -> View:
    view.tsunagari_mark = mark  # type: ignore[attr-defined]
    view.tsunagari_rule = rule  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """A page for anyone. It reads only, answers GET and HEAD, and leaves no cookie."""

    @functools.wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        with access.reading_only():
            return view(request, *args, **kwargs)

    return _marked(csrf_exempt(door), "public", None)


def public_query(view: View) -> View:
    """Like `public`, for interfaces that also ask by POST (HSDS): it still only reads."""

    @functools.wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "POST", "OPTIONS"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        with access.reading_only():
            return view(request, *args, **kwargs)

    marked = _marked(csrf_exempt(door), "public", None)
    marked.tsunagari_methods = "GET POST"  # type: ignore[attr-defined]
    return marked


def sign_in_page(view: View) -> View:
    """A page of the sign-in library: it decides itself who the person is, before there is an actor to ask about.

    Worn by the addresses under `accounts/` only; a metatest holds that.
    """

    @functools.wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return _marked(door, "sign_in", None)


def _sign_in(request: HttpRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path())


def lists(rule: str) -> Callable[[View], View]:
    """A list: the view gets the rows the actor may see, as a queryset."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            actor = acting(request)
            found = access.rule_named(rule)
            if not actor.signed_in and not found.anonymous:
                return _sign_in(request)
            # Whom the rule allows no row at all has nothing to read, and leaves no line.
            if found.confidential and access.may_any(actor, rule):
                audit.record_reading(rule, by=actor)
            with access.reading_only():
                return view(request, access.visible(actor, rule), *args, **kwargs)

        return _marked(door, "lists", rule)

    return mark


def reads(rule: str) -> Callable[[View], View]:
    """One row: the view gets it, or the person gets the page for absent things."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def door(request: HttpRequest, pk: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            actor = acting(request)
            if not actor.signed_in and not access.rule_named(rule).anonymous:
                return _sign_in(request)
            row = access.find(actor, rule, pk=pk)
            access.require(actor, rule, row)
            access.note_look(actor, rule, row)
            with access.reading_only():
                return view(request, row, *args, **kwargs)

        return _marked(door, "reads", rule)

    return mark


def writes(rule: str) -> Callable[[View], View]:
    """An act: POST only; 404 when the row is hidden, 403 when the actor sees it but may not.

    Without `pk` in the address the row is not there yet: whom the rule allows nothing at all is refused here, and
    the action asks `require` on the parent.
    """

    def mark(view: View) -> View:
        @functools.wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            actor = acting(request)
            found = access.rule_named(rule)
            if found.anonymous:
                if not _from_our_own_page(request):
                    return csrf_failure(request)
            elif not actor.signed_in:
                return _sign_in(request)
            if "pk" in kwargs:
                return view(request, _row_to_write(actor, rule, kwargs.pop("pk")), *args, **kwargs)
            access.require_any(actor, rule)
            return view(request, *args, **kwargs)

        marked = _marked(door, "writes", rule)
        # An anonymous act carries no cookie, so there is no session to ride: the origin is checked instead.
        marked.csrf_exempt = _is_anonymous(rule)  # type: ignore[attr-defined]
        return marked

    return mark


def _row_to_write(actor: Actor, rule: str, pk: Any) -> Any:
    """The row she may do this to: one query for most clicks. Else 404 when it is hidden, 403 when she only sees it,
    and the row when the act has happened already."""
    row = access.allowed_row(actor, rule, pk=pk)
    if row is None:
        row = access.fetch(actor, rule, pk=pk)
        if not access.already(rule, row):
            access.require(actor, rule, row)
    return row


class _is_anonymous:
    """Truth decided when asked: policies are registered after views are imported in no fixed order."""

    def __init__(self, rule: str) -> None:
        self.rule = rule

    def __bool__(self) -> bool:
        return access.rule_named(self.rule).anonymous


def _from_our_own_page(request: HttpRequest) -> bool:
    """Attack: another site posts a form through a visitor's browser. Browsers name the origin, or the referrer."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if not origin:
        return True
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:  # such as http://[
        return False
