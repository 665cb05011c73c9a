"""「情報がちがう」: anybody may say so, without a name, and reads the answer with a code."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate, now

from tsunagari.directory.models import Report, Service
from tsunagari.kernel import access, audit, codes, outbox
from tsunagari.kernel.access import Actor
from tsunagari.kernel.workdays import working_days_after

ANSWERED_WITHIN = 3  # working days
MOST_IN_AN_HOUR = 20  # about one entry; no address of a sender is kept to count by


def code_of(key: str) -> str:
    """The code the reporter keeps. It comes from the form's key: sending the form twice gives the same code."""
    return codes.code("report", key)


class Flooded(Exception):
    """More voices about one entry within an hour than people send. The desk's phone still works."""


@transaction.atomic
def send(service: Service, *, kind: str, text: str, key: str, by: Actor) -> tuple[Report, str]:
    """Tell the keeper and the secretariat that an entry is wrong; somebody answers within working days."""
    access.require(by, "entry.report", service)
    lately = service.reports.filter(reported_at__gt=now() - dt.timedelta(hours=1)).exclude(idempotency_key=key)
    if lately.count() >= MOST_IN_AN_HOUR:
        raise Flooded(service.pk)
    code = code_of(key)
    report, new = Report.objects.get_or_create(
        idempotency_key=key,
        defaults={
            "service": service,
            "kind": kind,
            "text": text,
            "receipt": codes.code_hash(code),
            "reported_at": now(),
            "due_on": working_days_after(localdate(), ANSWERED_WITHIN),
        },
    )
    if new:
        audit.record("report.sent", by=by, about=report, service=service.pk)
        outbox.announce("report.sent", by=by, about=report)
    return report, code


def of_code(code: str) -> Report | None:
    """The report this code belongs to; None when nobody got such a code."""
    return Report.objects.select_related("service").filter(receipt=codes.code_hash(code)).first()


@transaction.atomic
def answer(report: Report, *, text: str, by: Actor) -> Report:
    """Tell the reporter what was done; she reads it with her code. From here nobody waits any more."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    access.require(by, "report.answer", report)
    report.answer, report.answered_at, report.answered_by = text, now(), by.account_id
    report.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("report.answered", by=by, about=report)
    return report
