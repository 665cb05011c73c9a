"""What waits for staff in the demo town: reports of mistakes, and changes that need a second person."""

import hashlib
from collections.abc import Iterator
from datetime import date, time, timedelta

from django.db.models import Model

from tsunagari.directory.actions import reporting
from tsunagari.directory.demo import parts
from tsunagari.directory.demo.dates import instant
from tsunagari.directory.demo.ids import uid
from tsunagari.directory.models import PendingChange, Phone, Report, Service
from tsunagari.kernel.workdays import working_days_after


def _key(service: str) -> str:
    return f"demo-report-{service}"


def receipts() -> dict[str, str]:
    """The codes with which the reporters of the demo town read their answers, by entry."""
    return {service: reporting.code_of(_key(service)) for service, *_ in parts.waiting()["reports"]}


def _reports(today: date) -> Iterator[Report]:
    codes = receipts()
    for service, kind, text, ago, answer in parts.waiting()["reports"]:
        day = today - timedelta(days=ago)
        yield Report(
            id=uid("report", service),
            service_id=uid("service", service),
            kind=kind,
            text=text,
            receipt=hashlib.sha256(codes[service].replace("-", "").encode()).hexdigest(),
            idempotency_key=_key(service),
            reported_at=instant(day, time(8, 20)),
            due_on=working_days_after(day, reporting.ANSWERED_WITHIN),
            answer=answer or "",
            answered_at=instant(day + timedelta(days=2), time(15)) if answer else None,
            answered_by=uid("keeper", service) if answer else None,
        )


def _changes(today: date) -> Iterator[PendingChange]:
    for service, field, value, ago in parts.waiting()["changes"]:
        own = uid("service", service)
        old = Phone.objects.get(service_id=own).number if field == "phone" else Service.objects.get(pk=own).url
        yield PendingChange(
            id=uid("change", service),
            service_id=own,
            field=field,
            old_value=old,
            new_value=value,
            proposed_at=instant(today - timedelta(days=ago), time(19, 5)),
            proposed_by=uid("keeper", service),
        )


def rows(today: date) -> Iterator[Model]:
    """Reports and changes; the entries they are about stand already."""
    yield from _reports(today)
    yield from _changes(today)
