"""Entries and organisations: everyone reads, the town's editors and the organisation's own people edit."""

from django.db.models import Q

from tsunagari.accounts.terms import Duty
from tsunagari.directory.models import Organization, Service
from tsunagari.directory.terms import Status
from tsunagari.kernel.access import EVERYBODY, NOBODY, Actor, rule

EDITING = frozenset({Duty.SECRETARIAT, Duty.EDITOR})


def edits_everything(actor: Actor) -> bool:
    """Whether the town asked this person to look after the whole directory."""
    return bool(actor.duties & EDITING)


def edited_by(actor: Actor, organization: str) -> Q:
    """Rows of the organisations this actor edits; `organization` is the path to the organisation's id."""
    if edits_everything(actor):
        return EVERYBODY
    return Q(**{f"{organization}__in": actor.member_ids}) if actor.member_ids else NOBODY


@rule("entry.read", Service, anonymous=True)
def read(actor: Actor) -> Q:
    """Anyone reads an entry that has not been withdrawn; who edits it still sees a withdrawn one."""
    return Q(withdrawn_at=None) & ~Q(status=Status.DEFUNCT) | edited_by(actor, "organization_id")


@rule("entry.edit", Service)
def edit(actor: Actor) -> Q:
    """The town's editors edit every entry, people posted to an organisation the entries of that organisation."""
    return edited_by(actor, "organization_id")


@rule("entry.confirm", Service)
def confirm(actor: Actor) -> Q:
    """Who may edit an entry may say that it is still true, and confirm its dates."""
    return Q(withdrawn_at=None) & edited_by(actor, "organization_id")


@rule("entry.withdraw", Service)
def withdraw(actor: Actor) -> Q:
    """Who may edit an entry may take it out of the finder."""
    return Q(withdrawn_at=None) & edited_by(actor, "organization_id")


@rule("entry.restore", Service)
def restore(actor: Actor) -> Q:
    """Who may edit an entry may put it back."""
    return Q(withdrawn_at__isnull=False) & edited_by(actor, "organization_id")


@rule("entry.report", Service, anonymous=True)
def report(actor: Actor) -> Q:
    """Anyone may say that an entry is wrong."""
    return Q(withdrawn_at=None)


@rule("organization.read", Organization, anonymous=True)
def read_organization(actor: Actor) -> Q:
    """Anyone reads an organisation that has not withdrawn."""
    return Q(withdrawn_at=None) | edited_by(actor, "pk")


@rule("organization.edit", Organization)
def edit_organization(actor: Actor) -> Q:
    """The town's editors edit every organisation, people posted to one edit their own."""
    return edited_by(actor, "pk")


@rule("organization.add_entry", Organization)
def add_entry(actor: Actor) -> Q:
    """Who may edit an organisation may add an entry to it."""
    return Q(withdrawn_at=None) & edited_by(actor, "pk")


@rule("organization.add", Organization)
def add_organization(actor: Actor) -> Q:
    """Only the town's editors add an organisation."""
    return EVERYBODY if edits_everything(actor) else NOBODY
