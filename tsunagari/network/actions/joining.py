"""Asking to take part, and what the secretariat answers."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now

from tsunagari.accounts import actions as accounts
from tsunagari.directory.actions import organizations
from tsunagari.directory.models import Organization
from tsunagari.kernel import access, audit, codes, outbox
from tsunagari.kernel.access import Actor
from tsunagari.network.actions.membership import AlreadyMember, begin, namesakes
from tsunagari.network.models import Application, Criterion, Member, Terms
from tsunagari.network.terms import ApplicationState

MOST_IN_AN_HOUR = 30  # about the whole town; no address of a sender is kept to count by


class Flooded(Exception):
    """More applications within an hour than a town sends. The secretariat's phone still works."""


def code_of(key: str) -> str:
    """The code the applicant keeps. It comes from the form's key: sending the form twice gives the same code."""
    return codes.code("application", key)


@transaction.atomic
def apply(terms: Terms, *, answers: dict[str, Any], key: str, by: Actor) -> tuple[Application, str]:
    """Ask to take part, under these terms: a double click or a second try is the same application."""
    access.require(by, "terms.accept", terms)
    lately = Application.objects.filter(applied_at__gt=now() - dt.timedelta(hours=1)).exclude(idempotency_key=key)
    if lately.count() >= MOST_IN_AN_HOUR:
        raise Flooded
    code = code_of(key)
    agreed = list(Criterion.objects.filter(withdrawn_at=None).values_list("sentence", flat=True))
    application, new = Application.objects.get_or_create(
        idempotency_key=key,
        defaults={**answers, "terms": terms, "agreed": agreed, "receipt": codes.code_hash(code), "applied_at": now()},
    )
    if new:
        audit.record("application.sent", by=by, about=application, terms=terms.pk)
        outbox.announce("application.sent", by=by, about=application)
    return application, code


@transaction.atomic
def ask(application: Application, *, question: str, by: Actor) -> Application:
    """Ask the applicant back; she reads it and answers with the code of her receipt."""
    application = _locked(application)
    access.require(by, "application.ask", application)
    application.state, application.question, application.reply = ApplicationState.ASKED, question, ""
    application.asked_at, application.asked_by = now(), by.account_id
    application.save(update_fields=["state", "question", "reply", "asked_at", "asked_by"])
    audit.record("application.asked", by=by, about=application)
    outbox.announce("application.asked", by=by, about=application)
    return application


@transaction.atomic
def reply(application: Application, *, text: str, by: Actor) -> Application:
    """The applicant answers: the application waits for the secretariat again."""
    application = _locked(application)
    access.require(by, "application_link.reply", application)
    application.state, application.reply = ApplicationState.WAITING, text
    application.save(update_fields=["state", "reply"])
    audit.record("application.replied", by=by, about=application)
    return application


@transaction.atomic
def admit(
    application: Application, *, decided_on: dt.date, organization: Organization | None = None, by: Actor
) -> Member:
    """Let it take part from the day of the decision, as this organisation of the directory or as a new one.

    The contact person is invited by mail. Who was admitted already stays so; `AlreadyMember`: it takes part today.
    """
    application = _locked(application)
    if application.member is not None:
        return application.member
    access.require(by, "application.admit", application)
    organization = organization or _the_same(application) or _new_organization(application, by)
    told = {name: getattr(application, name) for name in TOLD}
    member = begin(organization, told=told, since=decided_on, decided_on=decided_on, by=by)
    _decide(application, ApplicationState.ADMITTED, decided_on, by, member=member)
    outbox.announce("application.admitted", by=by, about=application, member=member.pk)
    _invite_the_contact(member, by)
    return member


# What a member keeps of its application.
TOLD = ("sector", "fields", "area", "words", "contact_name", "contact_mail", "published")


def _invite_the_contact(member: Member, by: Actor) -> None:
    """Somebody who has an account already is posted by hand: a stranger may have typed her address."""
    try:
        accounts.invite(member.contact_mail, organization_id=member.organization_id, by=by)
    except accounts.AlreadyHere:
        return


