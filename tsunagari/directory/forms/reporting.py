"""「情報がちがう」: what is wrong, in a tick and a few words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tsunagari.directory.forms.typed import typed
from tsunagari.directory.terms import ReportKind

TEXT_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What was sent, and what to mend: pairs of (id of the field, what to do)."""

    kind: str
    text: str
    key: str
    errors: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "ReportForm":
        kind, text = data.get("kind", ""), typed(data.get("text", ""), TEXT_LIMIT)
        key, errors = typed(data.get("key", ""), 64), []
        if kind not in ReportKind.values:
            kind = ""
            errors.append(("kind", _("どこがちがうかを、ひとつ選んでください。")))
        if kind == ReportKind.OTHER and not text:
            errors.append(("f-text", _("どうちがうのか、ひとことで書いてください。")))
        if len(key) < 16:
            errors.append(("kind", _("ページが古くなっていました。もう一度「送る」を押してください。")))
        return cls(kind, text, key, tuple(errors))

    def with_key(self, key: str) -> "ReportForm":
        """The same form to be shown again; a usable key is kept, so that a second try is still the same report."""
        return self if len(self.key) >= 16 else replace(self, key=key)
