"""Changed entries: only the fields and groups that differ are touched."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import F

from tsunagari.directory import models as tables
from tsunagari.directory.importing.current import TABLES, chunks, first_locations
from tsunagari.directory.importing.values import ADDRESS, LOCATION, SCALARS, Values
from tsunagari.directory.importing.writing import BATCH, Writer, child_id, default_of

_NUMBERS = {"minimum_age", "maximum_age"}
_PLACE_NUMBERS = {"latitude", "longitude"}


def change(changes: dict[UUID, Values], writer: Writer) -> None:
    """Write these changes. Rows of a changed group are made anew; dates keep what staff said about them."""
    if not changes:
        return
    _scalars(changes, writer)
    _locations(changes, writer)
    by_group: dict[str, list[UUID]] = defaultdict(list)
    for pk, values in changes.items():
        for group in values:
            if group in TABLES or group in ("terms", "first_visit", "texts"):
                by_group[group].append(pk)
    for group, ids in by_group.items():
        _clear(group, ids)
        for pk in ids:
            if changes[pk][group]:
                writer.add_group(pk, group, changes[pk][group])
    _occurrences({pk: values["occurrences"] or [] for pk, values in changes.items() if "occurrences" in values}, writer)
    writer.save()


def _scalars(changes: dict[UUID, Values], writer: Writer) -> None:
    rows, touched = [], set()
    for pk, values in changes.items():
        row = tables.Service(id=pk)
        own = {name: values[name] for name in SCALARS if name in values}
        for name, value in own.items():
            default = None if name in _NUMBERS else default_of(tables.Service, name)
            setattr(row, name, default if value is None else value)
        if values.get("organization"):
            row.organization_id = writer.organizations[values["organization"]]
            own["organization_id"] = row.organization_id
        if own:
            rows.append((row, frozenset(own)))
            touched.add(frozenset(own))
    for names in touched:
        fields = sorted(name.removesuffix("_id") for name in names)
        tables.Service.objects.bulk_update([row for row, own in rows if own == names], fields, batch_size=200)
    for some in chunks(changes):
        tables.Service.objects.filter(pk__in=some).update(
            last_modified=writer.at, confirmed_at=writer.at, confirmed_by=writer.by, version=F("version") + 1
        )


def _clear(group: str, ids: list[UUID]) -> None:
    for some in chunks(ids):
        if group == "terms":
            tables.Attribute.objects.filter(link_entity="service", link_id__in=some).delete()
        elif group == "first_visit":
            tables.FirstVisit.objects.filter(service_id__in=some).delete()
        elif group == "texts":
            tables.ServiceText.objects.filter(service_id__in=some).delete()
        else:
            TABLES[group]._default_manager.filter(service_id__in=some).delete()


def _locations(changes: dict[UUID, Values], writer: Writer) -> None:
    wanted = {pk: values for pk, values in changes.items() if any(key.startswith("location.") for key in values)}
    places: dict[UUID, dict[str, Any]] = {}
    for some in chunks(wanted):
        places.update(first_locations(some))
    for pk, values in wanted.items():
        if pk not in places:
            writer.add_location(pk, {key: value for key, value in values.items() if value is not None})
            continue
        place = places[pk]["id"]
        own = {name: values[f"location.{name}"] for name in LOCATION if f"location.{name}" in values}
        if own:
            tables.Location.objects.filter(pk=place).update(
                last_modified=writer.at, **{name: _place_value(name, value) for name, value in own.items()}
            )
        if "location.address" in values:
            _address(place, values["location.address"])
        if "location.accessibility" in values:
            tables.Accessibility.objects.filter(location_id=place).delete()
            writer.add_to_location(place, None, values["location.accessibility"] or [])


def _place_value(name: str, value: Any) -> Any:
    if value is None and name not in _PLACE_NUMBERS:
        return default_of(tables.Location, name)
    return value


def _address(place: UUID, address: dict[str, str] | None) -> None:
    rows = tables.Address.objects.filter(location_id=place)
    if not address:
        rows.delete()
        return
    first = rows.order_by("pk").first() or tables.Address(id=child_id(place, "address", 0), location_id=place)
    for name in ADDRESS:
        setattr(first, name, address.get(name, ""))
    first.save()


def _occurrences(wanted: dict[UUID, list[list[Any]]], writer: Writer) -> None:
    """Dates that stay keep their row, so that a confirmation, a fully booked day or a calendar entry stays too."""
    for pk, items in wanted.items():
        have = {(row.starts_at.isoformat(), row.label): row for row in tables.Occurrence.objects.filter(service_id=pk)}
        names = {(item[0], item[3] or "") for item in items}
        gone = [row.pk for name, row in have.items() if name not in names]
        tables.Occurrence.objects.filter(pk__in=gone).delete()
        new = [item for item in items if (item[0], item[3] or "") not in have]
        taken = {row.pk for name, row in have.items() if name in names}
        for item in items:
            row = have.get((item[0], item[3] or ""))
            if row is not None and (_iso(row.ends_at), row.note) != (item[1], item[4] or ""):
                tables.Occurrence.objects.filter(pk=row.pk).update(ends_at=item[1], note=item[4] or "")
        _add_dates(pk, new, taken, writer)


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def _add_dates(pk: UUID, items: list[list[Any]], taken: set[UUID], writer: Writer) -> None:
    writer.add_group(pk, "occurrences", items)
    made = [row for row in writer.rows[tables.Occurrence] if getattr(row, "service_id", None) == pk]
    index = len(items)
    for row in made:
        while row.pk in taken:
            row.pk = child_id(pk, "occurrences", index)
            index += 1
        taken.add(row.pk)


__all__ = ["BATCH", "change"]
