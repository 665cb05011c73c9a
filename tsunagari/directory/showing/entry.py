"""Everything the page of an entry says, gathered in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tsunagari.directory.models import Attribute, Language, Location, Phone, Service, ServiceText
from tsunagari.directory.showing.phones import tel
from tsunagari.directory.showing.phrases import answer, language_named
from tsunagari.directory.showing.saying import Words, language, own_words, said
from tsunagari.directory.showing.visit import Visit, first_visit
from tsunagari.directory.showing.whereabouts import Place, places
from tsunagari.directory.terms import Kind, Room, Status
from tsunagari.kernel import access
from tsunagari.kernel.access import PUBLIC
from tsunagari.ui.dates import day_text
from tsunagari.ui.shapes import Line


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Finished, translated words; an empty one is left out of the page."""

    id: UUID
    name: str
    kana: str
    own_name: str
    kind: str
    kind_label: str
    service: Service
    description: str
    when_text: str
    translated: bool
    tags: dict[str, list[tuple[str, str]]]
    visit: Visit
    places: list[Place]
    phones: list[Line]
    cost: list[Words]
    room: str
    meant_for: list[str]
    spoken: list[str]
    papers: list[str]
    links: list[tuple[str, str]]
    kept: str
    faded: bool
    left: bool

    @property
    def phone(self) -> Line | None:
        return self.phones[0] if self.phones else None


def find_entry(pk: UUID) -> Service:
    """The entry with this id as the public may see it; `NotVisible` otherwise."""
    rows = access.visible(PUBLIC, "entry.read").select_related("organization", "program", "first_visit")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise access.NotVisible("entry.read")
    return found  # type: ignore[no-any-return]


def entry_at(location: UUID) -> UUID | None:
    """The entry that stands at this location, for links that name the place: the one confirmed last."""
    rows = access.visible(PUBLIC, "entry.read").filter(service_at_locations__location_id=location)
    return rows.order_by("-confirmed_at", "id").values_list("pk", flat=True).first()


def entry_page(service: Service) -> EntryPage:
    """The page of an entry, in the reader's language where somebody wrote it."""
    text = ServiceText.objects.filter(service=service, language=language()).first()
    locations = list(Location.objects.filter(service_at_locations__service=service).order_by("name", "id"))
    tags = _tags(service)
    japanese = language() in ("ja", "ja-easy")
    visit_row = getattr(service, "first_visit", None)
    return EntryPage(
        id=service.pk,
        name=text.name if text else service.name,
        kana=service.kana,
        own_name=service.name if text and text.name != service.name and not japanese else "",
        kind=service.kind,
        kind_label=str(Kind(service.kind).label),
        service=service,
        description=(text.description if text else "") or service.description,
        when_text=text.when_text if text else "",
        translated=bool(text and text.description) or japanese,
        tags=tags,
        visit=first_visit(visit_row),
        places=places(locations),
        phones=_phones(service, locations),
        cost=_cost(service, tags),
        room=_room(service),
        meant_for=_meant_for(service, tags),
        spoken=_spoken(service, locations),
        papers=list(service.required_documents.values_list("document", flat=True)),
        links=_links(service),
        **_freshness(service),
    )


def _tags(service: Service) -> dict[str, list[tuple[str, str]]]:
    """By taxonomy, (code, name in the reader's language) of what the entry is tagged with."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = Attribute.objects.filter(link_id=service.pk).select_related("taxonomy_term__taxonomy")
    for row in rows.order_by("taxonomy_term__order"):
        term = row.taxonomy_term
        found[term.taxonomy.code].append((term.code, said(term.names) or term.name))
    return found


def _phones(service: Service, locations: list[Location]) -> list[Line]:
    """Numbers of the entry first, then of its places, then of its organisation; each number once. Attack: a hidden
    place's own telephone would lead to it, so its number is never shown."""
    shown = [row.pk for row in locations if not row.address_hidden]
    rows = Phone.objects.filter(
        Q(service=service) | Q(service_at_location__service=service, service_at_location__location__in=shown)
        | Q(location__in=shown) | Q(organization_id=service.organization_id) | Q(contact__service=service)
    ).order_by("pk")  # fmt: skip
    ranked = sorted(
        rows, key=lambda row: (row.service_id is None, row.location_id is None, row.organization_id is not None)
    )
    lines: dict[str, Line] = {}
    for row in ranked:
        if row.organization_id and lines:
            continue
        number = f"{row.number}（{_('内線')} {row.extension}）" if row.extension else row.number
        lines.setdefault(row.number, Line(row.description or _("電話"), number, tel(row.number)))
    return list(lines.values())


