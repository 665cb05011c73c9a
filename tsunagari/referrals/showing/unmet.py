"""What was wished and could not be met, counted by month, kind and area; small numbers hidden from outsiders."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tsunagari.directory.exporting.files import csv_bytes
from tsunagari.kernel.access import Actor
from tsunagari.kernel.pages import acting
from tsunagari.referrals.forms.words import sought_words, term_choices, term_name
from tsunagari.referrals.models import UnmetNeed
from tsunagari.referrals.policies import handles, is_coordinator

PER_PAGE = 50
FEW = 3  # fewer could be somebody one knows
ORDERS = {"month": ("-month", "-n"), "most": ("-n", "-month"), "kind": ("category", "-month")}


@dataclass(frozen=True, slots=True)
class Row:
    """One kind in one area and month; `n` None: so few that a number would point at somebody."""

    month: date
    kind: str
    area: str
    worry: str
    n: int | None

    @property
    def count(self) -> str:
        return _("%(n)s件より少ない") % {"n": FEW} if self.n is None else _("%(n)s件") % {"n": self.n}


def sees_small(actor: Actor) -> bool:
    """Who handles people's matters, or untangles the town's, knows them anyway; to others small numbers are hidden."""
    return handles(actor) or is_coordinator(actor)


def _chosen(request: HttpRequest) -> dict[str, str]:
    names = ("area", "category", "month", "sort")
    return {name: sought_words(request.GET.get(name, "")) for name in names}


def _counted(rows: QuerySet[UnmetNeed], chosen: dict[str, str]) -> Any:
    if chosen["area"]:
        rows = rows.filter(area=chosen["area"])
    if chosen["category"]:
        rows = rows.filter(category=chosen["category"])
    if re.fullmatch(r"2[0-9]{3}-(0[1-9]|1[0-2])", chosen["month"]):
        rows = rows.filter(month=date.fromisoformat(f"{chosen['month']}-01"))
    groups = rows.order_by().values("month", "category", "area", "worry").annotate(n=Count("pk"))
    return groups.order_by(*ORDERS.get(chosen["sort"], ORDERS["month"]), "category", "area", "worry")


def _told(groups: Any, small: bool) -> list[Row]:
    return [
        Row(
            one["month"],
            term_name("category", one["category"]) or _("まだわからない"),
            one["area"] or _("地域は聞いていない"),
            term_name("worry", one["worry"]),
            one["n"] if small or one["n"] >= FEW else None,
        )
        for one in groups
    ]


def unmet_page(request: HttpRequest, rows: QuerySet[UnmetNeed]) -> dict[str, Any]:
    """The register. Sorting by number would tell outsiders which of two hidden numbers is bigger: not for them."""
    chosen, small = _chosen(request), sees_small(acting(request))
    if not small and chosen["sort"] == "most":
        chosen["sort"] = ""
    page = Paginator(_counted(rows, chosen), PER_PAGE).get_page(request.GET.get("page"))
    known = rows.order_by("area").exclude(area="").values_list("area", flat=True).distinct()
    months = rows.order_by("-month").values_list("month", flat=True).distinct()
    return {
        "page": page,
        "rows": _told(page.object_list, small),
        "chosen": chosen,
        "areas": [("", _("すべて")), *((one, one) for one in known[:200])],
        "categories": term_choices("category", _("すべて")),
        "months": [("", _("すべて")), *((f"{one:%Y-%m}", f"{one:%Y-%m}") for one in months[:60])],
        "small": small,
    }


def unmet_csv(request: HttpRequest, rows: QuerySet[UnmetNeed]) -> bytes:
    """The same list with the same hidden numbers, as a file."""
    chosen, small = _chosen(request) | {"sort": ""}, sees_small(acting(request))
    head = [_("月"), _("場所の種類"), _("地域"), _("困りごと"), _("件数")]
    told = _told(_counted(rows, chosen)[:20_000], small)
    return csv_bytes(head, [[f"{one.month:%Y-%m}", one.kind, one.area, one.worry, one.count] for one in told])
