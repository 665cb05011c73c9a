"""Where an entry is, as an editor types it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tsunagari.directory.forms.typed import number, typed

_LIMITS = {
    "name": 200,
    "kana": 200,
    "area": 60,
    "transportation": 500,
    "city": 60,
    "state_province": 20,
    "address_1": 200,
    "address_2": 200,
}


@dataclass(frozen=True, slots=True)
class PlaceTyped:
    """What was typed, and by field what to mend. A point outside Japan is a slip of the fingers."""

    values: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "PlaceTyped":
        values: dict[str, Any] = {name: typed(data.get(name, ""), limit) for name, limit in _LIMITS.items()}
        values["address_hidden"] = data.get("address_hidden") == "1"
        errors = {}
        digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", data.get("postal_code", "")[:20]))
        values["postal_code"] = f"{digits[:3]}-{digits[3:]}"
        if len(digits) != 7:
            errors["postal_code"] = _("郵便番号を7けたの数字で書いてください。例：670-0012")
        for name in ("city", "state_province", "address_1"):
            if not values[name]:
                errors[name] = _("住所を書いてください。")
        for name, low, high in (("latitude", 20.0, 46.0), ("longitude", 122.0, 154.0)):
            text = data.get(name, "").strip()
            values[name] = number(text, low, high) if text else None
            if text and values[name] is None:
                errors[name] = _("緯度は34.8、経度は134.7のように書いてください。わからなければ空のままで大丈夫です。")
        return cls(values, errors)