def _cost(service: Service, tags: dict[str, list[tuple[str, str]]]) -> list[Words]:
    if service.fees_description:
        return [answer(service.fees_description)]
    found = []
    for row in service.cost_options.order_by("pk"):
        amount = (
            ""
            if row.amount is None
            else _("無料")
            if row.amount == 0
            else _("%(yen)s円") % {"yen": f"{row.amount:,.0f}"}
        )
        words = " ".join(part for part in (row.option, amount, row.amount_description) if part)
        found.append(own_words(words) if row.option or row.amount_description else Words(words))
    if not found and any(code == "free" for code, _name in tags.get("feature", [])):
        return [Words(_("無料"))]
    return found


def _room(service: Service) -> str:
    """Whether there is room, with the day somebody said so; what nobody said is said as unknown."""
    label = str(Room(service.room).label)
    if service.room == Room.UNKNOWN or service.room_at is None:
        return label if service.room != Room.UNKNOWN else ""
    return _("%(room)s（%(day)sの時点）") % {"room": label, "day": day_text(service.room_at)}


def _meant_for(service: Service, tags: dict[str, list[tuple[str, str]]]) -> list[str]:
    found = [name for _code, name in tags.get("audience", [])]
    low, high = service.minimum_age, service.maximum_age
    if low is not None and high is not None:
        found.append(_("%(low)s歳から%(high)s歳まで") % {"low": low, "high": high})
    elif low is not None:
        found.append(_("%(low)s歳から") % {"low": low})
    elif high is not None:
        found.append(_("%(high)s歳まで") % {"high": high})
    return found


def _spoken(service: Service, locations: list[Location]) -> list[str]:
    rows = Language.objects.filter(Q(service=service) | Q(location__in=locations)).order_by("pk")
    said = [(language_named(row.code) or language_named(row.name) or row.name or row.code, row.note) for row in rows]
    names = [f"{name}（{note}）" if note else name for name, note in said]
    if service.interpretation_services:
        names.append(service.interpretation_services)
    return list(dict.fromkeys(names))


def _links(service: Service) -> list[tuple[str, str]]:
    found = [(_("この団体のページ"), service.url)] if service.url else []
    found += [(row.label or row.url, row.url) for row in service.additional_urls.order_by("pk")]
    return found


def _keeper(service: Service) -> str:
    """Who said so last: the organisation through its keeper, or the town's own people."""
    if service.confirmed_by is None or service.keepers.filter(pk=service.confirmed_by).exists():
        return service.organization.name
    return _("%(town)sの事務局") % {"town": settings.TOWN["name"]}


def _freshness(service: Service) -> dict[str, Any]:
    """When somebody last said that it is true, in words, and whether that is long ago."""
    at = service.confirmed_at
    if at is None:
        kept, age = _("まだだれも確かめていません。行く前に電話で確かめてください。"), None
    else:
        age = now() - at
        kept = _("%(day)sに、%(who)sが確かめました。") % {"day": day_text(at), "who": _keeper(service)}
        if age.days > settings.ENTRY_FADES_AFTER_DAYS:
            kept += _("（%(days)s日前）") % {"days": age.days}
    faded = age is None or age > timedelta(days=settings.ENTRY_FADES_AFTER_DAYS)
    left = age is not None and age > timedelta(days=settings.ENTRY_LEAVES_AFTER_DAYS)
    return {"kept": kept, "faded": faded, "left": left or service.status != Status.ACTIVE}
