"""The town the proofs play in: who is there, what stands where, and what one moment looks like."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import cast as people
from tsunagari.accounts.models import Account, DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.directory.models import Organization
from tsunagari.kernel import promises
from tsunagari.kernel.access import PUBLIC, Actor
from tsunagari.kernel.models import Message
from tsunagari.network import actors, standing
from tsunagari.network.models import Posting
from tsunagari.referrals.models import FollowUp, Referral, Switch, UnmetNeed

# Besides the cast: a colleague of Oshio's, and a second coordinator with the secretariat's duties.
MORE = {
    "arai": ("npo-hidamari", (Duty.LINK_WORKER,)),
    "kato": ("city-library", (Duty.COORDINATOR, Duty.SECRETARIAT)),
}
SENDERS = ("city-welfare", "npo-hidamari")
RECEIVERS = ("npo-hidamari", "city-library", "minsei", "circle", "city-welfare")
PEOPLE = ("miki", "yumesaki", "saeki", "oshio", "arai", "shosha", "kato", "aga", "shirahama", "tonomura", "hanako")


@dataclass
class Town:
    """Made once; every example begins from here and is rolled back to here."""

    accounts: dict[str, UUID]
    organizations: dict[str, Organization]
    names: dict[UUID, str] = field(init=False)
    today: date = date.min
    actors: dict[str, Actor] = field(default_factory=dict)
    pairs: set[tuple[UUID, UUID]] = field(default_factory=set)
    open_accounts: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.names = {pk: name for name, pk in self.accounts.items()}

    def people_changed(self) -> None:
        """Somebody came or left, or a day began: who may what is asked anew."""
        self.today, self.actors = timezone.localdate(), {}
        self.pairs = standing.pairs_today()
        self.open_accounts = set(Account.objects.filter(deactivated_at=None).values_list("pk", flat=True))

    def actor(self, name: str) -> Actor:
        """What the middleware would build for her now."""
        if self.today != timezone.localdate():
            self.people_changed()
        if name not in self.actors:
            self.actors[name] = self._actor(name)
        return self.actors[name]

    def client(self, name: str) -> Client:
        """A browser in which she signed in with her second factor just now."""
        return people.Cast({name: Account.objects.get(pk=self.accounts[name])}, {}).client(name)

    def _actor(self, name: str) -> Actor:
        """A closed account has no sessions, so she is the public."""
        account_id = self.accounts.get(name)
        if account_id is None or not Account.objects.filter(pk=account_id, deactivated_at=None).exists():
            return PUBLIC
        return Actor(
            account_id, actors.organizations_today(account_id), duties=actors.duties_today(account_id),
            second_factor=True,
        )  # fmt: skip


def make() -> Town:
    """The cast, two more people, and a circle where nobody has an account."""
    cast = people.make()
    today, now = timezone.localdate(), timezone.now()
    for name, (organization, duties) in MORE.items():
        account = Account.objects.create_account(f"{name}@example.jp", name=f"{name}（架空）")
        member = cast.members[organization]
        Posting.objects.create(account=account, member=member, since=today, posted_at=now, posted_by=account.pk)
        for duty in duties:
            DutyTerm.objects.create(account=account, duty=duty, since=today, given_at=now, given_by=account.pk)
        cast.accounts[name] = account
    circle = Organization.objects.create(name="編み物の会（架空）", uri=f"https://example.jp/id/{secrets.token_hex(4)}")
    organizations = {name: member.organization for name, member in cast.members.items()} | {"circle": circle}
    return Town({name: account.pk for name, account in cast.accounts.items()}, organizations)


Row = dict[str, Any]
_FIELDS = ("pk", "holder_id", "held_for", "promised_on", "due_on", "climbed")
_MORE = {
    "Slip": ("state", "ending", "protected_at", "sender_id", "made_by", "named", "version"),
    "Referral": ("state", "slip_id", "receiver_id", "cared_by", "room", "ending"),
    "Wipe": ("referral_id", "answer"),
}


@dataclass(frozen=True)
class Moment:
    """Everything that stands in the database about promises, and how much else there is."""

    rows: dict[str, dict[UUID, Row]]
    steps: dict[UUID, list[str]]
    counts: tuple[int, ...]

    def of(self, table: str) -> list[Row]:
        return list(self.rows.get(table, {}).values())

    def open_referrals(self) -> list[Row]:
        return [row for row in self.of("Referral") if row["holder_id"]]


def _sql(model: type[Any], fields: Sequence[str]) -> str:
    columns = [model._meta.get_field("id" if name == "pk" else name).column for name in fields]
    return f"SELECT {', '.join(columns)} FROM {model._meta.db_table} ORDER BY id"


_KEYS = ("pk", "holder_id", "held_for", "sender_id", "made_by", "slip_id", "receiver_id", "cared_by", "referral_id")


def look() -> Moment:
    """This moment. In plain SQL, since it is looked at after every step of a hundred thousand."""
    rows: dict[str, dict[UUID, Row]] = {}
    steps: dict[UUID, list[str]] = {}
    with connection.cursor() as cursor:
        for model in promises.tables():
            fields = (*_FIELDS, *_MORE.get(model.__name__, ()))
            cursor.execute(_sql(model, fields))
            keys = [i for i, name in enumerate(fields) if name in _KEYS]
            table = rows.setdefault(model.__name__, {})
            for found in cursor.fetchall():
                values = list(found)
                for i in keys:
                    values[i] = _id(values[i])
                table[values[0]] = dict(zip(fields, values, strict=True))
        cursor.execute("SELECT referral_id, state FROM referrals_step ORDER BY at")
        for referral_id, state in cursor.fetchall():
            steps.setdefault(_id(referral_id), []).append(state)  # type: ignore[arg-type]
        cursor.execute(_COUNTS)
        counts = tuple(cursor.fetchone())
    return Moment(rows, steps, counts)


_TABLES = (Message, Switch, FollowUp, UnmetNeed)
_COUNTS = "SELECT (SELECT coalesce(max(seq), 0) FROM kernel_auditline), " + ", ".join(
    f"(SELECT count(*) FROM {table._meta.db_table})" for table in _TABLES
)


def _id(value: Any) -> UUID | None:
    return UUID(value) if isinstance(value, str) else value


def switches_on(slip_id: UUID, recipient_id: UUID, purpose: str, day: date) -> set[str]:
    """By hand, not by the code under test: which items a recipient may read on this day."""
    return {
        one.item
        for one in Switch.objects.filter(slip_id=slip_id, recipient_id=recipient_id, purpose=purpose)
        if one.allowed and one.until >= day and one.replaced_at is None and one.withdrawn_at is None
    }


def referrals_with_a_window(moment: Moment) -> list[Referral]:
    """Referrals whose receiver may open something."""
    wanted = [row["pk"] for row in moment.open_referrals() if row["state"] not in ("drafted", "asked")]
    return list(Referral.objects.select_related("slip").filter(pk__in=wanted))
