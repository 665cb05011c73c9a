"""Opening rules of an entry in words, and whether it is open now."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from tsunagari.directory import models
from tsunagari.directory.models import Service
from tsunagari.directory.terms import Holidays
from tsunagari.directory.timetable.open import is_open, next_opening
from tsunagari.directory.timetable.rules import Closure, Rule
from tsunagari.directory.timetable.words import closure_phrase, describe, say
from tsunagari.ui.dates import day_text

DAYS_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Rules and days off, one line each; `open_now` None: nobody knows. `next`: when it opens next."""

    rules: list[str]
    closures: list[str]
    next: str
    open_now: bool | None


def rule_of(row: models.Schedule) -> Rule:
    """An HSDS schedule as a rule of the timetable."""
    return Rule(
        freq=row.freq or None,  # type: ignore[arg-type]
        byday=row.byday,
        bymonthday=row.bymonthday,
        interval=row.interval or 1,
        dtstart=row.dtstart,
        until=row.until,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        holidays=row.holidays,  # type: ignore[arg-type]
    )


def closure_of(row: models.Closure) -> Closure:
    return Closure(row.kind, row.rule, row.opens_at, row.closes_at, row.note)  # type: ignore[arg-type]


def hours(service: Service, at: dt.datetime) -> Hours:
    """What is known of when an entry is open, in two queries."""
    own = Q(service=service) | Q(service_at_location__service=service)
    rows = list(models.Schedule.objects.filter(own).order_by("valid_from", "opens_at", "pk"))
    rules = [rule_of(row) for row in rows if _is_rule(row)]
    closures = [closure_of(row) for row in service.closures.order_by("pk")]
    return Hours(
        rules=[text for text in dict.fromkeys(map(_rule_text, rows)) if text],
        closures=list(dict.fromkeys(_closure_text(one) for one in closures)),
        next=_next(rules, closures, at),
        open_now=is_open(rules, closures, at),
    )


def _is_rule(row: models.Schedule) -> bool:
    """A schedule may also be nothing but words that nobody could read as a rule."""
    return bool(row.freq or row.dtstart or row.holidays == Holidays.ONLY)


def _rule_text(row: models.Schedule) -> str:
    if not _is_rule(row):
        return str(row.description or row.notes)
    text = describe(rule_of(row), (), _)
    return f"{text}　{row.notes}" if row.notes else text


def _closure_text(closure: Closure) -> str:
    text = say(closure_phrase(closure), _)
    return f"{text}（{closure.note}）" if closure.note and closure.note not in text else text


def _next(rules: list[Rule], closures: list[Closure], at: dt.datetime) -> str:
    found = next_opening(rules, closures, at, days=DAYS_AHEAD)
    if found is None:
        return ""
    if found.opens_at is None:
        return _("次に開くのは %(day)s") % {"day": day_text(found.day)}
    return _("次に開くのは %(day)s %(time)s") % {"day": day_text(found.day), "time": f"{found.opens_at:%H:%M}"}
