"""The whole town at a glance, for its coordinator: numbers, late steps by organisation, and one list to work from."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tsunagari.accounts.models import Account
from tsunagari.directory.finder.taxonomies import label
from tsunagari.directory.models import Organization
from tsunagari.home.showing import numbers, saying
from tsunagari.home.showing.numbers import Bounded
from tsunagari.kernel.access import Actor
from tsunagari.kernel.pages import acting
from tsunagari.network.models import Member
from tsunagari.referrals.models import Referral, Slip, Wipe
from tsunagari.referrals.terms import Item

PER_PAGE, PAGES = 30, 10
VIEWS = {
    "late": _("日をすぎたもの"),
    "climbed": _("調整役まで上がったもの"),
    "refused": _("断られたもの（30日）"),
    "open": _("つないでいる相談"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """One row of the town: what, where it stands, who holds it, how late; never who it is about."""

    pk: UUID
    kind: str
    sought: str
    state: str
    holder: str
    place: str
    day: date | None
    left: str
    late: bool
    climbed: str


def town_page(request: HttpRequest) -> dict[str, Any]:
    """What the coordinator sees: everybody but protected people, and no word of anybody."""
    actor, asked = acting(request), request.GET
    view = asked.get("view", "late") if asked.get("view") in VIEWS else "late"
    places = {str(pk): name for pk, name in Member.objects.values_list("organization_id", "organization__name")}
    place = asked.get("place", "") if asked.get("place") in places else ""
    page = _page(asked.get("page", ""))
    rows = _rows(actor, view, place, page)
    return {
        "view": view,
        "views": list(VIEWS.items()),
        "place": place,
        "places": sorted(places.items(), key=lambda one: one[1]),
        "page": page,
        "next_page": page + 1 if len(rows) > PER_PAGE and page < PAGES else 0,
        "rows": _spots(rows[:PER_PAGE]),
        "counts": _counts(actor),
        "unheld": numbers.without_a_holder(actor),
        "late_places": _late_places(actor, places),
        "unmet": _unmet(actor),
    }


def _page(typed: str) -> int:
    """The first ten pages only: who looks further narrows it down to an organisation."""
    return max(1, min(int(typed[:4]), PAGES)) if typed.isascii() and typed.isdigit() else 1


def _counts(actor: Actor) -> dict[str, Bounded]:
    everything = numbers.tables(actor)
    return {
        "late": Bounded.of(*map(numbers.late, everything)),
        "climbed": Bounded.of(*map(numbers.at_the_town, everything)),
        "refused": Bounded.of(numbers.refused(actor)),
        "open": Bounded.of(numbers.open_contacts(actor)),
    }


def _rows(actor: Actor, view: str, place: str, page: int) -> list[Any]:
    """One page of the view and one row more, so that the page knows whether there is a next."""
    start, end = (page - 1) * PER_PAGE, page * PER_PAGE + 1
    if view == "refused":
        rows = numbers.refused(actor).annotate(said=F("steps__at"))
        return list(_lean(rows.filter(receiver_id=UUID(place)) if place else rows)[start:end])
    if view == "open":
        contacts = numbers.open_contacts(actor)
        return list(_lean(contacts.filter(sender_id=UUID(place)) if place else contacts)[start:end])
    choose = numbers.late if view == "late" else numbers.at_the_town
    return _merged(
        [choose(one.filter(held_for=UUID(place)) if place else one) for one in numbers.tables(actor)], start, end
    )


def _merged(lists: list[QuerySet[Any]], start: int, end: int) -> list[Any]:
    """These rows of the lists in one order, by their promised day; only the keys of those before are read."""
    keys = [
        (day, str(pk), n) for n, rows in enumerate(lists) for day, pk in rows.values_list("promised_on", "pk")[:end]
    ]
    wanted = sorted(keys)[start:end]
    found: dict[str, Any] = {}
    for n, rows in enumerate(lists):
        mine = [pk for _day, pk, whose in wanted if whose == n]
        found |= {str(one.pk): one for one in _lean(rows.filter(pk__in=mine))[: len(mine)]} if mine else {}
    return [found[pk] for _day, pk, _whose in wanted if pk in found]


_BESIDE: dict[type[Any], tuple[str, tuple[str, ...]]] = {
    Slip: ("", ()),
    Referral: ("slip__", ("slip",)),
    Wipe: ("referral__slip__", ("referral__slip",)),
}


def _lean(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With the slip beside, without a person's words: they stay in the database."""
    path, beside = _BESIDE[rows.model]
    rows = rows.select_related(*beside) if beside else rows
    return rows.defer(*(f"{path}{item}" for item in Item.values))


def _spots(rows: list[Any]) -> list[Spot]:
    holders = {one.holder_id for one in rows if one.holder_id}
    people = dict(Account.objects.filter(pk__in=holders).values_list("pk", "name"))
    wanted = {place for place in map(_place_of, rows) if place}
    places = dict(Organization.objects.filter(pk__in=wanted).values_list("pk", "name"))
    today = timezone.localdate()
    return [_spot(one, people, places, today) for one in rows]


def _place_of(one: Any) -> UUID | None:
    """For whom it is held; of a refused offer, who refused."""
    found: UUID | None = one.receiver_id if isinstance(one, Referral) and one.reason else one.held_for
    return found


def _spot(one: Any, people: dict[UUID, str], places: dict[UUID, str], today: date) -> Spot:
    refused = isinstance(one, Referral) and one.reason
    day = timezone.localdate(one.said) if refused else one.promised_on
    place = _place_of(one)
    return Spot(
        pk=one.pk,
        kind="" if refused else saying.kind_of(one),
        sought=saying.sought(saying.slip_of(one)),
        state=str(one.get_reason_display()) if refused else saying.state_of(one),
        holder=people.get(one.holder_id, "") if one.holder_id else "",
        place=places.get(place, "") if place else "",
        day=day,
        left="" if refused or day is None else saying.days_left(day, today),
        late=not refused and day is not None and day < today,
        climbed=saying.climbed(one),
    )


def _late_places(actor: Actor, places: dict[str, str]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "key": str(one.organization_id) if one.organization_id else "",
            "name": places.get(str(one.organization_id), "") if one.organization_id else "",
            "count": one.count,
            "oldest": saying.days_left(one.oldest, today),
        }
        for one in numbers.late_by_organization(actor)[:12]
    ]


def _unmet(actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "kind": label(f"category:{one['category']}") or label(f"worry:{one['worry']}"),
            "area": one["area"],
            "times": one["times"],
        }
        for one in numbers.unmet(actor)
    ]
