"""What the network does when somebody came, asked to or left."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tsunagari.accounts.models import Account, Invitation
from tsunagari.kernel import mail
from tsunagari.kernel.access import Actor
from tsunagari.kernel.outbox import Event, reacts
from tsunagari.kernel.promises import CLOCK
from tsunagari.kernel.timetable import every
from tsunagari.network import actions
from tsunagari.network.actions import joining, leaving, notices
from tsunagari.network.models import Application


@reacts("invitation.accepted")
def post_the_invited(event: Event) -> None:
    """The posting that the invitation promised."""
    invitation = Invitation.objects.filter(pk=event.about_id).first()
    if invitation is not None and invitation.organization_id:
        actions.post_the_invited(invitation)


@reacts("person.deactivated")
def end_postings(event: Event) -> None:
    """A closed account acts for nobody."""
    account = Account.objects.filter(pk=event.about_id).first()
    if account is not None:
        actions.end_all(account, by=Actor(account_id=event.actor_id))


@every(minutes=10)
def pass_on_what_ended() -> None:
    """Nothing stays with somebody whose time there is over."""
    leaving.pass_on_what_ended()


@reacts("application.asked", "application.admitted", "application.refused", outside=True)
def tell_the_applicant(event: Event) -> None:
    """There is an answer, and where: nothing of it stands in the mail."""
    application = Application.objects.filter(pk=event.about_id).exclude(contact_mail="").first()
    if application is not None:
        code = joining.code_of(application.idempotency_key)
        mail.send(
            application.contact_mail,
            link=reverse("join_receipt", args=[code]),
            key=event.key,
            subject=_("参加の申しこみについて"),
            line=_("事務局からお返事があります。下のリンクからご覧ください。"),
        )


@every(minutes=5)
def collect_notices() -> None:
    """What waits is told when it is time for it: after a quarter of an hour, or at the hours people chose."""
    notices.collect(by=CLOCK)


@reacts("notices.collected", outside=True)
def mail_that_something_is_new(event: Event) -> None:
    """How many things are new, and where: never what, never for whom."""
    found = notices.address_of(event.about_model, event.about_id)
    if found is None:
        return
    address, language = found
    with override(language):
        line = _("新しいお知らせが%(n)s件あります。") % {"n": event.ids["count"]}
        mail.send(address, link=reverse("work"), key=event.key, line=line, language=language)
