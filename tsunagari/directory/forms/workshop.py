"""Words in seven languages, opening rules and weights, as staff type them in the workshop."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import QueryDict

from tsunagari.directory.forms.typed import day, typed

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_WEIGHT = re.compile(r"([a-z]+:)?([a-z_]+)\s*=\s*(\d{1,2})")


def by_language(data: Mapping[str, str], prefix: str, limit: int) -> dict[str, str]:
    """The texts `prefix-ja`, `prefix-en` … that are not empty, by language."""
    found = {code: typed(data.get(f"{prefix}-{code}", ""), limit) for code, _ in settings.LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _clock(text: str) -> str | None:
    match = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"{int(match[1]):02d}:{match[2]}" if match else None


def opening(data: QueryDict) -> Any:
    """ "always", "varies", "set_periods", or rules; a row without readable hours is left out."""
    kind = data.get("opening", "varies")
    if kind != "rules":
        return kind if kind in ("always", "varies", "set_periods") else "varies"
    rules = []
    for n in range(4):
        days = [d for d in data.getlist(f"days-{n}") if d in DAYS]
        opens, closes = _clock(data.get(f"opens-{n}", "")), _clock(data.get(f"closes-{n}", ""))
        if days and opens and closes:
            holidays = data.get(f"holidays-{n}", "unknown")
            rules.append({"byday": ",".join(days), "opens_at": opens, "closes_at": closes, "holidays": holidays})
    return rules or "varies"


def line(data: QueryDict) -> dict[str, Any]:
    """The values of a line."""
    return {
        "number": typed(data.get("number", ""), 32),
        "names": by_language(data, "names", 100),
        "descriptions": by_language(data, "descriptions", 500),
        "cost": typed(data.get("cost", ""), 100),
        "opening": opening(data),
        "period_from": day(data.get("period_from", "")),
        "period_to": day(data.get("period_to", "")),
        "unverified": data.get("unverified") == "1",
        "hidden": data.get("hidden") == "1",
    }


def weights(text: str) -> dict[str, int]:
    """One `category:talk_partner = 3` a line; what does not look like that is left out."""
    found = {}
    for row in text.splitlines()[:40]:
        if match := _WEIGHT.fullmatch(unicodedata.normalize("NFKC", row).strip()):
            found[f"{match[1] or ''}{match[2]}"] = int(match[3])
    return found


def codes(text: str) -> list[str]:
    """Answer codes, separated by spaces, commas or lines."""
    return re.findall(r"[a-z0-9_-]{1,48}", unicodedata.normalize("NFKC", text[:2000]).lower())


def mapping(data: QueryDict) -> dict[str, Any]:
    """The values of a guide rule."""
    condition = {name: codes(data.get(name, "")) for name in ("all", "any", "not")}
    return {
        "condition": {name: found for name, found in condition.items() if found},
        "suggests": weights(data.get("suggests", "")),
        "whys": by_language(data, "whys", 300),
        "says": by_language(data, "says", 400),
    }


def question(data: QueryDict, answer_codes: list[str]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The values of a question, and those of its answers by code."""
    values = {"texts": by_language(data, "texts", 200), "helps": by_language(data, "helps", 300)}
    answers = {
        code: {"texts": by_language(data, f"answer-{code}", 120), "adds": weights(data.get(f"adds-{code}", ""))}
        for code in answer_codes
    }
    return values, answers
