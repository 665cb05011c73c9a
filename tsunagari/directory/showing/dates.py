"""What takes place when: the coming dates of activities, day by day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _

from tsunagari.directory.models import Attribute, Occurrence, ServiceText
from tsunagari.directory.showing.saying import language
from tsunagari.directory.terms import OccurrenceState
from tsunagari.kernel import access
from tsunagari.kernel.access import PUBLIC
from tsunagari.ui.dates import day_text, time_text

PAGE = 40


@dataclass(frozen=True, slots=True)
class Happening:
    """One date of one activity. `sure`: somebody confirmed it; `off`: called off; `full`: no room that day."""

    service: UUID
    name: str
    day: dt.date
    time: str
    where: str
    note: str
    sure: bool
    off: bool
    full: bool


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=get_current_timezone())


def coming(first: dt.date, last: dt.date) -> QuerySet[Occurrence]:
    """Dates from `first` to `last` of entries the public sees, called-off ones too: who comes regularly must know."""
    entries = access.visible(PUBLIC, "entry.read")
    return Occurrence.objects.filter(
        starts_at__gte=midnight(first), starts_at__lt=midnight(last + dt.timedelta(days=1)), service__in=entries
    )


def narrowed(rows: QuerySet[Occurrence], *, area: str = "", free: bool = False) -> QuerySet[Occurrence]:
    """Only in this part of town; only what costs nothing."""
    if area:
        rows = rows.filter(
            Q(location__area=area) | Q(location=None, service__service_at_locations__location__area=area)
        )
    if free:
        tag = Attribute.objects.filter(taxonomy_term__code="free", taxonomy_term__taxonomy__code="feature")
        rows = rows.filter(service__in=tag.values("link_id"))
    return rows.distinct()


_COLUMNS = (
    "service_id", "service__name", "starts_at", "ends_at", "all_day", "state", "label", "note", "location__name",
    "location__area", "location__address_hidden",
)  # fmt: skip


def happenings(rows: QuerySet[Occurrence], limit: int = PAGE) -> list[Happening]:
    """The dates as the page shows them, in two queries."""
    found = list(rows.order_by("starts_at", "service__name", "id").values(*_COLUMNS)[:limit])
    names = names_of({row["service_id"] for row in found})
    return [_happening(row, names.get(row["service_id"], row["service__name"])) for row in found]


def names_of(services: Iterable[UUID]) -> dict[UUID, str]:
    """Names in the reader's language, where somebody wrote them."""
    rows = ServiceText.objects.filter(service_id__in=list(services), language=language())
    return dict(rows.values_list("service_id", "name"))


def span_text(starts: dt.datetime, ends: dt.datetime | None, all_day: bool) -> str:
    """「13:30から15:00まで」."""
    if all_day:
        return _("時間は要確認")
    begin = time_text(starts)
    if ends is None:
        return _("%(begin)sから") % {"begin": begin}
    if localtime(ends).date() != localtime(starts).date():
        return _("%(begin)sから、%(day)s %(end)sまで") % {"begin": begin, "day": day_text(ends), "end": time_text(ends)}
    return _("%(begin)sから%(end)sまで") % {"begin": begin, "end": time_text(ends)}


def _happening(row: dict[str, Any], name: str) -> Happening:
    hidden = row["location__address_hidden"]
    where = row["location__area"] if hidden else " ".join(filter(None, (row["location__name"], row["location__area"])))
    return Happening(
        service=row["service_id"],
        name=f"{name} {row['label']}".strip(),
        day=localtime(row["starts_at"]).date(),
        time=span_text(row["starts_at"], row["ends_at"], row["all_day"]),
        where=where or "",
        note=row["note"],
        sure=row["state"] in (OccurrenceState.CONFIRMED, OccurrenceState.FULL),
        off=row["state"] == OccurrenceState.CANCELLED,
        full=row["state"] == OccurrenceState.FULL,
    )


def by_day(found: Iterable[Happening]) -> list[tuple[dt.date, list[Happening]]]:
    return [(day, list(rows)) for day, rows in groupby(found, key=lambda one: one.day)]