@transaction.atomic
def admit_all(applications: Iterable[Application], *, decided_on: dt.date, by: Actor) -> list[Application]:
    """One decision for many; returns those that must be looked at singly, because they take part already."""
    left = []
    for application in applications:
        try:
            with transaction.atomic():
                admit(application, decided_on=decided_on, by=by)
        except AlreadyMember:
            left.append(application)
    return left


@transaction.atomic
def refuse(application: Application, *, decided_on: dt.date, reason: str, by: Actor) -> Application:
    """Say no, with a reason the applicant reads. Saying it twice changes nothing."""
    application = _locked(application)
    if application.state == ApplicationState.REFUSED:
        return application
    access.require(by, "application.refuse", application)
    application.reason = reason
    _decide(application, ApplicationState.REFUSED, decided_on, by)
    outbox.announce("application.refused", by=by, about=application)
    return application


@transaction.atomic
def refuse_all(applications: Iterable[Application], *, decided_on: dt.date, reason: str, by: Actor) -> None:
    """One no for many, with one reason."""
    for application in applications:
        refuse(application, decided_on=decided_on, reason=reason, by=by)


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update(of=("self",)).get(pk=application.pk)


def _decide(
    application: Application, state: ApplicationState, on: dt.date, by: Actor, *, member: Member | None = None
) -> None:
    application.state, application.member = state, member
    application.decided_on, application.decided_at, application.decided_by = on, now(), by.account_id
    application.save(update_fields=["state", "member", "decided_on", "decided_at", "decided_by", "reason"])
    audit.record(f"application.{state.value}", by=by, about=application, decided_on=on)


def _the_same(application: Application) -> Organization | None:
    """The organisation of the directory with this very name, if there is just one."""
    found = namesakes(application.name)
    return found[0] if len(found) == 1 else None


def _new_organization(application: Application, by: Actor) -> Organization:
    values = {name: getattr(application, name) for name in ("name", "kana", "sector")}
    return organizations.add(values=values, key=str(application.pk), by=by)


@transaction.atomic
def publish_terms(*, text: str, in_force_from: dt.date, by: Actor) -> Terms:
    """A new version of the terms, in force from a day on; the old ones stay as they were agreed to."""
    access.require_any(by, "terms.publish")
    last = Terms.objects.select_for_update().order_by("-version").first()
    if last and (last.text, last.in_force_from) == (text, in_force_from):
        return last
    terms = Terms.objects.create(
        version=last.version + 1 if last else 1,
        text=text,
        in_force_from=in_force_from,
        published_at=now(),
        published_by=by.who,
    )
    audit.record("terms.published", by=by, about=terms, version=terms.version)
    return terms


@transaction.atomic
def word_criteria(*, sentences: list[str], by: Actor) -> None:
    """From here applicants tick these sentences, in this order; a sentence that is gone is asked no more."""
    access.require_any(by, "criterion.edit")
    asked = {one.sentence: one for one in Criterion.objects.select_for_update().filter(withdrawn_at=None)}
    for sentence, one in asked.items():
        if sentence not in sentences:
            one.withdrawn_at, one.withdrawn_by = now(), by.account_id
            one.save(update_fields=["withdrawn_at", "withdrawn_by"])
            audit.record("criterion.withdrawn", by=by, about=one)
    for order, sentence in enumerate(dict.fromkeys(sentences)):
        _word(asked.get(sentence), sentence, order, by)


def _word(criterion: Criterion | None, sentence: str, order: int, by: Actor) -> None:
    if criterion is None:
        criterion = Criterion.objects.create(sentence=sentence, order=order)
        audit.record("criterion.worded", by=by, about=criterion)
    elif criterion.order != order:
        criterion.order = order
        criterion.save(update_fields=["order"])


def terms_in_force(on: dt.date | None = None) -> Terms | None:
    """The newest version that is in force on this day."""
    return Terms.objects.filter(in_force_from__lte=on or localdate()).first()
