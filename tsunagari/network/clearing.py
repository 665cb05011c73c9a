"""How long the people behind members and applications are remembered, as `Privacy` of their tables says."""

from datetime import date, timedelta

from tsunagari.kernel.retention import clears
from tsunagari.network.models import Application, Member, Notice, Period, Preference

_YEAR = timedelta(days=365)


@clears("contacts of members that left a year ago")
def contacts_of_old_members(as_of: date, really: bool) -> int:
    """The member and its periods stay: the roster of an old day is drawn from them."""
    kept = Period.objects.on(as_of).values("member_id")
    recent = Period.objects.filter(until__gte=as_of - _YEAR).values("member_id")
    later = Period.objects.filter(since__gt=as_of).values("member_id")
    gone = Member.objects.exclude(pk__in=kept).exclude(pk__in=recent).exclude(pk__in=later)
    rows = gone.exclude(contact_name="", contact_mail="")
    return rows.update(contact_name="", contact_mail="") if really else rows.count()


@clears("people in applications decided a year ago")
def people_in_old_applications(as_of: date, really: bool) -> int:
    """That an organisation asked, and what was decided, stays; who wrote and what was written back and forth goes."""
    rows = Application.objects.filter(decided_on__lt=as_of - _YEAR).exclude(contact_mail="")
    nothing = dict.fromkeys(("contact_name", "contact_mail", "question", "reply", "reason"), "")
    return rows.update(**nothing) if really else rows.count()


@clears("notices of a quarter of a year ago, and the choices of those who left")
def old_notices(as_of: date, really: bool) -> int:
    """Who left wants no mail; what she had chosen goes with her, and so does a member's common mail box."""
    here = Period.objects.filter(until__gte=as_of).values("member_id")
    ever = Period.objects.filter(until=None).values("member_id")
    gone = Preference.objects.filter(account__deactivated_at__date__lt=as_of)
    closed = Preference.objects.exclude(member=None).exclude(member__in=here).exclude(member__in=ever)
    found = (Notice.objects.filter(at__date__lt=as_of - timedelta(days=90)), gone, closed)
    return sum(rows.delete()[0] if really else rows.count() for rows in found)
