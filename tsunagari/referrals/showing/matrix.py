"""The matrix of consent for one recipient: each item × each purpose, answered for itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tsunagari.directory.models import Organization
from tsunagari.kernel.access import NotVisible
from tsunagari.referrals.forms.receipt import until_choices
from tsunagari.referrals.models import Slip, Switch
from tsunagari.referrals.terms import AskedHow, Item, Purpose
from tsunagari.ui.dates import day_text


@dataclass(frozen=True, slots=True)
class Cell:
    """One switch: `name` of its field, `answer` "yes", "no" or "" (not asked), `note`: until when, or taken back."""

    name: str
    purpose: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One item as it is read aloud."""

    item: str
    words: str
    cells: list[Cell]


def _aloud(item: Item) -> str:
    """In words for the ear."""
    return {
        Item.NAME: _("お名前（呼ばれたい名前）"),
        Item.CONTACT: _("電話や住所などの連絡先"),
        Item.WISH: _("どうしたいと思っているか"),
        Item.STRENGTHS: _("得意なこと、好きなこと"),
        Item.MEETING: _("どう会って、どう話してほしいか"),
        Item.SAFE_TIMES: _("連絡してよい時間、いけない時間"),
        Item.CIRCLE: _("このことを知っていてよい人"),
    }[item]


def purposes() -> list[tuple[str, str]]:
    """The two columns, in words for the ear."""
    return [
        (Purpose.ARRANGE.value, _("受け入れて、はじめて会うため")),
        (Purpose.FOLLOW_UP.value, _("そのあとの様子をたずねるため")),
    ]


def recipient_of(slip: Slip, pk: UUID) -> Organization:
    """An organisation that this slip is on its way to; about any other there is nothing to ask."""
    found = slip.referrals.filter(receiver_id=pk).select_related("receiver").first()
    if found is None:
        raise NotVisible("slip.ask_consent")
    return found.receiver


def _cell(item: Item, purpose: str, switch: Switch | None, typed: Mapping[str, str]) -> Cell:
    name = f"{item.value}-{purpose}"
    if name in typed:
        return Cell(name, purpose, typed[name] if typed[name] in ("yes", "no") else "", "")
    if switch is None:
        return Cell(name, purpose, "", "")
    if switch.withdrawn_at:
        return Cell(name, purpose, "", _("取り消しました"))
    if switch.allowed and switch.until < localdate():
        return Cell(name, purpose, "", _("期限が終わりました"))
    note = _("%(day)sまで") % {"day": day_text(switch.until)} if switch.allowed else ""
    return Cell(name, purpose, "yes" if switch.allowed else "no", note)


def matrix_page(request: HttpRequest, slip: Slip, recipient: Organization, **more: Any) -> dict[str, Any]:
    """The page. None of her words stand on it: it is turned to her, read aloud or carried as paper."""
    standing = {(one.item, one.purpose): one for one in slip.switches.filter(recipient=recipient, replaced_at=None)}
    typed = request.POST if request.method == "POST" else {}
    rows = [
        Row(
            item.value,
            _aloud(item),
            [_cell(item, purpose, standing.get((item.value, purpose)), typed) for purpose, _words in purposes()],
        )
        for item in Item
    ]
    referral = slip.referrals.filter(receiver=recipient).order_by("-made_at").first()
    counter = request.GET.get("show") == "counter"
    return {
        "slip": slip,
        "recipient": recipient,
        "referral": referral,
        "rows": rows,
        "purposes": purposes(),
        "untils": until_choices(),
        "until": request.POST.get("until", "6"),
        "hows": AskedHow.choices,
        "how": request.POST.get("how") or (AskedHow.SCREEN if counter else AskedHow.ALOUD),
        "counter": counter,
        "any_yes": any(cell.answer == "yes" and cell.note for row in rows for cell in row.cells),
        "receipt_address": request.build_absolute_uri(reverse("receipt")),
        "why": "",
    } | more
