"""Telephone lines in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from babel.dates import get_day_names
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tsunagari.directory.lines import DAYS, Hours, State, grouped, hours_of, nearest_first, state
from tsunagari.directory.models import Line as LineRow
from tsunagari.directory.showing.saying import language, said
from tsunagari.kernel import access
from tsunagari.kernel.access import Actor
from tsunagari.ui.shapes import Line

_BABEL = {"ja-easy": "ja", "zh": "zh_Hans", "pt": "pt_BR"}


def tel(number: str) -> str:
    """The address that makes a phone dial: digits, and the # of short numbers written so that it is no fragment."""
    return "tel:" + "".join(c if c.isdigit() or c == "+" else "%23" if c == "#" else "" for c in number)


def _days(days: tuple[str, ...]) -> str:
    if len(set(days)) == 7:
        return _("毎日")
    if set(days) == set(DAYS[:5]):
        return _("月曜から金曜")
    names = get_day_names("abbreviated", locale=_BABEL.get(language(), language()))
    return " ".join(names[DAYS.index(day)] for day in days if day in DAYS)


def _hours(rule: Hours) -> str:
    span = _("%(days)s %(opens)s から %(closes)s まで") % {
        "days": _days(rule.days), "opens": f"{rule.opens:%H:%M}", "closes": f"{rule.closes:%H:%M}",
    }  # fmt: skip
    return span if rule.on_holidays else f"{span}（{_('祝日はお休み')}）"


def hours_text(line: LineRow) -> str:
    """When somebody answers, and that it should be checked where nobody did."""
    if line.opening == "always":
        text = _("24時間いつでも")
    elif line.opening == "varies":
        return _("時間は地域によってちがいます（要確認）")
    elif line.opening == "set_periods":
        text = _("決まった期間だけ")
    else:
        text = "、".join(_hours(rule) for rule in hours_of(line.opening)) or _("時間は要確認")
    return _("%(hours)s（時間は要確認）") % {"hours": text} if line.unverified else text


_OPEN = {State.NOW: True, State.PERHAPS: None, State.CLOSED: False}


def shown(line: LineRow, state: State) -> Line:
    """A line as its component draws it."""
    return Line(
        name=said(line.names),
        number=line.number,
        href=tel(line.number),
        hours=hours_text(line),
        note=said(line.descriptions),
        open_now=_OPEN.get(state),
        free=line.cost == "free",
    )


def lines_by_state(actor: Actor, at: datetime, audience: Iterable[str] = ()) -> dict[str, list[Line]]:
    """Every line in its place on the page: danger (110, 119), now, perhaps, closed."""
    rows = list(access.visible(actor, "line.read"))
    danger = [row for row in rows if row.kind == "emergency"]
    rest = nearest_first([row for row in rows if row.kind != "emergency"], language=language(), audience=audience)
    groups: dict[State, list[Any]] = grouped(rest, localtime(at))
    found = {one.value: [shown(row, one) for row in groups[one]] for one in _OPEN}
    return {"danger": [shown(row, state(row, localtime(at))) for row in danger], **found}


def desk() -> Line:
    """The town's own desk."""
    number, (opens, closes) = settings.TOWN["desk_phone"], settings.TOWN["desk_hours"]
    hours = _("月曜から金曜の %(opens)s から %(closes)s まで（祝日はお休み）") % {"opens": opens, "closes": closes}
    return Line(
        _("つながり相談窓口"), number, tel(number), hours, _("だれに聞けばよいか分からないことも、ここで聞けます。")
    )
