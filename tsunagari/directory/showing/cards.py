"""Results as cards. The finder stores what a card shows; here only the reader's words are put to it.

Lists are the busiest pages: what comes again in every list (days, distances, reasons) is said once per language."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.urls import get_urlconf, reverse
from django.utils.translation import gettext as _

from tsunagari.directory import finder
from tsunagari.directory.models import FinderEntry
from tsunagari.directory.search.moments import TOKYO
from tsunagari.directory.showing.saying import language
from tsunagari.directory.terms import Kind, Room
from tsunagari.ui.dates import day_text
from tsunagari.ui.shapes import Card

Data = dict[str, Any]
_ROOM = {Room.YES.value: True, Room.FEW.value: True, Room.NO.value: False, Room.WAITING.value: False}
WALKED = 80  # metres a minute, as estate agents in Japan reckon
ON_FOOT = 2000
SUMMARY = 60
_NOBODY = UUID(int=0)


class _Kept:
    """Cards read from the database, as long as nothing in the directory changes: the number of the last change says."""

    def __init__(self) -> None:
        self.generation = -1
        self.rows: dict[UUID, Data] = {}


_kept = _Kept()
MOST_KEPT = 5000


def stored(ids: Sequence[UUID], generation: int = 0) -> dict[UUID, Data]:
    """What the finder stored for the cards of these entries: at most one query, no model objects (a third of their
    cost). With the finder's `generation` nothing is read twice."""
    if not generation:
        return _read(ids)
    if generation != _kept.generation or len(_kept.rows) > MOST_KEPT:
        _kept.rows, _kept.generation = {}, generation
    rows = _kept.rows
    missing = [pk for pk in ids if pk not in rows]
    if missing:
        rows.update(_read(missing))
    return {pk: rows[pk] for pk in ids if pk in rows}


def _read(ids: Sequence[UUID]) -> dict[UUID, Data]:
    if not ids:
        return {}
    column = FinderEntry._meta.pk
    wanted = [column.get_db_prep_value(pk, connection) for pk in ids]
    marks = ",".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT service_id, card FROM directory_finderentry WHERE service_id IN ({marks})", wanted)
        rows = cursor.fetchall()
    return {_id(pk): json.loads(card) if isinstance(card, str) else card for pk, card in rows}


def _id(pk: UUID | str) -> UUID:
    """SQLite keeps ids as text."""
    return pk if isinstance(pk, UUID) else UUID(pk)


@lru_cache(maxsize=16)
def kind_labels(code: str) -> dict[str, str]:
    """What an entry is, in a language."""
    return {str(kind.value): str(kind.label) for kind in Kind}


@lru_cache(maxsize=4096)
def _distance(tens: int, code: str) -> str:
    metres = tens * 10
    if metres > ON_FOOT:
        return _("%(km)s km") % {"km": f"{metres / 1000:.1f}"}
    return _("歩いて%(minutes)s分（%(metres)s m）") % {"minutes": max(1, round(metres / WALKED)), "metres": metres}


@lru_cache(maxsize=4096)
def _start(minute: int, code: str) -> str:
    at = dt.datetime.fromtimestamp(minute * 60, TOKYO)
    return _("次は %(when)s") % {"when": f"{day_text(at.date())} {at:%H:%M}"}


_reasons: dict[tuple[Any, ...], str] = {}
_ELSEWHERE = frozenset(("date", "open_now", "near"))  # these stand on the card by themselves


def why_text(reasons: Sequence[Any], summary: str, code: str) -> str:
    """Why this entry is here, and what it is, in one line. Reasons are codes, never a word of what was typed."""
    told = [reason for reason in reasons if reason.code not in _ELSEWHERE and not _says_nothing(reason)]
    key = (code, *[(reason.code, *reason.params.values()) for reason in told])
    text = _reasons.get(key)
    if text is None:
        if len(_reasons) > 8192:
            _reasons.clear()
        text = _reasons[key] = finder.reason_texts(tuple(told))
    end = "。" if code in ("ja", "ja-easy", "zh") else "."
    return " ".join(part for part in (text and text.rstrip("。.") + end, summary) if part)


def _says_nothing(reason: Any) -> bool:
    """The kind of an entry stands above its name."""
    return reason.code == "term" and str(reason.params["term"]).startswith("kind:")


@lru_cache(maxsize=8192)
def first_sentence(text: str) -> str:
    """What a description says first: at most sixty letters, cut where a sentence ends if one does."""
    head = re.split(r"(?<=[。．!?！？])|(?<=\. )", text, maxsplit=1)[0].strip()
    return head if len(head) <= SUMMARY else f"{head[: SUMMARY - 1]}…"


def said_in(texts: dict[str, str], code: str) -> str:
    """A card's text in this language; most have Japanese only."""
    return texts.get(code) or texts["ja"]


def of_hit(hit: finder.Hit, data: Data, code: str, base: str, tail: str = "", why: str | None = None) -> Card:
    """One result with the reason why it is here. `base` is the address of places in the reader's language, `tail`
    her display switches."""
    return Card(
        said_in(data["name"], code),
        f"{base}{hit.id}/{tail}",
        data["kana"] if code in ("ja", "ja-easy") else "",
        data["kind"],
        kind_labels(code)[data["kind"]],
        why_text(hit.why, first_sentence(said_in(data["summary"], code)), code) if why is None else why,
        "" if hit.next_start is None else _start(hit.next_start // 60, code),
        "" if hit.distance_m is None else _distance(round(hit.distance_m / 10), code),
        data["area"] or data["where"],
        _ROOM.get(data["room"]),
        hit.open_now,
        hit.faded,
    )


def places_base() -> str:
    """「/en/places/」: one reverse for a whole list."""
    return _places_base(language(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=64)
def _places_base(code: str, urlconf: str) -> str:
    return reverse("place", urlconf=urlconf, args=[_NOBODY]).removesuffix(f"{_NOBODY}/")


def of_entries(ids: Iterable[UUID], tail: str = "") -> list[Card]:
    """Cards of these entries in this order; entries that left the finder are left out."""
    wanted = list(ids)
    rows, code, base = stored(wanted), language(), places_base()
    return [
        Card(
            name=said_in(rows[pk]["name"], code),
            href=f"{base}{pk}/{tail}",
            kind=rows[pk]["kind"],
            kind_label=kind_labels(code)[rows[pk]["kind"]],
            why=said_in(rows[pk]["summary"], code),
            where=rows[pk]["area"] or rows[pk]["where"],
            room=_ROOM.get(rows[pk]["room"]),
        )
        for pk in wanted
        if pk in rows
    ]
