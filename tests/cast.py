"""The cast: few, named, and the same people as in the demo town. All made up (架空).

Hanako has no account: she is the public. `saeki` listens, `miki` is link worker at the town, its secretariat and the
coordinator of the town, `yumesaki` her substitute, `oshio` link worker at a member and its reception, `shosha` link
worker at the library, `aga` has a council seat, `shirahama` edits the directory, and `tonomura` is the
outsider who must see nothing.
"""

import time
from dataclasses import dataclass

from django.test import Client

from tsunagari.accounts.models import Account
from tsunagari.directory.models import Organization
from tsunagari.kernel.access import PUBLIC, Actor
from tsunagari.network import actors, demo
from tsunagari.network.models import Member

NAMES = {
    "saeki": "listener",
    "miki": "link_worker_town",
    "oshio": "link_worker_member",
    "yumesaki": "link_worker_second",
    "shosha": "link_worker_library",
    "aga": "council_seat",
    "tonomura": "outsider",
    "shirahama": "editor",
}
ORGANIZATIONS = {
    "city-welfare": "government",
    "city-library": "government",
    "npo-hidamari": "support",
    "minsei": "community",
}


@dataclass(frozen=True)
class Cast:
    """Everybody by name: `cast.account("miki")`, `cast.actor("miki")`, `cast.client("miki")`; "hanako" has none."""

    accounts: dict[str, Account]
    members: dict[str, Member]

    def account(self, name: str) -> Account:
        return self.accounts[name]

    def actor(self, name: str, *, second_factor: bool = True) -> Actor:
        """What the middleware would build for her."""
        if name == "hanako":
            return PUBLIC
        account = self.accounts[name]
        duties = actors.duties_today(account.pk)
        return Actor(
            account_id=account.pk,
            member_ids=actors.organizations_today(account.pk),
            duties=duties if second_factor else duties - actors.NEEDS_SECOND_FACTOR,
            second_factor=second_factor,
        )

    def client(self, name: str, *, second_factor: bool = True) -> Client:
        """A browser in which she signed in."""
        client = Client()
        if name == "hanako":
            return client
        account = self.accounts[name]
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        methods = ["password", "mfa"] if second_factor else ["password"]
        session["account_authentication_methods"] = [{"method": one, "at": time.time()} for one in methods]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        return client

    def organization(self, name: str) -> Organization:
        return self.members[name].organization


def make() -> Cast:
    """The cast with three organisations, as the demo town loads it."""
    for name, sector in ORGANIZATIONS.items():
        Organization.objects.get_or_create(
            uri=f"https://example.jp/id/{name}", defaults={"name": f"{name}（架空）", "sector": sector}
        )
    demo.load()
    accounts = {one.email: one for one in Account.objects.all()}
    members = {
        one.organization.uri.removeprefix("https://example.jp/id/"): one
        for one in Member.objects.select_related("organization")
    }
    return Cast({name: accounts[demo._email(role)] for name, role in NAMES.items()}, members)
