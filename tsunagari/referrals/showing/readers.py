"""Who looked, when and why: the lines of the record about one contact, in words for the person concerned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tsunagari.accounts.models import DutyTerm
from tsunagari.accounts.terms import Duty
from tsunagari.kernel import audit
from tsunagari.kernel.models import AuditLine
from tsunagari.network.models import Posting
from tsunagari.referrals.models import Handover, Slip
from tsunagari.ui.dates import day_text, moment_text

MOST = 60
_ROLES = (Duty.LINK_WORKER, Duty.LISTENER, Duty.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody looked: when, which organisation in which role (never her name), what and why, how often that day."""

    when: str
    who: str
    words: str


def _why(line: AuditLine) -> str:
    return {
        "slip.read": _("シートを読みました（つなぐ準備のため）"),
        "referral.open": _("シートを読みました（受け入れややりとりのため）"),
        "meeting.read": _("会う約束を読みました（当日のため）"),
        "referral.print_paper": _("紙のシートを開きました（受け入れ先に渡すため）"),
        "receiver_link.use": _("リンクから、伝えてよいことだけを読みました（受け入れのため）"),
        "slip_receipt.use": _("受付票のページを開きました"),
    }.get(line.event, _("記録を見ました"))


class _Directory:
    """Organisation and role of accounts on the days in question, asked once for all lines."""

    def __init__(self, slip: Slip, accounts: set[UUID]) -> None:
        sides = {slip.sender_id, *(one.receiver_id for one in slip.referrals.all())}
        rows = Posting.objects.filter(account_id__in=accounts).select_related("member__organization")
        # Somebody may act for several organisations: those who have to do with her come first.
        self.postings = sorted(rows, key=lambda one: one.member.organization_id not in sides)
        terms = DutyTerm.objects.filter(account_id__in=accounts, duty__in=_ROLES)
        self.terms = sorted(terms, key=lambda one: _ROLES.index(Duty(one.duty)))

    def who(self, account: UUID, day: date) -> str:
        there = next((one for one in self.postings if one.account_id == account and _on(one, day)), None)
        term = next((one for one in self.terms if one.account_id == account and _on(one, day)), None)
        name = there.member.organization.name if there else _("市の担当")
        return _("%(name)sの%(role)s") % {"name": name, "role": Duty(term.duty).label} if term else name


def _on(row: Posting | DutyTerm, day: date) -> bool:
    return row.since <= day and (row.until is None or row.until >= day)


def _lines(slip: Slip) -> list[AuditLine]:
    referrals = list(slip.referrals.all())
    meetings = Handover.objects.filter(referral__in=referrals)
    things: Iterable[Model] = (slip, *referrals, *meetings)
    found = chain.from_iterable(audit.lines_about(one) for one in things)
    return sorted((one for one in found if one.ids.get("reading")), key=lambda one: -one.seq)


def readers(slip: Slip) -> list[Reader]:
    """The newest first; the same reading on the same day is one line that says how often."""
    lines = _lines(slip)
    directory = _Directory(slip, {one.actor_id for one in lines if one.actor_id})
    places = {str(one.pk): one.receiver.name for one in slip.referrals.select_related("receiver")}
    groups: dict[tuple[date, str, str], list[datetime]] = {}
    for line in lines:
        groups.setdefault((localdate(line.at), _name(line, directory, places), _why(line)), []).append(line.at)
    return [Reader(_when(times), who, words) for (_day, who, words), times in groups.items()][:MOST]


def _name(line: AuditLine, directory: _Directory, places: dict[str, str]) -> str:
    if line.actor_id:
        return directory.who(line.actor_id, localdate(line.at))
    return places.get(line.about_id, "") or _("受付票を持つ人（あなた）")


def _when(times: list[datetime]) -> str:
    if len(times) == 1:
        return moment_text(times[0])
    return _("%(day)s（%(n)s回）") % {"day": day_text(times[0]), "n": len(times)}
