"""The directory as an HSDS package: one CSV per object in a zip, with a datapackage.json that names them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tsunagari.directory import models as models_
from tsunagari.directory.exporting.files import safe
from tsunagari.directory.exporting.tables import MODELS, as_text, columns

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes


def package(*, hidden: bool = False) -> bytes:
    """Everything that is not withdrawn. `hidden`: with the addresses that are never shown, for handing the directory
    over; without it a hidden place says exactly what the public API says of it."""
    kept = _Kept(hidden)
    out = io.BytesIO()
    names = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entity in MODELS:
            text = _csv(entity, kept)
            if text is not None:
                names.append(entity)
                archive.writestr(zipfile.ZipInfo(f"{entity}.csv", _MOMENT), text, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("datapackage.json", _MOMENT), _description(names), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _description(names: list[str]) -> str:
    resources = [
        {"name": name, "path": f"{name}.csv", "schema": {"fields": [{"name": column} for column in columns(name)]}}
        for name in names
    ]
    found = {"name": "hsds", "profile": "tabular-data-package", "hsds_version": "3.1", "resources": resources}
    return json.dumps(found, ensure_ascii=False, indent=1)


def _csv(entity: str, kept: "_Kept") -> str | None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns(entity))
    count = 0
    for row in _rows(entity):
        if kept.keeps(entity, row):
            writer.writerow([safe(as_text(row[name])) for name in columns(entity)])
            count += 1
    return out.getvalue() if count else None


def _rows(entity: str) -> Iterator[dict[str, Any]]:
    order: tuple[str, ...] = ("pk",)
    if entity == "closure":
        order = ("service_id", "kind", "rule", "opens_at", "note")
    if entity == "service_text":
        order = ("service_id", "language")
    found: Iterator[dict[str, Any]] = (
        MODELS[entity]._default_manager.order_by(*order).values(*columns(entity)).iterator(chunk_size=2000)
    )
    return found


# All that leaves of a location whose address is hidden; its area stands in for its name.
_SAID_OF_HIDDEN = frozenset({"id", "location_type", "area", "address_hidden"})


class _Kept:
    """Which rows leave: nothing withdrawn, nothing that hangs on it, and hidden places only when asked."""

    def __init__(self, hidden: bool) -> None:
        services, organizations = models_.Service.objects, models_.Organization.objects
        self.gone: set[UUID] = set(organizations.exclude(withdrawn_at=None).values_list("pk", flat=True))
        self.gone |= set(services.exclude(withdrawn_at=None).values_list("pk", flat=True))
        self.gone |= set(services.filter(organization_id__in=self.gone).values_list("pk", flat=True))
        places = models_.Location.objects.filter(address_hidden=True)
        self.secret = set() if hidden else set(places.values_list("pk", flat=True))
        stands = models_.ServiceAtLocation.objects.filter(location__address_hidden=True)
        self.secret_stands = set() if hidden else set(stands.values_list("pk", flat=True))

    def keeps(self, entity: str, row: dict[str, Any]) -> bool:
        """Whether a row leaves. Children of what stays behind stay behind with it."""
        own = row.get("id")
        owners = [row.get(name) for name in row if name.endswith("_id") or name == "service"]
        if own in self.gone or any(owner in self.gone for owner in owners) or self._tells_where(entity, row):
            if isinstance(own, UUID):
                self.gone.add(own)
            return False
        if entity == "location" and own in self.secret:
            row.update({name: row["area"] if name == "name" else "" for name in row if name not in _SAID_OF_HIDDEN})
        if entity == "service_at_location" and own in self.secret_stands:
            row["description"] = ""
        return True

    def _tells_where(self, entity: str, row: dict[str, Any]) -> bool:
        """What hangs on a hidden place, and who is called there: the public API says none of it."""
        if entity == "attribute":
            return row["link_id"] in self.secret
        if entity in ("service_at_location", "occurrence"):
            return False
        if row.get("location_id") in self.secret:
            return True
        return entity in ("phone", "contact") and row.get("service_at_location_id") in self.secret_stands
