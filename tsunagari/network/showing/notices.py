"""What the page of messages shows: when something was new, and how she hears of it. Never what it was."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from tsunagari.kernel import access
from tsunagari.kernel.pages import acting
from tsunagari.network.actions.notices import Choice, choice_of
from tsunagari.network.forms.notices import ChoiceForm, OurChoiceForm
from tsunagari.network.models import Member, Notice, Preference

SHOWN = 50


def notices_page(request: HttpRequest, rows: QuerySet[Notice], **forms: Any) -> dict[str, Any]:
    """The latest, her own choice, and that of the members she acts for; `forms`: one that came back with mistakes."""
    actor = acting(request)
    mine = choice_of(actor.who)
    wrong: OurChoiceForm | None = forms.get("our_form")
    members = access.visible(actor, "member.choose_notices").filter(organization_id__in=actor.member_ids)
    return {
        "rows": rows[:SHOWN],
        "unread": rows.filter(read_at=None)[:100].count(),
        "form": forms.get("form") or ChoiceForm(initial=_initial(mine)),
        "members": [
            (one, wrong if wrong and wrong.prefix == str(one.pk) else our_form(one))
            for one in members.select_related("organization", "notice_preference")
        ],
    }


def our_form(member: Member, data: Any = None) -> OurChoiceForm:
    """The form of one member; several stand on one page."""
    row = getattr(member, "notice_preference", None) or Preference()
    initial = {**_initial(Choice.of(row)), "mailbox": row.mailbox}
    return OurChoiceForm(data, prefix=str(member.pk), initial=initial)


def _initial(choice: Choice) -> dict[str, Any]:
    return {name: getattr(choice, name) for name in ("rhythm", "quiet_from", "quiet_until", "language")}
