"""The first person of a new town: there is nobody yet who could invite her."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from tsunagari.accounts import actions
from tsunagari.accounts.terms import Duty


class Command(BaseCommand):
    help = "Invite somebody from the server itself, and print the link (nothing is mailed)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--duty", action="append", default=[], choices=Duty.values)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            invitation = actions.invite_from_server(options["email"], duties=options["duty"])
        except actions.AlreadyHere as known:
            raise CommandError("there is an account with this address") from known
        self.stdout.write(settings.PUBLIC_URL + reverse("invitation", args=[actions.token_of(invitation)]))
