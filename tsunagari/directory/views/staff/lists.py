"""Lists in and out in the browser: choose a file, look at what it would do, take it in; and everything out again."""

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tsunagari.directory.actions.handing_over import hand_over
from tsunagari.directory.exporting.downloads import download
from tsunagari.directory.forms.typed import typed
from tsunagari.directory.importing import waiting_room
from tsunagari.directory.importing.applying import apply
from tsunagari.directory.importing.command import source_of
from tsunagari.directory.importing.hsds import PackagePlan, apply_package, preview_package
from tsunagari.directory.importing.labels import label, table_label
from tsunagari.directory.importing.mapping import mapping_for, remember, require_name
from tsunagari.directory.importing.planning import Plan
from tsunagari.directory.importing.planning import preview as planned
from tsunagari.directory.models import ImportBatch
from tsunagari.directory.sheets.headings import HEADINGS
from tsunagari.directory.sheets.reading import read
from tsunagari.directory.sheets.sheet import MAX_FILE_BYTES, Sheet, SheetError
from tsunagari.directory.terms import ImportKind
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting, lists, reads, render, writes

SHOWN = 50


@lists("list.take_in")
def lists_page(request: HttpRequest, batches: QuerySet[ImportBatch]) -> HttpResponse:
    return _page(request, batches)


def _page(request: HttpRequest, batches: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "batches": batches[:20], "kinds": ImportKind.choices, "error": None, "kind": "places",
        "may_hand_over": access.may_any(acting(request), "list.hand_over"),
    } | more  # fmt: skip
    return render(request, "directory/staff/lists.html", context, status=status)


def _refused(request: HttpRequest, error: SheetError) -> HttpResponse:
    batches = access.visible(acting(request), "list.read")
    return _page(request, batches, status=422, error=error.message, kind=request.POST.get("kind", "places"))


def _kind(request: HttpRequest) -> ImportKind:
    text = request.POST.get("kind", "")
    if text not in ImportKind.values:
        raise SheetError("kind", _("リストの種類を選んでください。"))
    return ImportKind(text)


def _word(request: HttpRequest) -> str:
    """The word of the file: of the one just sent, or of the one sent before."""
    account = acting(request).who
    sent = request.FILES.get("file")
    if sent is None:
        return request.POST.get("word", "")
    if (sent.size or 0) > MAX_FILE_BYTES:
        raise SheetError("size", _("ファイルが大きすぎます。64MBより小さく分けてください。"))
    return waiting_room.keep(sent.read(), account=account)


def _chosen(request: HttpRequest, sheet: Sheet, kind: ImportKind) -> dict[str, int]:
    """Staff's own choice of columns where they made one, else what is remembered or recognised."""
    if "mapped" not in request.POST:
        return mapping_for(kind, sheet)
    picks = {at: request.POST.get(f"column-{at}", "") for at in range(len(sheet.columns))}
    return {field: at for at, field in picks.items() if field in HEADINGS}


def _plan(request: HttpRequest, word: str) -> tuple[Plan, Sheet, dict[str, int], Path]:
    path = waiting_room.find(word, account=acting(request).who)
    kind, sheet = _kind(request), read(path)
    mapping = _chosen(request, sheet, kind)
    require_name(sheet, mapping)
    name = typed(request.POST.get("name", ""), 200) or getattr(request.FILES.get("file"), "name", "") or ""
    source = typed(request.POST.get("source", ""), 200) or source_of(Path(name))
    plan = planned(kind, sheet, mapping, source=source)
    plan.file_name, plan.file_hash = name, hashlib.sha256(path.read_bytes()).hexdigest()
    return plan, sheet, mapping, path


@writes("list.take_in")
def preview(request: HttpRequest) -> HttpResponse:
    access.require_any(acting(request), "list.take_in")
    try:
        word = _word(request)
        if _kind(request) == ImportKind.HSDS:
            return _package_page(request, word)
        plan, sheet, mapping, _path = _plan(request, word)
    except SheetError as error:
        return _refused(request, error)
    fields = {at: field for field, at in mapping.items()}
    context = {
        "plan": plan, "sheet": sheet, "word": word, "fields": fields, "choices": _choices(),
        "rows": plan.entries[:SHOWN], "rejects": plan.rejects[:SHOWN], "sample": sheet.rows[:3],
    }  # fmt: skip
    return render(request, "directory/staff/preview.html", context)


def _choices() -> list[tuple[str, str]]:
    return [("", _("使わない")), *((field, headings[0]) for field, headings in HEADINGS.items() if field != "ignored")]


def _package(request: HttpRequest, word: str) -> tuple[PackagePlan, Path]:
    """An HSDS package names its own columns: nothing to map, it is checked and taken in as a whole."""
    path = waiting_room.find(word, account=acting(request).who)
    name = typed(request.POST.get("name", ""), 200) or getattr(request.FILES.get("file"), "name", "") or "HSDS"
    plan = preview_package(path, source=typed(request.POST.get("source", ""), 200) or source_of(Path(name)))
    plan.file_name = name
    return plan, path


def _package_page(request: HttpRequest, word: str) -> HttpResponse:
    plan, _path = _package(request, word)
    tables = [{**row, "label": table_label(row["entity"])} for row in plan.tables]
    moving = [one for one in tables if any(one[n] for n in ("new", "changed", "removed", "rejected", "conflicts"))]
    context = {
        "plan": plan, "word": word, "tables": moving, "still": [one["label"] for one in tables if one not in moving],
        "rejects": [(table_label(entity), one) for entity, one in plan.rejects[:SHOWN]],
        "conflicts": [(label(name), ours, theirs) for _e, _pk, name, ours, theirs in plan.difference.conflicts[:SHOWN]],
        "rows": plan.named(SHOWN),
    }  # fmt: skip
    return render(request, "directory/staff/preview_package.html", context)


@writes("list.take_in")
def take_in(request: HttpRequest) -> HttpResponse:
    actor, word = acting(request), request.POST.get("word", "")
    access.require_any(actor, "list.take_in")
    batch_id = waiting_room.batch_of(word, account=actor.who)
    if not access.visible(actor, "list.read").filter(pk=batch_id).exists():
        try:
            _take(request, word, batch_id)
        except SheetError as error:
            return _refused(request, error)
    return HttpResponseRedirect(reverse("staff_batch", args=[batch_id]))


def _take(request: HttpRequest, word: str, batch_id: UUID) -> None:
    """Take the waiting file in under an id made from its word: pressed twice, it is one batch."""
    if _kind(request) == ImportKind.HSDS:
        package, path = _package(request, word)
        package.batch_id = batch_id
        apply_package(package, by=acting(request))
        path.unlink(missing_ok=True)
        return
    plan, sheet, mapping, path = _plan(request, word)
    plan.batch_id = batch_id
    apply(plan, by=acting(request))
    remember(plan.kind, sheet, mapping=mapping, by=acting(request))
    path.unlink(missing_ok=True)


@reads("list.read")
def batch(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    return render(request, "directory/staff/batch.html", {"batch": found})


@lists("list.take_in")
def export(request: HttpRequest, batches: QuerySet[ImportBatch]) -> HttpResponse:
    access.require_any(acting(request), "list.take_in")
    return _file(*download(request.GET.get("kind", "places"), request.GET.get("form", "csv")))


@writes("list.hand_over")
def moving(request: HttpRequest) -> HttpResponse:
    kind, form = request.POST.get("kind", ""), request.POST.get("form", "")
    return _file(*hand_over(kind=kind, form=form, by=acting(request)))


def _file(name: str, kind_of_file: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=kind_of_file)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
