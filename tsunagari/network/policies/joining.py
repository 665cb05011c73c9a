"""Who asks to take part, and who decides."""

from django.db.models import Q
from django.utils import timezone

from tsunagari.accounts.policies import by_secretariat
from tsunagari.kernel.access import EVERYBODY, Actor, rule
from tsunagari.network.models import Application, Criterion, Terms
from tsunagari.network.terms import UNDECIDED, ApplicationState


@rule("terms.accept", Terms, anonymous=True)
def accept(actor: Actor) -> Q:
    """Anybody applies for an organisation under terms that are in force."""
    return Q(in_force_from__lte=timezone.localdate())


@rule("terms.publish", Terms)
def publish(actor: Actor) -> Q:
    """The secretariat publishes a new version of the terms."""
    return by_secretariat(actor)


@rule("criterion.edit", Criterion)
def edit(actor: Actor) -> Q:
    """The secretariat words what applicants tick, and takes a sentence back that is asked no more."""
    return by_secretariat(actor)


@rule("application.read", Application)
def read(actor: Actor) -> Q:
    """Only the secretariat sees who asked to take part."""
    return by_secretariat(actor)


@rule("application.ask", Application)
def ask(actor: Actor) -> Q:
    """The secretariat asks back as long as nothing is decided."""
    return by_secretariat(actor, Q(state__in=UNDECIDED))


@rule("application.admit", Application)
def admit(actor: Actor) -> Q:
    """The secretariat admits whoever has not been decided on."""
    return by_secretariat(actor, Q(state__in=UNDECIDED))


@rule("application.refuse", Application)
def refuse(actor: Actor) -> Q:
    """The secretariat refuses whoever has not been decided on."""
    return by_secretariat(actor, Q(state__in=UNDECIDED))


@rule("application_link.read", Application, anonymous=True)
def read_own(actor: Actor) -> Q:
    """Whoever holds the code of the receipt sees what became of the application."""
    return EVERYBODY


@rule("application_link.reply", Application, anonymous=True)
def reply(actor: Actor) -> Q:
    """Whoever holds the code of the receipt answers what the secretariat asked back."""
    return Q(state=ApplicationState.ASKED)
