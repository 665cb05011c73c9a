"""The time of a member: coming, leaving, coming back, and what is told of it."""

import datetime as dt
import unicodedata
from typing import Any

from django.db import transaction
from django.utils import timezone

from tsunagari.accounts.models import Account
from tsunagari.directory.actions import organizations
from tsunagari.directory.models import Organization
from tsunagari.kernel import access, audit, outbox
from tsunagari.kernel.access import Actor
from tsunagari.network import standing
from tsunagari.network.actions import leaving
from tsunagari.network.actions.leaving import NotThere
from tsunagari.network.models import Member, Period


class AlreadyMember(ValueError):
    """It takes part already, or did on a day of the new period: no two periods of a member overlap."""


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def namesakes(name: str) -> list[Organization]:
    """Organisations of the directory with this very name, however wide or spaced its letters are."""
    wanted = _folded(name)
    rows = Organization.objects.filter(withdrawn_at=None).values_list("pk", "name")
    same = [pk for pk, one in rows if _folded(one) == wanted]
    return list(Organization.objects.filter(pk__in=same)) if same else []


def begin(
    organization: Organization, *, told: dict[str, Any], since: dt.date, decided_on: dt.date, by: Actor
) -> Member:
    """Start a period of this organisation. For actions that have asked their own rule."""
    member, new = Member.objects.get_or_create(organization=organization, defaults=told)
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if not new:
        for name, value in told.items():
            setattr(member, name, value)
        member.save()
    _open(member, since, decided_on, by)
    return member


def _open(member: Member, since: dt.date, decided_on: dt.date, by: Actor) -> Period:
    last = member.periods.first()
    if last and (last.until is None or last.until >= since):
        raise AlreadyMember(member.pk)
    period = Period.objects.create(member=member, since=since, decided_on=decided_on, decided_by=by.who)
    audit.record("member.came", by=by, about=member, period=period.pk, since=since)
    outbox.announce("member.came", by=by, about=member)
    return period


@transaction.atomic
def take_in(*, name: str, kana: str, told: dict[str, Any], since: dt.date, by: Actor) -> Member:
    """A shop or a circle that only wants to receive takes part in one step: no terms, no account.

    An organisation of the directory with this very name is the one that is meant. Twice on one day changes nothing.
    """
    access.require_any(by, "member.take_in")
    found = namesakes(name)
    organization = found[0] if len(found) == 1 else None
    values = {"name": name, "kana": kana, "sector": told["sector"]}
    organization = organization or organizations.add(values=values, key=f"{since}/{name}", by=by)
    running = Member.objects.filter(organization=organization, periods__since=since, periods__until=None).first()
    return running or begin(organization, told=told, since=since, decided_on=timezone.localdate(), by=by)


@transaction.atomic
def change(member: Member, *, told: dict[str, Any], reception: Account | None = None, by: Actor) -> Member:
    """Say anew what the member does, what of it may be published, and who takes what arrives there."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    access.require(by, "member.change", member)
    if reception and reception.pk not in standing.holders(member.organization_id):
        raise NotThere(reception.pk)
    for name, value in told.items():
        setattr(member, name, value)
    member.reception = reception
    member.save()
    audit.record("member.changed", by=by, about=member)
    return member


@transaction.atomic
def leave(member: Member, *, on: dt.date, by: Actor) -> Member:
    """Its last day. Who acts for it stops then; what they hold in its name goes to the coordinator of the town."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    period = member.periods.filter(until=None).first()
    if period is None:
        return member
    access.require(by, "member.leave", member)
    if on < period.since:
        raise AlreadyMember(member.pk)
    period.until, period.ended_at, period.ended_by = on, timezone.now(), by.account_id
    period.save(update_fields=["until", "ended_at", "ended_by"])
    audit.record("member.left", by=by, about=member, period=period.pk, until=on)
    outbox.announce("member.left", by=by, about=member)
    leaving.end_for_a_member(member, on=on, by=by)
    return member


@transaction.atomic
def come_back(member: Member, *, since: dt.date, by: Actor) -> Member:
    """It takes part again from this day on; the time it was away stays on record."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    access.require(by, "member.come_back", member)
    _open(member, since, timezone.localdate(), by)
    return member
