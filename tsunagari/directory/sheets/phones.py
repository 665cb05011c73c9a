"""Telephone numbers as lists write them: several in one cell, extensions, switchboards, fax."""

import re
from dataclasses import dataclass

from .cells import is_nothing, straight

# With area code, mobile, 0120, 0570, +81, and the short public lines. Never a number without its area code.
_NUMBER = re.compile(
    r"(?<![\d-])(?:\+81-?\d{1,4}(?:-\d{1,4}){1,2}|\+81\d{9,10}|0\d{1,4}-\d{1,4}-\d{3,4}|0\d{9,10}"
    r"|#\d{4}|1(?:10|18|19|71|88|89))(?![\d-])"
)
_AREA_IN_BRACKETS = re.compile(r"\((0\d{1,4})\)\s*(\d{1,4})-(\d{4})|(0\d{1,4})\((\d{1,4})\)-?(\d{4})")
_EXTENSION = re.compile(r"^\s*[(\[]?\s*(?:内線|内)\s*(?:番号)?\s*[:;]?\s*([\d][\d\-,・、]*)\s*[)\]]?")
_LABEL = re.compile(r"(代表|直通|夜間|休日|携帯|FAX|ファックス|ファクス|TEL|電話)\s*[):番号]*\s*$", re.IGNORECASE)
_LABEL_AFTER = re.compile(r"^\s*[(\[]\s*(代表|直通|夜間|休日|携帯|FAX)\s*[)\]]", re.IGNORECASE)
_LEFT_OVER = re.compile(r"(?:TEL|電話番号|電話|[\s:;,、/()\[\]・])+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """One number as HSDS keeps it. `kind` is voice or fax; `label` what the list says beside it."""

    number: str
    extension: str = ""
    kind: str = "voice"
    label: str = ""


def phones(text: str, extension: str = "") -> tuple[list[Number], str]:
    """Numbers in a cell and what is left of it. Nothing is guessed: no area code is ever added."""
    if is_nothing(text):
        return [], ""
    words = _AREA_IN_BRACKETS.sub(_with_hyphens, straight(text))
    found: list[Number] = []
    rest, end = "", 0
    for match in _NUMBER.finditer(words):
        before = words[end : match.start()]
        if match.start() < end or not _plausible(match.group()):
            continue
        number, taken = _described(match, before, words[match.end() :])
        rest += _LABEL.sub("", before)
        end = match.end() + taken
        found.append(number)
    rest = _LEFT_OVER.sub(" ", rest + words[end:]).strip()
    own = straight(extension)
    if own and not is_nothing(own) and len(found) == 1 and not found[0].extension:
        found = [Number(found[0].number, own, found[0].kind, found[0].label)]
    unique = list({(number.number, number.extension, number.kind): number for number in found}.values())
    return unique, "" if is_nothing(rest) else rest


def _with_hyphens(match: re.Match[str]) -> str:
    return "-".join(part for part in match.groups() if part)


def _plausible(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if number.startswith("+81"):
        return 11 <= len(digits) <= 12
    return len(digits) in (3, 4) if not number.startswith("0") else len(digits) in (10, 11)


def _described(match: re.Match[str], before: str, after: str) -> tuple[Number, int]:
    """The number with the label before or after it and its extension; how many characters that took."""
    label = _LABEL.search(before)
    word, taken = (label.group(1) if label else ""), 0
    after_label = _LABEL_AFTER.match(after)
    if after_label:
        word, taken = after_label.group(1), after_label.end()
    extension = _EXTENSION.match(after[taken:])
    if extension:
        taken += extension.end()
    kind = "fax" if word.upper() in ("FAX", "ファックス", "ファクス") else "voice"
    shown = "" if word.upper() in ("TEL", "電話") or kind == "fax" else word
    return Number(match.group(), extension.group(1) if extension else "", kind, shown), taken
