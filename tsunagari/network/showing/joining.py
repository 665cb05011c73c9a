"""What the pages of joining show: the call, the form, the receipt, and the secretariat's list of applications."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as N_

from tsunagari.directory.models import Organization
from tsunagari.directory.terms import Sector
from tsunagari.kernel import access
from tsunagari.kernel.pages import acting
from tsunagari.network.actions.joining import terms_in_force
from tsunagari.network.actions.membership import namesakes
from tsunagari.network.forms.joining import AskForm, DecisionForm, JoinForm, RefusalForm
from tsunagari.network.forms.words import field_names
from tsunagari.network.models import Application, Criterion, Terms
from tsunagari.network.showing.roster import roster
from tsunagari.network.terms import UNDECIDED, Item

VOICES = 6
# What platforms of other towns ask (DOMAIN §3): a proposal, the secretariat words its own.
USUAL = (
    N_("この町で、孤独・孤立にかかわる活動をしています（これからする予定も含みます）。"),
    N_("暴力団などの反社会的勢力ではなく、関わりもありません。"),
    N_("宗教や政治の活動のためには参加しません。"),
    N_("規約に同意します。"),
)


def call() -> dict[str, Any]:
    """Why others take part, in their own words, and how to."""
    found = roster(timezone.localdate())
    voices = [row for row in found.rows if row.words]
    return {
        "voices": voices[:VOICES],
        "members": len(found.rows) + found.unnamed,
        "sectors": [str(label) for label in Sector.labels],
        "terms": terms_in_force(),
        "criteria": asked_criteria(),
        "form_address": settings.PUBLIC_URL + reverse("join_form"),
    }


def asked_criteria() -> list[Criterion]:
    """The sentences applicants tick today."""
    return list(Criterion.objects.filter(withdrawn_at=None))


def join_form(terms: Terms, data: Any = None) -> JoinForm:
    """The form, empty or as it was sent; name, field and area are ticked in advance, people are not."""
    first = {"published": [Item.NAME, Item.FIELDS, Item.AREA]}
    return JoinForm(data, initial=first, language=get_language() or "ja", criteria=asked_criteria(), terms=terms)


def received(application: Application, code: str) -> dict[str, Any]:
    """What the applicant reads with her code."""
    return {
        "application": application,
        "code": code,
        "address": settings.PUBLIC_URL + reverse("join_receipt", args=[code]),
    }


def waiting_list(rows: QuerySet[Application]) -> dict[str, Any]:
    """Oldest first what waits, then what was decided lately."""
    waiting = list(rows.filter(state__in=UNDECIDED))
    return {
        "wrong": "",
        "waiting": [(one, bool(namesakes(one.name))) for one in waiting],
        "decided": rows.exclude(state__in=UNDECIDED).order_by("-decided_at")[:20],
        "admit_form": DecisionForm(),
        "refuse_form": RefusalForm(prefix="no"),
    }


def organizations() -> QuerySet[Organization]:
    """Every organisation of the directory: the applicant may be one of them."""
    return Organization.objects.filter(withdrawn_at=None).order_by("kana", "name")


def application_page(request: HttpRequest, application: Application) -> dict[str, Any]:
    """One application with what may be done about it."""
    words = field_names(get_language() or "ja")
    same = namesakes(application.name)
    first = {"organization": same[0] if len(same) == 1 else None}
    form = DecisionForm(organizations=organizations(), initial=first)
    return {
        "application": application,
        "can": access.Can(acting(request), "application", application),
        "facts": [
            (_("ふりがな"), application.kana),
            (_("団体の種類"), application.get_sector_display()),
            (_("関わっている分野"), "、".join(words.get(code, code) for code in application.fields)),
            (_("活動している地域"), application.area),
            (_("参加したいわけ"), application.words),
            (_("担当する方"), application.contact_name),
            (_("メールアドレス"), application.contact_mail),
            (
                _("名簿に載せてよいもの"),
                "、".join(str(Item(one).label) for one in application.published if one in Item.values),
            ),
            (_("同意した規約"), _("第%(n)s版") % {"n": application.terms.version}),
        ],
        "known": same,
        "admit_form": form,
        "refuse_form": RefusalForm(prefix="no"),
        "ask_form": AskForm(prefix="ask"),
    }


def criteria_text() -> str:
    """The sentences as one text, one a line; the usual four for a town that has none yet."""
    return "\n".join(one.sentence for one in asked_criteria()) or "\n".join(str(one) for one in USUAL)


def terms_draft() -> dict[str, Any]:
    """The terms in force, to be changed into the next version."""
    now = terms_in_force()
    return {"text": now.text if now else "", "in_force_from": timezone.localdate()}
