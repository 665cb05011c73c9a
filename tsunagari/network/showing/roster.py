"""The roster as it stood on a day: of each member only what it allowed, item by item."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tsunagari.directory.exporting.files import csv_bytes
from tsunagari.directory.terms import Sector
from tsunagari.network.forms.words import field_names
from tsunagari.network.models import Member, Period
from tsunagari.network.printing import pdf
from tsunagari.network.terms import Item
from tsunagari.ui.dates import day_text

SORTS = ("kana", "sector", "since")
PRINTED = ("ja", "ja-easy", "en", "vi", "pt")
_SECTORS = {code: order for order, code in enumerate(Sector.values)}


@dataclass(frozen=True, slots=True)
class Row:
    """One member in the roster; what it did not allow is empty."""

    organization_id: str
    name: str
    kana: str
    sector: str
    sector_label: str
    fields: str
    area: str
    words: str
    contact: str
    mail: str
    since: date


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who took part on that day; `unnamed`: how many of them wish not to be named."""

    day: date
    rows: list[Row]
    unnamed: int
    sort: str


def roster(day: date, sort: str = "kana") -> Roster:
    """The roster of a day, from the periods. Two queries, however many members."""
    periods = Period.objects.on(day).filter(member__organization__withdrawn_at=None)
    found = list(periods.select_related("member__organization").order_by("pk"))
    named = [one for one in found if Item.NAME in one.member.published]
    words = field_names(get_language() or "ja")
    rows = [_row(one.member, one.since, words) for one in named]
    rows.sort(key=lambda row: (_first(row, sort), row.kana or row.name, row.name))
    return Roster(day, rows, len(found) - len(named), sort if sort in SORTS else "kana")


def _first(row: Row, sort: str) -> Any:
    if sort == "sector":
        return _SECTORS.get(row.sector, len(_SECTORS))
    return row.since.toordinal() if sort == "since" else 0


def _row(member: Member, since: date, words: dict[str, str]) -> Row:
    def allowed(item: Item, value: str) -> str:
        return value if item in member.published else ""

    return Row(
        organization_id=str(member.organization_id),
        name=member.organization.name,
        kana=member.organization.kana,
        sector=member.sector,
        sector_label=str(Sector(member.sector).label),
        fields=allowed(Item.FIELDS, "、".join(words[code] for code in member.fields if code in words)),
        area=allowed(Item.AREA, member.area),
        words=allowed(Item.WORDS, member.words),
        contact=allowed(Item.CONTACT, member.contact_name),
        mail=allowed(Item.MAIL, member.contact_mail),
        since=since,
    )


def day_of(text: str) -> date:
    """The day somebody asks about; today when it is none, or when it has not come yet."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


def csv(found: Roster) -> bytes:
    """The roster for Excel: UTF-8 with mark, no cell runs as a formula."""
    head = [
        _("団体の名前"), _("ふりがな"), _("団体の種類"), _("関わっている分野"), _("活動している地域"),
        _("参加したわけ（ひとこと）"), _("担当者の名前"), _("メールアドレス"), _("いつから"), _("名簿の日付"),
    ]  # fmt: skip
    rows = (
        [r.name, r.kana, r.sector_label, r.fields, r.area, r.words, r.contact, r.mail, r.since.isoformat(),
         found.day.isoformat()]
        for r in found.rows
    )  # fmt: skip
    return csv_bytes(head, rows)


def paper(day: date, sort: str) -> bytes:
    """The roster as a PDF, in Japanese for the languages whose letters our printing font lacks."""
    code = get_language() or "ja"
    with override(code if code in PRINTED else "ja"):
        return _paper(roster(day, sort), code if code in PRINTED else "ja")


def _paper(found: Roster, code: str) -> bytes:
    rows = [
        {"name": r.name, "kana": r.kana if code in ("ja", "ja-easy") else "", "words": r.words, "area": r.area,
         "sector": r.sector_label, "fields": r.fields, "contact": "　".join(filter(None, (r.contact, r.mail)))}
        for r in found.rows
    ]  # fmt: skip
    return pdf(
        {
            "lang": code.partition("-")[0],
            "town": settings.TOWN["name"],
            "title": _("参画団体の名簿"),
            "as_of": as_of_text(found.day),
            "head": [_("団体の名前"), _("団体の種類"), _("関わっている分野"), _("活動している地域")],
            "rows": rows,
            "unnamed": _("このほかに、名前を載せていない団体が%(n)sあります。") % {"n": found.unnamed}
            if found.unnamed
            else "",
        }
    )


def as_of_text(day: date) -> str:
    """「2026年（令和8年）4月1日（水）現在」."""
    return _("%(day)s現在") % {"day": day_text(day, era=True)}
