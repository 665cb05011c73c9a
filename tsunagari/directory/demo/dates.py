"""Dates of the town's activities around today: most are confirmed, some only planned, a few full or cancelled."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tsunagari.directory.demo.ids import pick, uid
from tsunagari.directory.demo.rules import Rule, Shut, dates
from tsunagari.directory.models import Occurrence
from tsunagari.directory.terms import OccurrenceState

TOKYO = ZoneInfo("Asia/Tokyo")
BEFORE, AFTER = timedelta(days=7), timedelta(days=60)
CANCELLED = (
    "部屋の工事のためお休みします。次の回は予定どおりです。",
    "世話役の都合でお休みです。また次の回にお待ちしています。",
    "船が止まる見込みのため中止します。",
    "この日は地域の行事と重なるので、お休みにします。",
)


def instant(day: date, moment: Any) -> datetime:
    """That time of that day in the town, as stored."""
    return datetime.combine(day, moment, TOKYO).astimezone(UTC)


def _end(day: date, rule: Rule) -> datetime:
    """When it ends; a closing time that is not later than the opening time is on the next day."""
    return instant(day if rule.closes > rule.opens else day + timedelta(days=1), rule.closes)


def _state(entry: dict[str, Any], day: date, today: date) -> tuple[str, str]:
    """State and note of one date: a club is sure for two to eight weeks ahead."""
    sure = entry.get("sure", (14, 28, 56)[pick(3, "sure", entry["id"])])
    ahead = (day - today).days
    luck = pick(100, "luck", entry["id"], day.isoformat())
    if ahead > sure:
        return OccurrenceState.PLANNED, ""
    if entry.get("steady") or ahead < 0:
        return OccurrenceState.CONFIRMED, ""
    if luck < 3:
        choices = CANCELLED if entry.get("island") else (CANCELLED[0], CANCELLED[1], CANCELLED[3])
        return OccurrenceState.CANCELLED, choices[pick(len(choices), "note", entry["id"], day.isoformat())]
    if luck < 15 and entry.get("room") == "few":
        return OccurrenceState.FULL, "席がうまりました。空いたときのために、お名前だけ聞いておけます。"
    return OccurrenceState.CONFIRMED, ""


def occurrences(entry: dict[str, Any], rules: list[Rule], shuts: list[Shut], today: date) -> Iterator[Occurrence]:
    """Every date from a week ago to two months ahead."""
    seen = entry.get("seen")
    confirmed_at = instant(today, rules[0].opens) - timedelta(days=seen if seen is not None else 30, hours=1)
    for rule in rules:
        place = entry["at"][rule.at or 0]
        for day in dates(rule, shuts, today - BEFORE, today + AFTER):
            state, note = _state(entry, day, today)
            starts_at = instant(day, rule.opens)
            planned = state == OccurrenceState.PLANNED
            yield Occurrence(
                id=uid("occurrence", entry["id"], starts_at.isoformat()),
                service_id=uid("service", entry["id"]),
                location_id=uid("location", place),
                starts_at=starts_at,
                ends_at=_end(day, rule),
                state=state,
                note=note,
                confirmed_at=None if planned else confirmed_at,
                confirmed_by=None if planned else uid("keeper", entry["id"]),
            )
