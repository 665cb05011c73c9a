"""Dates of activities: expected by a rule, sure once somebody confirmed them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from tsunagari.directory import publishing
from tsunagari.directory.models import KeeperLink, Occurrence, Service
from tsunagari.directory.terms import OccurrenceState
from tsunagari.kernel import access, audit
from tsunagari.kernel.access import Actor


def _dates(service: Service, ids: Iterable[UUID]) -> list[Occurrence]:
    return list(service.occurrences.select_for_update(of=("self",)).filter(pk__in=list(ids)))


@transaction.atomic
def confirm_dates(service: Service, *, dates: Iterable[UUID], by: Actor) -> list[Occurrence]:
    """Six dates from one mail, one act: each says from now on that it takes place."""
    access.require(by, "entry.confirm", service)
    chosen = _dates(service, dates)
    _confirm(chosen, by=by)
    publishing.refresh([service.pk])
    audit.record("entry.dates_confirmed", by=by, about=service, dates=[one.pk for one in chosen])
    return chosen


@transaction.atomic
def confirm_dates_by_link(link: KeeperLink, *, dates: Iterable[UUID], by: Actor) -> list[Occurrence]:
    """The keeper ticks the dates that take place, without signing in."""
    access.require(by, "link.use", link)
    service, keeper = link.keeper.service, Actor(account_id=link.keeper_id)
    chosen = _dates(service, dates)
    _confirm(chosen, by=keeper)
    publishing.refresh([service.pk])
    audit.record("entry.dates_confirmed", by=keeper, about=service, dates=[one.pk for one in chosen], by_link=True)
    return chosen


def _confirm(chosen: Iterable[Occurrence], *, by: Actor) -> None:
    for one in chosen:
        if one.state == OccurrenceState.PLANNED:
            one.state, one.confirmed_at, one.confirmed_by = OccurrenceState.CONFIRMED, now(), by.account_id
            one.save(update_fields=["state", "confirmed_at", "confirmed_by"])


@transaction.atomic
def set_state(service: Service, *, dates: Iterable[UUID], state: OccurrenceState, by: Actor) -> list[Occurrence]:
    """Call a date off, mark it full, or take either back; who comes regularly sees it at once."""
    access.require(by, "entry.confirm", service)
    chosen = _dates(service, dates)
    for one in chosen:
        one.state, one.confirmed_at, one.confirmed_by = state, now(), by.account_id
        one.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    publishing.refresh([service.pk])
    audit.record("entry.dates_set", by=by, about=service, state=state.value, dates=[one.pk for one in chosen])
    return chosen


@transaction.atomic
def add_dates(service: Service, *, starts: Iterable[tuple[datetime, datetime | None]], by: Actor) -> list[Occurrence]:
    """Add dates that somebody who knows has named: they are confirmed from the start. One already there stays one."""
    access.require(by, "entry.confirm", service)
    made = []
    for starts_at, ends_at in starts:
        one, new = Occurrence.objects.get_or_create(
            service=service,
            starts_at=starts_at,
            label="",
            defaults={
                "ends_at": ends_at,
                "state": OccurrenceState.CONFIRMED,
                "confirmed_at": now(),
                "confirmed_by": by.account_id,
            },
        )
        if new:
            made.append(one)
    publishing.refresh([service.pk])
    audit.record("entry.dates_added", by=by, about=service, dates=[one.pk for one in made])
    return made


@transaction.atomic
def remove_date(service: Service, *, date: UUID, by: Actor) -> None:
    """Take a date out that was entered by mistake; one that was announced is called off instead."""
    access.require(by, "entry.confirm", service)
    service.occurrences.filter(pk=date).delete()
    publishing.refresh([service.pk])
    audit.record("entry.date_removed", by=by, about=service, date=date)
