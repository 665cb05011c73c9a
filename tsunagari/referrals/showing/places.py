"""Where a wish could be met: the finder's suggestions for a slip, each with why, and whether it has room."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tsunagari.directory import finder
from tsunagari.directory.finder import Hit, Query
from tsunagari.directory.models import Organization, Service
from tsunagari.kernel import access
from tsunagari.kernel.access import PUBLIC
from tsunagari.network import standing
from tsunagari.referrals.forms.words import areas, sought_words
from tsunagari.referrals.models import Slip
from tsunagari.referrals.showing.load import Load, loads
from tsunagari.referrals.showing.slips import sought
from tsunagari.referrals.terms import OPEN_STATES

MOST = 10


@dataclass(frozen=True, slots=True)
class Place:
    """One suggestion. `held`: why it cannot be asked now (empty: it can); `tried`: it was asked before."""

    organization: Organization
    service: Service | None
    why: str
    load: Load
    tried: str
    held: str
    has_account: bool


def _questions(slip: Slip) -> Iterable[Query]:
    """From what fits best to what fits at all."""
    lang = get_language() or "ja"
    category = (slip.category,) if slip.category else ()
    worry = (slip.worry,) if slip.worry else ()
    area = (slip.area,) if slip.area in areas() else ()
    ways: tuple[dict[str, Any], ...] = (
        {"category": category, "area": area, "worry": worry},
        {"category": category, "area": area},
        {"category": category},
        {"worry": worry, "area": area},
        {"worry": worry},
        {"area": area},
    )
    for terms in ways:
        if any(terms.values()):
            yield Query(lang=lang, per_page=MOST, **terms)


def _hits(slip: Slip, words: str) -> dict[UUID, Hit]:
    found: dict[UUID, Hit] = {}
    questions = [Query(q=words, lang=get_language() or "ja", per_page=MOST)] if words else _questions(slip)
    for question in questions:
        for hit in finder.search(question).hits:
            found.setdefault(hit.id, hit)
        if len(found) >= MOST:
            break
    return dict(list(found.items())[:MOST])


def suggestions(slip: Slip, *, words: str = "", most: int = MOST, untried: bool = False) -> list[Place]:
    """At most ten places, best first. `words`: she asks for something else. `untried`: only those not asked yet."""
    hits = _hits(slip, words)
    rows = access.visible(PUBLIC, "entry.read").filter(pk__in=hits).select_related("organization")
    services = sorted(rows, key=lambda one: list(hits).index(one.pk))
    pairs = [(one.organization, one, finder.reason_texts(hits[one.pk].why)) for one in services]
    pairs += [(one, None, "") for one in _by_name(words, {one.organization_id for one in services})]
    places = _places(slip, [pair for pair in pairs if pair[0].pk != slip.sender_id])
    if untried:
        places = [one for one in places if not (one.tried or one.held)]
    return places[:most]


def _by_name(words: str, known: set[UUID]) -> list[Organization]:
    """Organisations by their name, for one that has no entry."""
    if not words:
        return []
    rows = access.visible(PUBLIC, "organization.read").filter(Q(name__icontains=words) | Q(kana__icontains=words))
    return list(rows.exclude(pk__in=known).order_by("name", "pk")[:5])


def _places(slip: Slip, pairs: list[tuple[Organization, Service | None, str]]) -> list[Place]:
    told = loads({organization.pk for organization, _service, _why in pairs})
    states = slip.referrals.order_by("made_at").values_list("receiver_id", "state")
    before = dict(states)
    running = sum(state in OPEN_STATES for state in before.values())
    with_account = {organization for _account, organization in standing.pairs_today()}
    return [
        Place(
            organization=organization,
            service=service,
            why=why,
            load=told[organization.pk],
            tried=_tried(before.get(organization.pk)),
            held=_held(before.get(organization.pk), told[organization.pk], running),
            has_account=organization.pk in with_account,
        )
        for organization, service, why in pairs
    ]


def _tried(state: str | None) -> str:
    if state is None:
        return ""
    return _("いま、たずねているところです") if state in OPEN_STATES else _("前にたずねたことがあります")


def _held(state: str | None, load: Load, running: int) -> str:
    """Why it cannot be asked now, said gently."""
    if state in OPEN_STATES:
        return _("同じところに二度はたずねません。つなぎのページで進み具合を見られます。")
    if load.left == 0:
        return _("今月は受け入れの数に達しています。無理をお願いせず、ほかをさがしましょう。")
    if running >= 2:
        return _("いま二か所にたずねています。返事を待ってからにすると、ご本人も安心です。")
    return ""


def places_page(request: HttpRequest, slip: Slip, why: str = "") -> dict[str, Any]:
    """The page on which a place is chosen."""
    words = sought_words(request.GET.get("q", ""))
    found = suggestions(slip, words=words)
    return {"slip": slip, "sought": sought(slip), "places": found, "q": words, "why": why}
