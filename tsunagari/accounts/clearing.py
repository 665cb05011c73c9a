"""How long accounts are kept after people left, as their `Privacy` says."""

from datetime import date, timedelta

from django.db.models import QuerySet

from tsunagari.accounts.models import Account, Invitation
from tsunagari.kernel.retention import clears

_YEAR = timedelta(days=365)
GONE = "（退任）"


@clears("accounts closed two years ago lose name and address")
def old_accounts(as_of: date, really: bool) -> int:
    """The row stays, since acts name it by its id; what it said about a person goes."""
    rows: QuerySet[Account] = Account.objects.filter(deactivated_at__date__lt=as_of - 2 * _YEAR).exclude(name=GONE)
    count = rows.count()
    if really:
        for account in rows:
            account.name, account.kana, account.email = GONE, "", f"{account.pk}@gone.invalid"
            account.save(update_fields=["name", "kana", "email"])
    return count


@clears("invitations that ran out a year ago")
def old_invitations(as_of: date, really: bool) -> int:
    """Nobody needs to know for longer who was asked."""
    rows = Invitation.objects.filter(expires_at__date__lt=as_of - _YEAR)
    return rows.delete()[0] if really else rows.count()
