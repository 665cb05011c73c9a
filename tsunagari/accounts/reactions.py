"""Mail to people who were invited or lost their password. The links are made here, so no table holds them."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext as _

from tsunagari.accounts import actions
from tsunagari.accounts.models import Account, Invitation
from tsunagari.kernel import mail
from tsunagari.kernel.outbox import Event, reacts


@reacts("person.invited", outside=True)
def mail_the_invited(event: Event) -> None:
    """The link of an invitation that still stands."""
    invitation = Invitation.objects.filter(pk=event.about_id, accepted_at=None, withdrawn_at=None).first()
    if invitation is not None:
        mail.send(
            invitation.email,
            link=reverse("invitation", args=[actions.token_of(invitation)]),
            key=event.key,
            subject=_("登録のご案内"),
            line=_("下のリンクから、お名前とパスワードを登録してください。リンクは14日間使えます。"),
        )


@reacts("password.asked", outside=True)
def mail_a_new_password_link(event: Event) -> None:
    """The link to choose a new password; it stops working once used or after a sign-in."""
    account = Account.objects.filter(pk=event.about_id, deactivated_at=None).first()
    if account is not None:
        key = default_token_generator.make_token(account)
        mail.send(
            account.email,
            link=reverse("account_reset_password_from_key", args=[user_pk_to_url_str(account), key]),
            key=event.key,
            subject=_("パスワードの再設定"),
            line=_("下のリンクから、新しいパスワードを決めてください。心当たりがなければ、そのままにしてください。"),
        )
