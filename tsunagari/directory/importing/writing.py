"""Values into tables: rows of new entries all at once, and of changed ones group by group."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from tsunagari.directory import models as tables
from tsunagari.directory.importing.current import TABLES, chunks
from tsunagari.directory.importing.values import GROUPS, SCALARS, Values

Rows = dict[type[Model], list[Model]]
BATCH = 1000
_ORDER: tuple[type[Model], ...] = (
    tables.Service, tables.Location, tables.Address, tables.Accessibility, tables.ServiceAtLocation, tables.Phone,
    tables.Url, tables.Contact, tables.CostOption, tables.RequiredDocument, tables.Language, tables.ServiceArea,
    tables.Schedule, tables.Closure, tables.Occurrence, tables.Attribute, tables.FirstVisit, tables.ServiceText,
)  # fmt: skip


def child_id(owner: UUID, group: str, index: int) -> UUID:
    """The same id for the same place in the same entry; later ones sort later, so lists keep their order."""
    start = uuid.uuid5(owner, group).int & ~0xFFFF
    return UUID(int=start | index)


def default_of(table: type[Model], name: str) -> Any:
    """What an emptied column holds."""
    column: Any = next(column for column in table._meta.fields if name in (column.name, column.attname))
    return column.get_default()


class Writer:
    """Turns values into rows. Holds the ids of terms and organisations so that no row asks the database."""

    def __init__(self, organizations: Mapping[str, UUID], at: datetime, by: UUID | None, source: str) -> None:
        self.organizations, self.at, self.by, self.source = organizations, at, by, source
        found = tables.TaxonomyTerm.objects.values_list("taxonomy__code", "code", "id")
        self.terms = {f"{taxonomy}:{code}": pk for taxonomy, code, pk in found}
        self.rows: Rows = defaultdict(list)

    def add(self, pk: UUID, values: Values) -> None:
        """All rows of a new entry."""
        plain = {name: values[name] for name in SCALARS if values.get(name) is not None}
        self.rows[tables.Service].append(
            tables.Service(
                id=pk,
                organization_id=self.organizations[values["organization"]],
                last_modified=self.at,
                confirmed_at=self.at,
                confirmed_by=self.by,
                source=self.source,
                **plain,
            )
        )
        self.add_location(pk, values)
        for group in (*GROUPS, "occurrences", "terms", "first_visit", "texts"):
            if group in values:
                self.add_group(pk, group, values[group])

    def add_location(self, pk: UUID, values: Values) -> None:
        """The place of a new entry, if the list says anything about one."""
        own = {key.removeprefix("location."): value for key, value in values.items() if key.startswith("location.")}
        address, access = own.pop("address", None), own.pop("accessibility", [])
        if not (own or address or access):
            return
        place = child_id(pk, "location", 0)
        self.rows[tables.Location].append(tables.Location(id=place, last_modified=self.at, **own))
        self.rows[tables.ServiceAtLocation].append(
            tables.ServiceAtLocation(id=child_id(pk, "at", 0), service_id=pk, location_id=place)
        )
        self.add_to_location(place, address, access)

    def add_to_location(self, place: UUID, address: Mapping[str, str] | None, access: list[list[str]]) -> None:
        if address:
            kind = tables.Address(id=child_id(place, "address", 0), location_id=place, **address)
            self.rows[tables.Address].append(kind)
        for index, item in enumerate(access):
            named = dict(zip(("description", "details", "url"), (text or "" for text in item), strict=False))
            self.rows[tables.Accessibility].append(
                tables.Accessibility(id=child_id(place, "accessibility", index), location_id=place, **named)
            )

    def add_group(self, pk: UUID, group: str, items: Any) -> None:
        """Rows of one group of an entry."""
        if group == "terms":
            self._add_terms(pk, items)
        elif group == "occurrences":
            self._add_occurrences(pk, items)
        elif group == "first_visit":
            self.rows[tables.FirstVisit].append(tables.FirstVisit(service_id=pk, **items))
        elif group == "texts":
            self.rows[tables.ServiceText].extend(
                tables.ServiceText(
                    service_id=pk, language=language, name=text[0], description=text[1], when_text=text[2]
                )
                for language, text in items.items()
            )
        else:
            table, columns = TABLES[group], GROUPS[group]
            for index, item in enumerate(items):
                named = {column: value for column, value in zip(columns, item, strict=False) if value is not None}
                if table is not tables.Closure:
                    named["id"] = child_id(pk, group, index)
                self.rows[table].append(table(service_id=pk, **named))

    def _add_terms(self, pk: UUID, codes: Iterable[str]) -> None:
        for index, code in enumerate(codes):
            if code in self.terms:
                self.rows[tables.Attribute].append(
                    tables.Attribute(
                        id=child_id(pk, "terms", index),
                        link_id=pk,
                        link_entity="service",
                        taxonomy_term_id=self.terms[code],
                    )
                )

    def _add_occurrences(self, pk: UUID, items: Iterable[list[Any]]) -> None:
        place = child_id(pk, "location", 0)
        places = {row.pk for row in self.rows[tables.Location]} if self.rows[tables.Location] else set()
        for index, (starts, ends, all_day, label, note, state) in enumerate(items):
            sure = state != "planned"
            self.rows[tables.Occurrence].append(
                tables.Occurrence(
                    id=child_id(pk, "occurrences", index),
                    service_id=pk,
                    location_id=place if place in places else None,
                    starts_at=datetime.fromisoformat(starts),
                    ends_at=datetime.fromisoformat(ends) if ends else None,
                    all_day=bool(all_day),
                    label=label or "",
                    note=note or "",
                    state=state or "planned",
                    confirmed_at=self.at if sure else None,
                    confirmed_by=self.by if sure else None,
                )
            )

    def save(self) -> None:
        """Everything gathered so far, parents first, in as few statements as the database takes."""
        # A place left over from an entry that was erased has the id the same row gets again.
        for some in chunks(row.pk for row in self.rows[tables.Location]):
            tables.Location.objects.filter(pk__in=some).delete()
        for table in _ORDER:
            if self.rows[table]:
                table._default_manager.bulk_create(self.rows[table], batch_size=BATCH)
        self.rows.clear()
