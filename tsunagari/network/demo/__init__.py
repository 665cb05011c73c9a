"""The cast of the demo town: the people of our tests, with their own sign-ins. All of them are made up (架空)."""

import base64
import hashlib
import hmac
import time
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tsunagari.accounts.actions import SERVER
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.accounts.terms import NEEDS_SECOND_FACTOR, Duty
from tsunagari.directory.demo import receipts, tellings
from tsunagari.directory.models import Organization
from tsunagari.network.demo.members import say_how_to_join, take_everybody_in
from tsunagari.network.models import Member, Posting

# Role, name, kana, duties, the organisation acted for, as what.
CAST: tuple[tuple[str, str, str, tuple[Duty, ...], str, str], ...] = (
    ("listener", "佐伯（架空）", "さえき", (Duty.LISTENER,), "city-welfare", "聞き手"),
    (
        "link_worker_town",
        "三木（架空）",
        "みき",
        (Duty.SECRETARIAT, Duty.LINK_WORKER, Duty.COORDINATOR),
        "city-welfare",
        "事務局",
    ),
    ("link_worker_second", "夢前（架空）", "ゆめさき", (Duty.LINK_WORKER,), "city-welfare", "つなぎ手"),
    ("link_worker_member", "大塩（架空）", "おおしお", (Duty.LINK_WORKER,), "npo-hidamari", "つなぎ手"),
    ("link_worker_library", "書写（架空）", "しょしゃ", (Duty.LINK_WORKER,), "city-library", "つなぎ手"),
    ("council_seat", "英賀（架空）", "あが", (), "minsei", "構成員"),
    ("outsider", "外村（架空）", "とのむら", (), "", ""),
    ("editor", "白浜（架空）", "しらはま", (Duty.EDITOR,), "city-welfare", "編集"),
)
# Who steps in for whom at the same organisation, and who takes what arrives there.
SUBSTITUTES = {"link_worker_town": "link_worker_second", "link_worker_second": "link_worker_town"}
RECEPTIONS = {"npo-hidamari": "link_worker_member"}


def _secret(purpose: str, role: str) -> bytes:
    """Secrets of the demo come from this installation's key: nobody can guess them, and nothing need be stored."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"demo|{purpose}|{role}".encode(), hashlib.sha256)


def _email(role: str) -> str:
    return f"{role.replace('_', '-')}@demo.example.jp"


def password_of(role: str) -> str:
    """The password of one of the cast."""
    return base64.b32encode(_secret("password", role)[:10]).decode().lower()


def totp_secret_of(role: str) -> str:
    """The secret of her authenticator app."""
    return base64.b32encode(_secret("totp", role)[:20]).decode()


@transaction.atomic
def load() -> None:
    """Make every demo organisation a member, and give the cast its sign-ins, duties and postings."""
    today, now = timezone.localdate(), timezone.now()
    take_everybody_in(today, SERVER)
    _settle(today, now)
    _say_who_stands_in()
    say_how_to_join(today, now, Account.objects.get(email=_email("link_worker_town")))


def _settle(today: date, now: datetime) -> None:
    for role, name, kana, duties, organization, as_what in CAST:
        if Account.objects.filter(email=_email(role)).exists():
            continue
        account = Account.objects.create_account(_email(role), password_of(role), name=name, kana=kana)
        for duty in duties:
            DutyTerm.objects.create(account=account, duty=duty, since=today, given_at=now, given_by=account.pk)
        if NEEDS_SECOND_FACTOR.intersection(duties):
            TOTP.activate(account, totp_secret_of(role))
        member = Member.objects.filter(organization__uri=f"https://example.jp/id/{organization}").first()
        if member:
            Posting.objects.create(
                account=account, member=member, duty=as_what, since=today, posted_at=now, posted_by=account.pk
            )


def _say_who_stands_in() -> None:
    accounts = Account.objects.in_bulk([_email(role) for role, *_ in CAST], field_name="email")
    for role, other in SUBSTITUTES.items():
        hers = Posting.objects.filter(account=accounts[_email(role)], until=None)
        hers.update(substitute=accounts[_email(other)])
    for organization, role in RECEPTIONS.items():
        rows = Member.objects.filter(organization__uri=f"https://example.jp/id/{organization}")
        rows.update(reception=accounts[_email(role)])


def cast() -> dict[str, Any]:
    """The cast as `tsunagari demo --json` shows it. `totp_now`: the six digits that hold at this moment."""
    accounts = Account.objects.in_bulk([_email(role) for role, *_ in CAST], field_name="email")
    with_factor = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))
    rows = []
    for role, _name, _kana, duties, organization, _as_what in CAST:
        account = accounts.get(_email(role))
        if account:
            factor = account.pk in with_factor
            rows.append(
                {
                    "role": role,
                    "id": account.pk,
                    "name": account.name,
                    "email": account.email,
                    "password": password_of(role),
                    "duties": [duty.value for duty in duties],
                    "organization": organization,
                    "totp_secret": totp_secret_of(role) if factor else None,
                    "totp_now": _digits_now(role) if factor else None,
                }
            )
    return {"accounts": rows, "ids": _ids(), "receipts": receipts()}


def _digits_now(role: str) -> str:
    return str(format_hotp_value(hotp_value(totp_secret_of(role), int(time.time()) // 30)))


def _ids() -> dict[str, Any]:
    """Organisations of the demo town, and the entries that stories are told about, by their short names."""
    start = "https://example.jp/id/"
    rows = Organization.objects.filter(uri__startswith=start).values_list("uri", "pk")
    return {"organizations": {uri.removeprefix(start): pk for uri, pk in rows}, "entries": tellings()}
